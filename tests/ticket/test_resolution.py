"""The resolution clock, the workaround that comes before it, and deployment's own; 14 h for a major error, two days."""

from datetime import timedelta

import pytest

from sla.ticket.clock import Mark
from tests.ticket.histories import (
    CALENDAR,
    DEPLOYMENT,
    RESOLUTION,
    WORKAROUND,
    Happened,
    clock,
    deposited,
    life,
    minutes,
    paris,
    then,
    waits,
)

MAJOR = deposited("2026-06-01 09:00")  # a Monday: due on Tuesday at 17:00
BLOCKING = deposited("2026-06-01 09:00", severity="blocking")  # workaround 4 h, resolution 8 h


def due(*history: Happened) -> tuple[Mark, object]:
    found = clock(RESOLUTION, *history)
    return found.mark, found.due_at


def test_it_runs_from_the_deposit() -> None:
    assert due(MAJOR) == (Mark.RUNNING, paris("2026-06-02 17:00"))


def test_it_runs_too_for_a_caller() -> None:
    assert due(deposited("2026-06-01 09:00", by_support=True)) == (Mark.RUNNING, paris("2026-06-02 17:00"))


@pytest.mark.parametrize(
    ("kind", "data"),
    [("answered", {}), ("call_held", {}), ("session_held", {}), ("noted", {}), ("assigned", {"technician": 1})],
)
def test_answers_do_not_touch_it(kind: str, data: dict[str, int]) -> None:
    assert clock(RESOLUTION, MAJOR, then("2026-06-01 10:00", kind, **data)) == clock(RESOLUTION, MAJOR)


@pytest.mark.parametrize("wait", ["waiting_client", "waiting_publisher"])
def test_a_pause_has_no_deadline_and_resumes_with_now_plus_what_was_left(wait: str) -> None:
    """3 h 30 used on Monday morning: 10 h 30 are left on Thursday at 9:00, which is Friday at 12:30."""
    story = MAJOR, then("2026-06-01 13:00", wait, reason="x")
    assert due(*story) == (Mark.PAUSED, None)
    assert clock(RESOLUTION, *story).left_s == 10.5 * 3600
    assert due(*story, then("2026-06-04 09:00", "resumed")) == (Mark.RUNNING, paris("2026-06-05 12:30"))


def test_a_client_message_ends_the_wait_for_the_client() -> None:
    story = MAJOR, waits("2026-06-01 13:00"), then("2026-06-04 09:00", "commented")
    assert due(*story) == (Mark.RUNNING, paris("2026-06-05 12:30"))


@pytest.mark.parametrize("reason", ["forfait", "estimate"])
def test_a_message_brings_neither_hours_nor_an_approval(reason: str) -> None:
    story = MAJOR, waits("2026-06-01 13:00", reason), then("2026-06-04 09:00", "commented")
    assert due(*story) == (Mark.PAUSED, None)


def test_a_client_message_does_not_end_the_wait_for_the_publisher() -> None:
    story = MAJOR, then("2026-06-01 13:00", "waiting_publisher"), then("2026-06-04 09:00", "commented")
    assert due(*story) == (Mark.PAUSED, None)


def test_from_one_wait_to_the_other_it_stands_still() -> None:
    story = MAJOR, then("2026-06-01 12:30", "waiting_publisher"), waits("2026-06-02 12:00")
    assert due(*story, then("2026-06-04 09:00", "resumed")) == (Mark.RUNNING, paris("2026-06-05 12:30"))


@pytest.mark.parametrize("wait", ["waiting_client", "waiting_publisher"])
@pytest.mark.parametrize("kind", ["session_booked", "session_held"])
def test_a_session_ends_the_wait(wait: str, kind: str) -> None:
    """The ticket waits for nobody any more: 10 h of 14 are left on Thursday at 9:00."""
    story = MAJOR, then("2026-06-01 14:00", wait, reason="question"), then("2026-06-04 09:00", kind)
    assert due(*story) == (Mark.RUNNING, paris("2026-06-05 12:00"))


def test_resolved_straight_from_a_wait_is_met() -> None:
    story = MAJOR, waits("2026-06-01 10:00"), then("2026-06-30 10:00", "resolved")
    found = clock(RESOLUTION, *story)
    assert (found.mark, minutes(found.spent_s)) == (Mark.MET, 60)


def test_a_wait_after_the_deadline_does_not_undo_the_miss() -> None:
    story = MAJOR, waits("2026-06-03 09:30")
    assert clock(RESOLUTION, *story).overdue_at == paris("2026-06-02 17:00")
    assert clock(RESOLUTION, *story, then("2026-06-10 09:00", "resolved")).mark is Mark.MISSED
    resumed = clock(RESOLUTION, *story, then("2026-06-10 09:00", "resumed"))
    assert (resumed.due_at, resumed.generation) == (paris("2026-06-02 17:00"), 1)


@pytest.mark.parametrize(("at", "mark"), [("2026-06-02 17:00", Mark.MET), ("2026-06-03 09:00", Mark.MISSED)])
def test_the_verdict_compares_instants(at: str, mark: Mark) -> None:
    assert due(MAJOR, then(at, "resolved"))[0] is mark


def test_the_same_instants_give_the_same_verdict_whenever_it_is_looked_at() -> None:
    story = [MAJOR, then("2026-06-01 10:00", "answered"), then("2026-06-03 09:00", "resolved")]
    looked_at = [life(*story[: n + 1]) for n in range(len(story))]
    assert looked_at[-1].clock(RESOLUTION) == clock(RESOLUTION, *story)


class TestReopened:
    """Resolved on Monday at 11:00 after 2 h of 14; the window ends on 8 June at 11:00."""

    resolved = MAJOR, then("2026-06-01 11:00", "resolved")

    @pytest.mark.parametrize("kind", ["refused", "reopened", "accepted_with_reservations"])
    def test_within_the_window_it_goes_on_with_what_was_left(self, kind: str) -> None:
        story = *self.resolved, then("2026-06-03 09:00", kind)
        assert due(*story) == (Mark.RUNNING, paris("2026-06-04 15:00"))
        assert life(*story).reopenings == 1

    def test_at_the_very_end_of_the_window_it_is_still_within(self) -> None:
        assert clock(RESOLUTION, *self.resolved, then("2026-06-08 11:00", "refused")).cycle == 1
        assert clock(RESOLUTION, *self.resolved, then("2026-06-08 11:00:01", "refused")).cycle == 2

    def test_a_window_that_an_edit_of_the_calendar_moved_ends_when_the_client_was_told(self) -> None:
        """Whatever days it was reckoned by then: nobody's window is cut short by a later reading of its history."""
        told = {"acceptance": [paris("2026-06-08 11:00").isoformat(), paris("2026-06-15 11:00").isoformat()]}
        moved = *self.resolved, then("2026-06-02 09:00", "rescheduled", edition=2, moves=told)
        assert life(*moved).accept_until == paris("2026-06-15 11:00")
        assert clock(RESOLUTION, *moved, then("2026-06-15 11:00", "refused")).cycle == 1

    def test_reopenings_are_counted(self) -> None:
        again = then("2026-06-03 09:00", "refused"), then("2026-06-03 10:00", "resolved")
        story = *self.resolved, *again, then("2026-06-04 09:00", "refused")
        assert life(*story).reopenings == 2
        assert due(*story) == (Mark.RUNNING, paris("2026-06-05 14:00"))  # 11 h left

    def test_a_miss_stays_a_miss(self) -> None:
        late = MAJOR, then("2026-06-03 10:00", "resolved"), then("2026-06-03 15:00", "refused")
        found = clock(RESOLUTION, *late)
        assert (found.mark, found.due_at) == (Mark.RUNNING, paris("2026-06-02 17:00"))
        assert clock(RESOLUTION, *late, then("2026-06-03 15:10", "resolved")).mark is Mark.MISSED

    def test_met_at_the_very_deadline_then_refused_is_due_at_once(self) -> None:
        story = MAJOR, then("2026-06-02 17:00", "resolved"), then("2026-06-03 10:00", "refused")
        found = clock(RESOLUTION, *story)
        assert (found.due_at, found.overdue_at) == (paris("2026-06-03 10:00"), None)

    def test_a_severity_changed_meanwhile_counts(self) -> None:
        changed = then("2026-06-01 15:00", "requalified", severity="minor")
        found = clock(RESOLUTION, *self.resolved, changed, then("2026-06-03 09:00", "refused"))
        assert (minutes(found.target_s), minutes(found.left_s)) == (2100, 1980)

    @pytest.mark.parametrize("end", ["closed", "accepted"])
    def test_after_the_window_it_is_a_new_cycle_with_the_full_target(self, end: str) -> None:
        story = *self.resolved, then("2026-06-08 11:00", end), then("2026-06-15 09:00", "reopened")
        found = clock(RESOLUTION, *story)
        assert (found.cycle, found.spent_s, found.due_at) == (2, 0, paris("2026-06-16 17:00"))

    def test_a_declined_request_that_is_reopened_is_a_new_cycle(self) -> None:
        story = MAJOR, then("2026-06-01 10:00", "declined"), then("2026-06-01 14:00", "reopened")
        found = clock(RESOLUTION, *story)
        assert (found.mark, found.cycle, found.due_at) == (Mark.RUNNING, 2, paris("2026-06-03 14:00"))


class TestRequalified:
    def test_the_new_target_counts_from_the_deposit_and_keeps_the_pauses(self) -> None:
        """2 h used, a day's wait: a minor error has 33 h left at 9:00 on Wednesday."""
        wait = waits("2026-06-01 11:00"), then("2026-06-03 09:00", "resumed")
        found = clock(RESOLUTION, MAJOR, *wait, then("2026-06-03 10:00", "requalified", severity="minor"))
        assert found.due_at == paris("2026-06-09 15:00")
        assert found.due_at == CALENDAR.add(paris("2026-06-03 09:00"), timedelta(hours=33))

    def test_it_stays_paused_and_takes_its_new_target_along(self) -> None:
        story = MAJOR, waits("2026-06-01 11:00"), then("2026-06-02 10:00", "requalified", severity="minor")
        found = clock(RESOLUTION, *story)
        assert (found.mark, found.due_at, minutes(found.left_s)) == (Mark.PAUSED, None, 1980)

    def test_a_miss_by_the_change_in_a_pause_is_at_the_instant_it_was_used_up(self) -> None:
        story = deposited("2026-06-01 09:00"), waits("2026-06-02 11:00")  # 9 h used; blocking has 8
        found = clock(RESOLUTION, *story, then("2026-06-02 15:00", "requalified", severity="blocking"))
        assert (found.mark, found.overdue_at, found.cause) == (Mark.PAUSED, paris("2026-06-02 10:00"), "changed")

    def test_used_up_exactly_when_the_pause_began_is_not_missed(self) -> None:
        """As if it had borne that target all along: due on resuming."""
        story = deposited("2026-06-01 09:00"), waits("2026-06-02 10:00")  # 8 h used
        graver = then("2026-06-02 15:00", "requalified", severity="blocking")
        assert clock(RESOLUTION, *story, graver).overdue_at is None
        resumed = clock(RESOLUTION, *story, graver, then("2026-06-03 09:00", "resumed"))
        assert (resumed.due_at, resumed.cause) == (paris("2026-06-03 09:00"), None)

    def test_another_coverage_has_another_target(self) -> None:
        found = clock(RESOLUTION, MAJOR, then("2026-06-01 10:00", "requalified", level="tma"))
        assert (minutes(found.target_s), found.due_at) == (1260, paris("2026-06-03 17:00"))


class TestWorkaround:
    def test_a_blocking_error_owes_it_first(self) -> None:
        assert clock(WORKAROUND, BLOCKING).due_at == paris("2026-06-01 14:00")
        assert clock(RESOLUTION, BLOCKING).due_at == paris("2026-06-02 10:00")
        nearest = life(BLOCKING, then("2026-06-01 09:30", "answered")).nearest
        assert nearest is not None
        assert nearest.name == WORKAROUND

    def test_other_severities_owe_none(self) -> None:
        assert clock(WORKAROUND, MAJOR).mark is Mark.IDLE

    @pytest.mark.parametrize("kind", ["workaround_given", "workaround_impossible"])
    @pytest.mark.parametrize(("at", "mark"), [("2026-06-01 14:00", Mark.MET), ("2026-06-01 14:00:01", Mark.MISSED)])
    def test_given_or_impossible_ends_it_and_the_full_target_goes_on(self, kind: str, at: str, mark: Mark) -> None:
        story = BLOCKING, then(at, kind)
        assert clock(WORKAROUND, *story).mark is mark
        assert due(*story) == (Mark.RUNNING, paris("2026-06-02 10:00"))

    def test_it_pauses_with_the_resolution(self) -> None:
        story = BLOCKING, waits("2026-06-01 10:00"), then("2026-06-02 09:00", "resumed")
        assert clock(WORKAROUND, *story).due_at == paris("2026-06-02 12:00")
        assert clock(RESOLUTION, *story).due_at == paris("2026-06-02 17:00")

    def test_a_resolution_without_it_ends_it(self) -> None:
        assert clock(WORKAROUND, BLOCKING, then("2026-06-01 11:00", "resolved")).mark is Mark.MET

    def test_a_ticket_that_becomes_blocking_owes_it_from_its_deposit(self) -> None:
        found = clock(WORKAROUND, MAJOR, then("2026-06-01 11:00", "requalified", severity="blocking"))
        assert (found.mark, found.due_at, found.cause) == (Mark.RUNNING, paris("2026-06-01 14:00"), None)
        late = clock(WORKAROUND, MAJOR, then("2026-06-01 15:00", "requalified", severity="blocking"))
        assert (late.overdue_at, late.cause) == (paris("2026-06-01 14:00"), "changed")

    def test_its_instant_miss_has_the_cause_even_where_the_resolution_was_late_already(self) -> None:
        late = clock(WORKAROUND, MAJOR, then("2026-06-03 10:00", "requalified", severity="blocking"))
        assert (late.overdue_at, late.cause) == (paris("2026-06-01 14:00"), "changed")

    def test_a_ticket_that_is_no_longer_blocking_owes_none(self) -> None:
        milder = then("2026-06-01 11:00", "requalified", severity="major")
        found = clock(WORKAROUND, BLOCKING, milder)
        assert (found.mark, found.cause) == (Mark.VOID, "changed")
        back = then("2026-06-01 11:10", "requalified", severity="blocking")
        assert clock(WORKAROUND, BLOCKING, milder, back).due_at == paris("2026-06-01 14:00")

    def test_what_was_given_is_not_owed_again_when_the_severity_wavers(self) -> None:
        given = then("2026-06-01 10:00", "workaround_given")
        wavers = then("2026-06-01 11:00", "requalified", severity="major")
        back = then("2026-06-01 12:00", "requalified", severity="blocking")
        assert clock(WORKAROUND, BLOCKING, given, wavers, back).mark is Mark.MET

    def test_what_was_given_late_by_the_change_is_not_owed_again_either(self) -> None:
        graver = then("2026-06-01 15:00", "requalified", severity="blocking")
        given = then("2026-06-01 15:10", "workaround_given")
        wavers = then("2026-06-01 15:20", "requalified", severity="major")
        back = then("2026-06-01 15:30", "requalified", severity="blocking")
        assert clock(WORKAROUND, MAJOR, graver, given, wavers, back).mark is Mark.MISSED

    def test_a_new_cycle_owes_it_anew_and_once(self) -> None:
        closed = then("2026-06-01 11:00", "resolved"), then("2026-06-08 11:00", "closed")
        again = then("2026-06-15 09:00", "reopened")
        assert clock(WORKAROUND, BLOCKING, *closed, again).due_at == paris("2026-06-15 14:00")
        mild = MAJOR, *closed, then("2026-06-08 12:00", "reopened")
        graver = then("2026-06-08 12:10", "requalified", severity="blocking")
        given = then("2026-06-08 12:20", "workaround_given")
        other = then("2026-06-08 12:30", "requalified", level="tma")
        assert clock(WORKAROUND, *mild, graver, given, other).mark is Mark.MET


class TestLeaving:
    def test_to_deployment_voids_it_and_starts_theirs(self) -> None:
        story = MAJOR, then("2026-06-01 11:00", "transferred")
        found = clock(RESOLUTION, *story)
        assert (found.mark, found.cause, minutes(found.spent_s)) == (Mark.VOID, "transferred", 120)
        theirs = clock(DEPLOYMENT, *story)
        assert (theirs.mark, theirs.due_at) == (Mark.RUNNING, paris("2026-06-03 11:00"))  # 14 h

    @pytest.mark.parametrize(("at", "mark"), [("2026-06-03 11:00", Mark.MET), ("2026-06-03 11:01", Mark.MISSED)])
    def test_deployment_s_first_answer_ends_theirs(self, at: str, mark: Mark) -> None:
        """« du transfert au premier contact du service de déploiement » (targets.toml)."""
        story = MAJOR, then("2026-06-01 11:00", "transferred"), then(at, "answered")
        assert clock(DEPLOYMENT, *story).mark is mark
        assert life(*story).nearest is None

    @pytest.mark.parametrize("kind", ["declined", "merged"])
    def test_declined_or_merged_voids_everything(self, kind: str) -> None:
        found = life(BLOCKING, then("2026-06-01 11:00", kind))
        assert {each.mark for each in found.clocks.values()} == {Mark.VOID, Mark.IDLE}
        assert clock(RESOLUTION, BLOCKING, then("2026-06-01 11:00", kind)).cause == kind


class TestLevels:
    """When a share of the target is used up, as the warnings read it."""

    @pytest.mark.parametrize(
        ("share", "at"),
        [(50, "2026-06-01 17:00"), (75, "2026-06-02 12:30"), (90, "2026-06-02 15:36"), (100, "2026-06-02 17:00")],
    )
    def test_shares_are_of_working_time(self, share: int, at: str) -> None:
        assert clock(RESOLUTION, MAJOR).reaches(share, CALENDAR) == paris(at)

    def test_a_share_passed_in_an_earlier_run_is_not_reached_again(self) -> None:
        story = MAJOR, waits("2026-06-02 09:30"), then("2026-06-04 09:00", "resumed")  # 7 h 30 of 14 used
        found = clock(RESOLUTION, *story)
        assert found.reaches(50, CALENDAR) is None
        assert found.reaches(75, CALENDAR) == paris("2026-06-04 12:00")

    def test_a_deadline_used_up_exactly_at_the_pause_is_reached_on_resuming(self) -> None:
        story = BLOCKING, waits("2026-06-02 10:00"), then("2026-06-04 09:00", "resumed")
        found = clock(RESOLUTION, *story)
        assert (found.due_at, found.reaches(100, CALENDAR)) == (paris("2026-06-04 09:00"), paris("2026-06-04 09:00"))
        assert found.reaches(90, CALENDAR) is None
