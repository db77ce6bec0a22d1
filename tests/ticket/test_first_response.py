"""The first-response clock, cell by cell of the desk's table; a major error is owed its first answer in 2 h."""

import pytest

from sla.ticket.clock import Mark
from tests.ticket.histories import FIRST, clock, deposited, life, minutes, paris, then, waits

HEARD = [
    "answered",
    "estimate_offered",
    "call_held",
    "session_held",
    "workaround_given",
    "workaround_impossible",
]


def test_it_runs_from_the_deposit() -> None:
    first = clock(FIRST, deposited("2026-06-01 10:00"))
    assert (first.mark, first.due_at) == (Mark.RUNNING, paris("2026-06-01 12:00"))


@pytest.mark.parametrize(
    ("deposit", "due"),
    [
        ("2026-06-01 12:45", "2026-06-01 15:30"),  # at lunch
        ("2026-06-01 11:30", "2026-06-01 14:30"),  # over lunch
        ("2026-06-05 18:00", "2026-06-08 11:00"),  # on a Friday evening
        ("2026-06-01 15:00", "2026-06-01 17:00"),  # used up at closing: due at closing
        ("2026-06-01 15:00:01", "2026-06-02 09:00:01"),
    ],
)
def test_a_closed_desk_counts_no_time(deposit: str, due: str) -> None:
    assert clock(FIRST, deposited(deposit)).due_at == paris(due)


def test_nothing_is_owed_to_a_caller_who_was_answered() -> None:
    first = clock(FIRST, deposited("2026-06-01 10:00", by_support=True))
    assert (first.mark, first.spent_s, first.due_at) == (Mark.MET, 0, None)


@pytest.mark.parametrize("kind", HEARD)
def test_what_the_client_hears_meets_it(kind: str) -> None:
    found = life(deposited("2026-06-01 10:00"), then("2026-06-01 11:30", kind))
    first = found.clock(FIRST)
    assert (first.mark, minutes(first.spent_s), first.ended_at) == (Mark.MET, 90, paris("2026-06-01 11:30"))
    assert found.answered_at == paris("2026-06-01 11:30")


@pytest.mark.parametrize(("answer", "mark"), [("2026-06-01 12:00", Mark.MET), ("2026-06-01 12:00:01", Mark.MISSED)])
def test_an_answer_at_the_very_deadline_is_met(answer: str, mark: Mark) -> None:
    assert clock(FIRST, deposited("2026-06-01 10:00"), then(answer, "answered")).mark is mark


def test_a_deadline_at_closing_that_is_answered_at_the_next_opening_is_missed() -> None:
    """No working time has passed since 17:00, and still the instant came after."""
    late = clock(FIRST, deposited("2026-06-01 15:00"), then("2026-06-02 09:00", "answered"))
    assert (late.mark, late.due_at, minutes(late.spent_s)) == (Mark.MISSED, paris("2026-06-01 17:00"), 120)
    on_time = clock(FIRST, deposited("2026-06-01 15:00"), then("2026-06-01 17:00", "answered"))
    assert on_time.mark is Mark.MET


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("received", {}),
        ("noted", {}),
        ("assigned", {"technician": 1}),
        ("taken", {"technician": 1}),
        ("commented", {}),
        ("worked", {"minutes": 30}),
        ("call_booked", {}),
        ("call_missed", {}),
        ("condition_set", {}),
        ("estimate_asked", {}),
        ("reported", {}),
    ],
)
def test_nothing_else_meets_or_moves_it(kind: str, data: dict[str, object]) -> None:
    untouched = clock(FIRST, deposited("2026-06-01 10:00"))
    assert clock(FIRST, deposited("2026-06-01 10:00"), then("2026-06-01 10:30", kind, **data)) == untouched


@pytest.mark.parametrize("wait", ["waiting_client", "waiting_publisher"])
def test_it_goes_on_while_the_ticket_waits(wait: str) -> None:
    """The client is owed an answer whoever holds the ticket up."""
    waiting = then("2026-06-01 10:30", wait, reason="x")
    first = clock(FIRST, deposited("2026-06-01 10:00"), waiting, then("2026-06-01 11:30", "resumed"))
    assert (first.mark, first.due_at, first.generation) == (Mark.RUNNING, paris("2026-06-01 12:00"), 1)


def test_a_resolution_answers_too() -> None:
    assert clock(FIRST, deposited("2026-06-01 10:00"), then("2026-06-01 12:00", "resolved")).mark is Mark.MET
    assert clock(FIRST, deposited("2026-06-01 10:00"), then("2026-06-01 14:00", "resolved")).mark is Mark.MISSED


@pytest.mark.parametrize(
    ("kind", "cause"), [("transferred", "transferred"), ("declined", "declined"), ("merged", "merged")]
)
def test_it_is_void_when_the_request_leaves(kind: str, cause: str) -> None:
    first = clock(FIRST, deposited("2026-06-01 10:00"), then("2026-06-01 10:30", kind))
    assert (first.mark, first.cause, first.due_at) == (Mark.VOID, cause, None)


def test_a_refusal_never_revives_it() -> None:
    story = deposited("2026-06-01 10:00"), then("2026-06-01 11:00", "resolved"), then("2026-06-02 09:00", "refused")
    first = clock(FIRST, *story)
    assert (first.mark, first.cycle, first.ended_at) == (Mark.MET, 1, paris("2026-06-01 11:00"))


def test_a_reopening_after_the_window_is_a_new_cycle() -> None:
    """Resolved on Monday at 11:00: the window of five working days ends on the next Monday at 11:00."""
    story = deposited("2026-06-01 10:00"), then("2026-06-01 11:00", "resolved"), then("2026-06-08 11:00", "closed")
    late = clock(FIRST, *story, then("2026-06-08 11:00:01", "reopened"))
    assert (late.mark, late.cycle, late.due_at) == (Mark.RUNNING, 2, paris("2026-06-08 14:00:01"))
    assert clock(FIRST, *story, then("2026-06-08 11:00", "reopened")).cycle == 1


class TestRequalified:
    """« From the deposit with the new target, pauses kept »."""

    def test_a_graver_ticket_is_due_earlier(self) -> None:
        graver = then("2026-06-01 10:30", "requalified", severity="blocking")
        first = clock(FIRST, deposited("2026-06-01 10:00"), graver)
        assert (first.due_at, first.generation, first.cause) == (paris("2026-06-01 11:00"), 2, None)

    def test_a_miss_that_is_only_due_to_the_change_says_so(self) -> None:
        graver = then("2026-06-01 11:30", "requalified", severity="blocking")
        first = clock(FIRST, deposited("2026-06-01 10:00"), graver)
        assert (first.mark, first.due_at, first.cause) == (Mark.RUNNING, paris("2026-06-01 11:00"), "changed")
        answered = clock(FIRST, deposited("2026-06-01 10:00"), graver, then("2026-06-01 11:35", "answered"))
        assert (answered.mark, answered.cause) == (Mark.MISSED, "changed")

    def test_used_up_exactly_by_the_change_is_due_now_and_not_missed(self) -> None:
        graver = then("2026-06-01 11:00", "requalified", severity="blocking")
        first = clock(FIRST, deposited("2026-06-01 10:00"), graver)
        assert (first.due_at, first.overdue_at, first.cause) == (paris("2026-06-01 11:00"), None, None)

    def test_a_real_miss_keeps_its_own_cause(self) -> None:
        graver = then("2026-06-01 14:00", "requalified", severity="blocking")
        first = clock(FIRST, deposited("2026-06-01 10:00"), graver)
        assert (first.overdue_at, first.cause) == (paris("2026-06-01 11:00"), None)

    def test_a_milder_ticket_is_no_longer_late(self) -> None:
        milder = then("2026-06-01 14:00", "requalified", severity="minor")
        first = clock(FIRST, deposited("2026-06-01 10:00"), milder)
        assert (first.due_at, first.overdue_at) == (paris("2026-06-01 15:00"), None)

    def test_there_and_back_is_as_if_nothing_had_happened(self) -> None:
        there = then("2026-06-01 10:30", "requalified", severity="minor")
        back = then("2026-06-01 10:40", "requalified", severity="major")
        assert clock(FIRST, deposited("2026-06-01 10:00"), there, back).due_at == paris("2026-06-01 12:00")

    def test_after_the_answer_nothing_changes(self) -> None:
        story = deposited("2026-06-01 10:00"), then("2026-06-01 11:30", "answered")
        graver = then("2026-06-01 11:40", "requalified", severity="blocking")
        assert clock(FIRST, *story, graver) == clock(FIRST, *story)


def test_generations_count_the_deadlines() -> None:
    story = deposited("2026-06-01 10:00"), waits("2026-06-01 10:10"), then("2026-06-01 10:20", "resumed")
    assert clock(FIRST, *story).generation == 1
    graver = then("2026-06-01 10:30", "requalified", severity="blocking")
    assert clock(FIRST, *story, graver).generation == 2
