"""« Pourquoi cette échéance ? »: a clock's counted stretches sum to what it has spent, and each pause has its name."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.calendar import AlwaysOpen, BusinessCalendar
from sla.ticket.clock import Clock, ClockName, Hours, Mark
from sla.ticket.explanation import Explanation, explain
from sla.ticket.facts import Kind
from sla.ticket.fold import fold
from sla.ticket.life import Rules
from tests.ticket.histories import CALENDAR, NEXT, RESOLUTION, RULES, Happened, deposited, paris, then, waits
from tests.ticket.test_properties import histories

MAJOR = deposited("2026-06-01 09:00")  # a Monday; 14 h: due on Tuesday at 17:00


def explained(name: ClockName, now: str, *history: Happened) -> Explanation:
    return explain(history, RULES, CALENDAR, name, paris(now))


def pauses(found: Explanation) -> list[tuple[str, datetime, datetime]]:
    """The skipped stretches that are waits, by reason."""
    return [(each.reason, each.start, each.end) for each in found.stretches if each.reason.startswith("waiting")]


def test_what_is_spent_and_what_is_ahead_make_the_target() -> None:
    """Monday at 11:00: two hours are spent, twelve are ahead, lunch and the night between them."""
    found = explained(RESOLUTION, "2026-06-01 11:00", MAJOR)
    assert found.spent_s == 2 * 3600
    assert sum(each.seconds for each in found.ahead if each.counted) == 12 * 3600
    assert (found.ahead[-1].end, found.clock.due_at) == (paris("2026-06-02 17:00"),) * 2
    reasons = [each.reason for each in found.stretches]
    assert reasons == ["open", "open", "lunch", "open", "night", "open", "lunch", "open"]


@pytest.mark.parametrize("reason", ["question", "estimate", "forfait", "date"])
def test_a_wait_for_the_client_bears_what_is_waited_for(reason: str) -> None:
    story = MAJOR, waits("2026-06-01 10:00", reason), then("2026-06-03 09:00", "resumed")
    found = explained(RESOLUTION, "2026-06-03 10:00", *story)
    assert pauses(found) == [(f"waiting_{reason}", paris("2026-06-01 10:00"), paris("2026-06-03 09:00"))]
    assert found.spent_s == 2 * 3600


def test_one_pause_that_changes_its_reason_is_told_as_two() -> None:
    """A question, then an estimate, then the publisher: nothing runs meanwhile."""
    story = (
        MAJOR,
        waits("2026-06-01 10:00"),
        waits("2026-06-01 15:00", "estimate"),
        then("2026-06-02 09:00", "waiting_publisher", reason="publisher"),
    )
    assert pauses(explained(RESOLUTION, "2026-06-02 12:00", *story)) == [
        ("waiting_question", paris("2026-06-01 10:00"), paris("2026-06-01 15:00")),
        ("waiting_estimate", paris("2026-06-01 15:00"), paris("2026-06-02 09:00")),
        ("waiting_publisher", paris("2026-06-02 09:00"), paris("2026-06-02 12:00")),
    ]


def test_the_time_in_which_the_client_tried_the_work_is_left_out() -> None:
    story = MAJOR, then("2026-06-01 11:00", "resolved"), then("2026-06-03 09:00", "refused")
    found = explained(RESOLUTION, "2026-06-03 10:00", *story)
    assert pauses(found) == [("waiting_acceptance", paris("2026-06-01 11:00"), paris("2026-06-03 09:00"))]
    assert found.spent_s == 3 * 3600


def test_an_overrun_goes_on_being_counted() -> None:
    """Due on Tuesday at 17:00, looked at on Wednesday at 10:00: 15 h of 14, and nothing ahead."""
    found = explained(RESOLUTION, "2026-06-03 10:00", MAJOR)
    assert (found.spent_s, found.ahead) == (15 * 3600, [])


def test_a_verdict_is_explained_to_its_instant() -> None:
    story = MAJOR, then("2026-06-01 10:30", "answered")
    found = explained(ClockName.FIRST_RESPONSE, "2026-06-09 10:00", *story)
    assert [(each.start, each.end) for each in found.stretches] == [
        (paris("2026-06-01 09:00"), paris("2026-06-01 10:30"))
    ]
    assert found.clock.mark is Mark.MET


def test_resolved_straight_from_a_wait_its_pause_is_told_to_the_end() -> None:
    story = MAJOR, waits("2026-06-01 10:00"), then("2026-06-02 10:00", "resolved")
    found = explained(RESOLUTION, "2026-06-09 10:00", *story)
    assert pauses(found) == [("waiting_question", paris("2026-06-01 10:00"), paris("2026-06-02 10:00"))]
    assert found.spent_s == 3600


def test_a_clock_that_never_ran_has_nothing_to_explain() -> None:
    assert explained(NEXT, "2026-06-01 10:00", MAJOR).stretches == []


AT_NIGHT = BusinessCalendar("Europe/Paris", {"sat": [("22:00", "24:00")], "sun": [("00:00", "06:00")]})
CLOSED = CALENDAR.without([(paris("2026-05-27 00:00"), paris("2026-05-29 00:00"), "Déménagement")])
AWAY = CALENDAR.minus([(paris("2026-05-22 10:00"), paris("2026-05-26 15:00"), "Congé")])
DESKS: Sequence[BusinessCalendar] = (CALENDAR, CLOSED, AT_NIGHT, AlwaysOpen(), AWAY)


@given(histories(), st.sampled_from(DESKS), st.integers(0, 40 * 86400))
def test_counted_is_spent_for_any_history_under_any_calendar(
    history: list[Happened], hours: BusinessCalendar, later: int
) -> None:
    """And nothing is told twice or left out: from the start to the deadline or the end, stretch after stretch."""
    rules, now = Rules(hours, RULES.promises, 5), history[-1].at + timedelta(seconds=later)
    life = fold(history, rules)
    for name in ClockName:
        holds(explain(history, rules, hours, name, now), life.clock(name), hours, now)


@given(histories(), st.integers(1, 12), st.integers(0, 20 * 86400))
def test_counted_is_spent_across_an_edit_of_the_calendar(history: list[Happened], after: int, later: int) -> None:
    """A closure saved between two facts: what was counted before it keeps its hours, the running clocks are moved."""
    cut = min(after, len(history))
    at = history[cut - 1].at
    edited = CALENDAR.until(at, CLOSED)
    facts = [*history[:cut], Happened(at, Kind.RESCHEDULED, {}), *history[cut:]]
    rules, now = Rules(edited, RULES.promises, 5, ((at, CALENDAR),)), facts[-1].at + timedelta(seconds=later)
    life = fold(facts, rules)
    for name in ClockName:
        holds(explain(facts, rules, edited, name, now), life.clock(name), edited, now)


def holds(found: Explanation, clock: Clock, hours: Hours, now: datetime) -> None:
    running = int(hours.between(clock.since, now).total_seconds()) if clock.since else 0
    assert found.clock == clock
    assert found.spent_s == clock.spent_s + running
    assert all(before.end == after.start for before, after in pairwise(found.stretches))
    if found.stretches:
        assert found.stretches[0].start == clock.started_at
    if found.ahead and clock.overdue_at is None:
        assert sum(each.seconds for each in found.ahead if each.counted) == clock.left_s - running
