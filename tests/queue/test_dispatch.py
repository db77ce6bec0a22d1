"""Who does what next: the earliest due date among what a technician masters, follow-ups to their owner, pins obeyed."""

import pytest

from sla.queue.dispatch import Work, choose
from tests.queue.desks import ERRORS, NOW, USAGE, paris, technician, work

ONE, TWO = technician(1), technician(2, {ERRORS: 1.0, USAGE: 1.0})
TEAM = [ONE, TWO]


def given(queue: list[Work], to: int = 1, at: str = "2026-06-01 09:00", team: list | None = None) -> int | None:
    people = team or TEAM
    choice = choose(people[to - 1], queue, paris(at), people)
    return choice.work.ticket if choice else None


def test_the_earliest_due_comes_first() -> None:
    assert given([work(1, "2026-06-01 16:00"), work(2, "2026-06-01 11:00"), work(3, None)]) == 2


def test_what_is_late_already_comes_before_what_can_still_be_kept() -> None:
    assert given([work(1, "2026-06-01 11:00"), work(2, "2026-05-29 17:00")]) == 2


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

    def test_an_owner_who_is_back_in_time_keeps_it(self) -> None:
        assert self.given("2026-06-02 09:31", "2026-06-01 16:00") is None
        assert self.given("2026-06-02 09:30", "2026-06-01 16:00") == 1

    def test_near_is_counted_in_working_time(self) -> None:
        """Friday 16:30, due on Monday at 10:00: 1 h 30 of work hours away, not 65 h."""
        team = [technician(1), technician(2, away=[("2026-05-29 00:00", "2026-06-02 00:00")])]
        assert given([work(1, "2026-06-01 10:00", owner=2)], to=1, at="2026-05-29 16:30", team=team) == 1

    def test_without_a_deadline_it_waits_for_its_owner(self) -> None:
        assert self.given(None, "2026-06-01 16:59") is None


def test_what_its_owner_has_left_behind_is_anyone_s() -> None:
    """Begun by someone who is not of the team: a dispatcher, or who has left."""
    assert given([work(1, owner=99)]) == 1


def test_a_choice_says_why() -> None:
    def codes(each: Work) -> list[str]:
        choice = choose(TWO, [each], NOW, TEAM)
        assert choice is not None
        return [reason.code for reason in choice.reasons]

    assert codes(work(1)) == ["masters", "earliest_due"]
    assert codes(work(1, None)) == ["masters", "first_come"]
    assert codes(work(1, owner=2)) == ["follow_up", "earliest_due"]
    assert codes(work(1, owner=1, pinned=2)) == ["pinned", "earliest_due"]
