"""The next-response clock: a client who writes after the first answer is owed another; in 4 h for a major error."""

import pytest

from sla.ticket.clock import Mark
from tests.ticket.histories import NEXT, Happened, clock, deposited, minutes, paris, then, waits

ANSWERED = (deposited("2026-06-01 09:00"), then("2026-06-01 10:00", "answered"))
HEARD = [
    "answered",
    "estimate_offered",
    "call_held",
    "session_held",
    "workaround_given",
    "workaround_impossible",
]


def after(*history: Happened) -> tuple[Mark, object]:
    found = clock(NEXT, *ANSWERED, *history)
    return found.mark, found.due_at


def test_it_is_idle_until_the_client_writes() -> None:
    assert after() == (Mark.IDLE, None)


def test_before_the_first_answer_a_message_owes_nothing_more() -> None:
    assert clock(NEXT, deposited("2026-06-01 09:00"), then("2026-06-01 09:30", "commented")).mark is Mark.IDLE


@pytest.mark.parametrize("kind", ["commented", "estimate_asked", "estimate_questioned"])
def test_a_message_starts_it(kind: str) -> None:
    assert after(then("2026-06-01 11:00", kind)) == (Mark.RUNNING, paris("2026-06-01 16:00"))


def test_a_caller_who_was_answered_at_the_deposit_starts_it_too() -> None:
    story = deposited("2026-06-01 09:00", by_support=True), then("2026-06-01 11:00", "commented")
    assert clock(NEXT, *story).due_at == paris("2026-06-01 16:00")


def test_a_second_message_does_not_move_it() -> None:
    twice = then("2026-06-01 11:00", "commented"), then("2026-06-01 14:00", "commented")
    assert after(*twice) == (Mark.RUNNING, paris("2026-06-01 16:00"))


@pytest.mark.parametrize("kind", HEARD)
@pytest.mark.parametrize(("at", "mark"), [("2026-06-01 16:00", Mark.MET), ("2026-06-01 16:00:01", Mark.MISSED)])
def test_what_the_client_hears_ends_it(kind: str, at: str, mark: Mark) -> None:
    assert after(then("2026-06-01 11:00", "commented"), then(at, kind))[0] is mark


def test_each_exchange_has_its_own() -> None:
    first = then("2026-06-01 11:00", "commented"), then("2026-06-01 11:30", "answered")
    second = clock(NEXT, *ANSWERED, *first, then("2026-06-01 14:00", "commented"))
    assert (second.mark, second.cycle, second.due_at) == (Mark.RUNNING, 2, paris("2026-06-02 10:00"))


@pytest.mark.parametrize(("kind", "data"), [("noted", {}), ("received", {}), ("assigned", {"technician": 2})])
def test_what_the_client_does_not_hear_leaves_it(kind: str, data: dict[str, int]) -> None:
    wrote = then("2026-06-01 11:00", "commented")
    assert after(wrote, then("2026-06-01 11:10", kind, **data)) == after(wrote)


def test_it_pauses_while_the_client_is_waited_for_and_goes_on_with_what_was_left() -> None:
    """1 h used before the wait: 3 h are left when the client's date comes."""
    story = then("2026-06-01 11:00", "commented"), waits("2026-06-01 12:00")
    assert after(*story) == (Mark.PAUSED, None)
    assert after(*story, then("2026-06-03 09:00", "resumed")) == (Mark.RUNNING, paris("2026-06-03 12:00"))


def test_a_reply_ends_the_wait_and_starts_it_if_it_was_idle() -> None:
    reply = waits("2026-06-01 10:00"), then("2026-06-02 09:00", "commented")
    assert after(*reply) == (Mark.RUNNING, paris("2026-06-02 14:00"))


@pytest.mark.parametrize("reason", ["forfait", "estimate"])
def test_a_message_within_a_wait_for_hours_or_an_approval_is_owed_an_answer_all_the_same(reason: str) -> None:
    story = waits("2026-06-01 10:00", reason), then("2026-06-02 09:00", "commented")
    assert after(*story) == (Mark.RUNNING, paris("2026-06-02 14:00"))


def test_it_goes_on_while_the_publisher_is_waited_for() -> None:
    """News is owed, whoever mends the error."""
    story = then("2026-06-01 11:00", "commented"), then("2026-06-01 11:30", "waiting_publisher", reason="publisher")
    assert after(*story) == (Mark.RUNNING, paris("2026-06-01 16:00"))


def test_from_the_client_to_the_publisher_it_goes_on_again() -> None:
    story = then("2026-06-01 11:00", "commented"), waits("2026-06-01 12:00")
    publisher = then("2026-06-02 09:00", "waiting_publisher", reason="publisher")
    assert after(*story, publisher) == (Mark.RUNNING, paris("2026-06-02 12:00"))


def test_from_the_publisher_to_the_client_it_pauses() -> None:
    publisher = then("2026-06-01 11:30", "waiting_publisher", reason="publisher")
    story = then("2026-06-01 11:00", "commented"), publisher, waits("2026-06-01 12:00")
    assert after(*story) == (Mark.PAUSED, None)


def test_a_resolution_ends_it() -> None:
    wrote = then("2026-06-01 11:00", "commented")
    assert after(wrote, then("2026-06-01 15:00", "resolved"))[0] is Mark.MET
    assert after(wrote, then("2026-06-01 16:30", "resolved"))[0] is Mark.MISSED


@pytest.mark.parametrize("kind", ["refused", "reopened", "accepted_with_reservations"])
def test_a_refusal_within_the_window_starts_it(kind: str) -> None:
    story = then("2026-06-01 11:00", "resolved"), then("2026-06-02 09:00", kind)
    assert after(*story) == (Mark.RUNNING, paris("2026-06-02 14:00"))


def test_a_reopening_after_the_window_owes_a_first_answer_instead() -> None:
    story = then("2026-06-01 11:00", "resolved"), then("2026-06-08 11:00", "closed")
    assert after(*story, then("2026-06-08 14:00", "reopened"))[0] is Mark.IDLE
    wrote = then("2026-06-05 09:00", "commented")  # on the resolved ticket, unanswered
    voided = clock(NEXT, *ANSWERED, story[0], wrote, then("2026-06-08 14:00", "reopened"))
    assert (voided.mark, voided.cause) == (Mark.VOID, "cycle")


@pytest.mark.parametrize("kind", ["transferred", "declined", "merged"])
def test_it_is_void_when_the_request_leaves(kind: str) -> None:
    left = then("2026-06-01 11:00", "commented"), then("2026-06-01 12:00", kind)
    assert after(*left) == (Mark.VOID, None)


@pytest.mark.parametrize("kind", ["transferred", "declined"])
def test_a_message_on_a_request_that_has_left_starts_nothing(kind: str) -> None:
    """Nobody of support could answer it before it is reopened."""
    assert after(then("2026-06-01 11:00", kind), then("2026-06-01 12:00", "commented"))[0] is Mark.IDLE


def test_a_message_on_a_closed_ticket_is_owed_an_answer() -> None:
    story = then("2026-06-01 11:00", "resolved"), then("2026-06-01 14:00", "accepted")
    assert after(*story, then("2026-06-02 09:00", "commented")) == (Mark.RUNNING, paris("2026-06-02 14:00"))


def test_another_severity_counts_from_the_message() -> None:
    wrote, graver = then("2026-06-01 11:00", "commented"), then("2026-06-01 11:30", "requalified", severity="blocking")
    found = clock(NEXT, *ANSWERED, wrote, graver)
    assert (found.due_at, minutes(found.target_s)) == (paris("2026-06-01 14:00"), 120)
    late = clock(NEXT, *ANSWERED, wrote, then("2026-06-01 14:30", "requalified", severity="blocking"))
    assert (late.due_at, late.cause) == (paris("2026-06-01 14:00"), "changed")


def test_thanks_on_a_resolved_ticket_owe_nothing_once_the_work_is_accepted() -> None:
    resolved, thanks = then("2026-06-01 10:00", "resolved"), then("2026-06-01 11:00", "commented")
    history = [deposited("2026-06-01 09:00"), resolved, thanks]
    assert clock(NEXT, *history).mark is Mark.RUNNING
    assert clock(NEXT, *history, then("2026-06-01 11:05", "accepted")).mark is Mark.VOID
