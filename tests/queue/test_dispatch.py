"""Who does what next: what weighs most among what a technician masters, follow-ups to their owner, pins obeyed."""

from dataclasses import replace
from math import e, exp

import pytest

from sla.queue.dispatch import Reason, Technician, Work, choose, index_terms
from sla.queue.jobs import Hand, Job
from sla.queue.rule import DEFAULT, Rule
from tests.queue.desks import ERRORS, NOW, USAGE, paris, technician, work

ONE, TWO = technician(1), technician(2, {ERRORS: 1.0, USAGE: 1.0})
TEAM = [ONE, TWO]


def given(
    queue: list[Work],
    to: int = 1,
    at: str = "2026-06-01 09:00",
    team: list[Technician] | None = None,
    rule: Rule = DEFAULT,
) -> int | None:
    people = team or TEAM
    choice = choose(people[to - 1], queue, paris(at), people, rule)
    return choice.work.ticket if choice else None


def test_the_earliest_due_comes_first() -> None:
    assert given([work(1, "2026-06-01 16:00"), work(2, "2026-06-01 11:00"), work(3, None)]) == 2


def test_what_can_still_be_kept_comes_before_what_is_late_already() -> None:
    """It weighs a quarter of what it did; by its due date, or with its whole weight, it would come first."""
    queue = [work(1, "2026-06-01 11:00"), work(2, "2026-05-29 17:00")]
    assert given(queue) == 1
    assert given(queue, rule=Rule(lost=1.0)) == given(queue, rule=Rule("edd")) == 2


def test_what_is_late_already_comes_before_what_can_wait() -> None:
    assert given([work(1, "2026-06-02 17:00"), work(2, "2026-05-29 17:00")]) == 2


def test_the_index_is_the_weight_over_the_work_and_falls_with_the_slack() -> None:
    """w/(p·f^(1+3))·exp(−slack/180 min), in minutes: 2/30 at no slack, over e at three hours of it."""
    rule, hand = Rule(patience_s=10_800.0, pace_power=3.0), Hand(1, {ERRORS: 1.0})
    now = Job(1, ERRORS, ERRORS, "major", 2.0, 1800.0, 1800.0, 0.0)
    assert index_terms(rule, now, hand)["index"] == pytest.approx(2 / 30, rel=1e-3)
    assert index_terms(rule, replace(now, due=1800.0 + 10_800.0), hand)["index"] == pytest.approx(2 / 30 / e, rel=1e-3)
    slow = index_terms(rule, replace(now, due=2400.0), Hand(1, {ERRORS: 1.2}))
    assert slow["index"] == pytest.approx(2 / 36 / 1.2**3 * exp(-(2400 - 2160) / 10_800), rel=1e-3)
    assert (slow["work_s"], slow["slack_s"], slow["pace"], slow["weight"]) == (2160, 240, 1.2, 2.0)


def test_light_work_of_the_same_weight_goes_first() -> None:
    assert given([work(1, minutes=60), work(2, minutes=15)]) == 2


def test_the_heavier_goes_first() -> None:
    assert given([work(1), work(2, weight=4.0)]) == 2


def test_slow_work_is_left_to_the_faster_while_there_is_other_work() -> None:
    slow = technician(1, {ERRORS: 1.0, USAGE: 1.3})
    queue = [work(1, skill=USAGE, weight=2.0), work(2)]
    assert given(queue, team=[slow]) == 2
    assert given(queue, team=[slow], rule=Rule(pace_power=0.0)) == 1
    assert given(queue[:1], team=[slow]) == 1


def test_another_s_usual_client_is_a_preference_with_a_price() -> None:
    """Ten minutes on top of thirty: the other ticket goes first, unless it weighs less than 3/4."""
    rule = Rule(usual_s=600.0)
    assert given([work(1, usual=2), work(2)], rule=rule) == 2
    assert given([work(1, usual=2), work(2, weight=0.7)], rule=rule) == 1
    assert given([work(1, usual=2), work(2)], to=2, rule=rule) == 1


def test_what_has_waited_longest_comes_before_all_else() -> None:
    light = work(1, None, deposited="2026-05-18 09:00", minutes=240)
    assert given([light, work(2, "2026-06-01 09:30", weight=4.0)], rule=Rule(oldest_s=70 * 3600.0 + 1)) == 2
    assert given([light, work(2, "2026-06-01 09:30", weight=4.0)], rule=Rule(oldest_s=70 * 3600.0)) == 1


def test_without_a_deadline_last_and_first_come_first_served() -> None:
    assert given([work(1, None), work(2, None, deposited="2026-06-01 07:00"), work(3, "2026-07-01 09:00")]) == 3
    assert given([work(1, None), work(2, None, deposited="2026-06-01 07:00")]) == 2
    assert given([work(7), work(3)]) == 3  # all alike: the lowest number


def test_only_what_they_master() -> None:
    queue = [work(1, "2026-06-01 10:00", skill=USAGE), work(2)]
    assert (given(queue, to=1), given(queue, to=2)) == (2, 1)
    assert given([work(1, skill="sql")]) is None
    assert given([]) is None


def test_a_pin_is_obeyed_even_where_the_skill_is_missing() -> None:
    queue = [work(1, "2026-06-01 10:00", skill=USAGE, pinned=1), work(2, "2026-06-01 09:30", pinned=2)]
    assert (given(queue, to=1), given(queue, to=2)) == (1, 2)


def test_a_pin_is_obeyed_even_while_who_is_pinned_is_away() -> None:
    team = [technician(1), technician(2, away=[("2026-06-01 00:00", "2026-06-10 00:00")])]
    assert given([work(1, "2026-06-01 09:30", pinned=2)], to=1, team=team) is None


def test_a_follow_up_goes_to_its_owner() -> None:
    queue = [work(1, "2026-06-01 10:00", owner=2), work(2)]
    assert (given(queue, to=1), given(queue, to=2)) == (2, 1)


@pytest.mark.parametrize("due", ["2026-06-01 08:00", "2026-06-01 09:10"])
def test_an_owner_who_is_there_keeps_it_even_when_it_is_late(due: str) -> None:
    assert given([work(1, due, owner=2)], to=1) is None
    assert given([work(1, due, owner=2)], to=2) == 1


class TestAbsentOwner:
    """T2 is away until Tuesday 9:00; 30 min of work, so that « near » is 4 working hours."""

    team = (technician(1), technician(2, away=[("2026-06-01 00:00", "2026-06-02 00:00")]))

    def given(self, due: str | None, at: str) -> int | None:
        return given([work(1, due, owner=2)], to=1, at=at, team=list(self.team))

    def test_far_from_the_deadline_it_waits(self) -> None:
        assert self.given("2026-06-01 17:00", "2026-06-01 09:00") is None
        assert self.given("2026-06-01 17:00", "2026-06-01 12:00") is None  # exactly 4 h left

    def test_near_the_deadline_it_is_let_go(self) -> None:
        assert self.given("2026-06-01 17:00", "2026-06-01 12:01") == 1
        assert self.given("2026-05-29 17:00", "2026-06-01 09:00") == 1

    def test_the_night_does_not_count(self) -> None:
        assert self.given("2026-06-02 12:30", "2026-06-01 16:30") is None
        assert self.given("2026-06-02 12:29", "2026-06-01 16:30") == 1

    def test_near_is_counted_in_working_time(self) -> None:
        """Friday 16:30, due on Monday at 10:00: 1 h 30 of work hours away, not 65 h."""
        team = [technician(1), technician(2, away=[("2026-05-29 00:00", "2026-06-02 00:00")])]
        assert given([work(1, "2026-06-01 10:00", owner=2)], to=1, at="2026-05-29 16:30", team=team) == 1

    def test_without_a_deadline_it_waits_for_its_owner(self) -> None:
        assert self.given(None, "2026-06-01 16:59") is None


def test_what_its_owner_has_left_behind_is_anyone_s() -> None:
    """Begun by someone who is not of the team: a dispatcher, or who has left."""
    choice = choose(ONE, [work(1, owner=99)], NOW, TEAM)
    assert choice is not None
    assert (choice.work.ticket, choice.reasons[0]) == (1, Reason("masters", {"skill": ERRORS}))


def test_a_choice_says_why() -> None:
    def codes(each: Work) -> list[str]:
        choice = choose(TWO, [each], NOW, TEAM)
        assert choice is not None
        return [reason.code for reason in choice.reasons]

    assert codes(work(1)) == ["masters", "weighed"]
    assert codes(work(1, None)) == ["masters", "weighed"]
    assert codes(work(1, owner=2)) == ["follow_up", "weighed"]
    assert codes(work(1, owner=1, pinned=2)) == ["pinned", "weighed"]
    assert codes(work(1, usual=2)) == ["masters", "weighed", "usual"]
    assert codes(work(1, deposited="2026-04-01 09:00")) == ["masters", "oldest"]


def test_without_a_deadline_the_choice_says_what_decided() -> None:
    """By the index the weightier, not the older; by due date the older."""
    queue = [work(1, None, weight=0.5), work(2, None, deposited="2026-06-01 08:30", weight=4.0)]
    weighed, aged = choose(ONE, queue, NOW, TEAM), choose(ONE, queue, NOW, TEAM, Rule("edd"))
    assert weighed is not None
    assert aged is not None
    assert (weighed.work.ticket, weighed.reasons[1].code, weighed.reasons[1].facts["weight"]) == (2, "weighed", 4.0)
    assert "slack_s" not in weighed.reasons[1].facts
    assert (aged.work.ticket, aged.reasons[1]) == (1, Reason("first_come", {"among": 2}))


def test_what_an_owner_is_at_is_nobody_s_next_and_makes_them_busy() -> None:
    """T1 has been at ticket 3 since 9:00 and has another due at 10:00: T2 may take that one over, and is told so."""
    busy = work(3, owner=1, minutes=60, busy_since=NOW)
    assert given([busy], to=1) is None
    assert given([busy, work(1, "2026-06-01 17:00", owner=1)], to=2) is None
    choice = choose(TWO, [busy, work(1, "2026-06-01 10:00", owner=1)], NOW, TEAM)
    assert choice is not None
    assert (choice.work.ticket, choice.reasons[0]) == (1, Reason("taken_over", {"skill": ERRORS}))


def test_by_priority_a_blocking_ticket_stays_one_after_its_answer() -> None:
    """What follows an answer weighs half in the index; its severity is what it was."""
    queue = [work(1, weight=2.0, priority=2.0), work(2, weight=2.0, priority=4.0, answered=True, owner=1)]
    assert given(queue, rule=Rule("priority")) == 2


@pytest.mark.parametrize(("order", "first"), [("edd", 2), ("priority", 3), ("fifo", 1), ("index", 3)])
def test_other_rules_of_the_queue(order: str, first: int) -> None:
    queue = [
        work(1, "2026-06-03 17:00", deposited="2026-05-29 10:00"),
        work(2, "2026-06-01 10:30", deposited="2026-05-29 11:00", minutes=90),
        work(3, "2026-06-01 11:00", deposited="2026-05-29 12:00", weight=4.0),
    ]
    assert given(queue, rule=Rule(order)) == first
