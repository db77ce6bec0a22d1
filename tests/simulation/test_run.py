"""A simulated desk: what happens to it, who does what, and what becomes of its promises."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any

import pytest

from sla.queue.axis import Axis
from sla.queue.jobs import Hand, Job
from sla.queue.rule import Rule
from sla.simulation.history import Case, History, Hole, draw
from sla.simulation.policy import Policy, Pull, Push, least_loaded, most_skilled, round_robin
from sla.simulation.run import Run, Told
from sla.simulation.simulated_desk import SimulatedDesk, Stress
from sla.ticket.clock import Mark
from tests.queue.desks import CALENDAR, paris
from tests.simulation.small import DESK, desk

HOUR = 3600.0
AXIS = Axis(CALENDAR, paris("2026-06-01 00:00"))


def case(number: int, at: str = "2026-06-01 09:00", **facts: object) -> Case:
    told: dict[str, object] = {"line": "a", "severity": "minor", "answer": 600.0, "follow": None, "wait": 0.0, **facts}
    instant = paris(at)
    return Case(number, instant, AXIS.of(instant), **told)  # type: ignore[arg-type]


def played(
    *cases: Case, of: SimulatedDesk = DESK, holes: tuple[Hole, ...] = (), by: Policy | None = None
) -> list[Told]:
    return Run(of, History(AXIS, cases, holes), by or Pull()).play()


def test_a_ticket_of_the_night_is_answered_in_the_morning() -> None:
    (told,) = played(case(1, "2026-05-31 23:00"))
    assert AXIS.ends(told.answered) == paris("2026-06-01 09:10")
    assert (told.promises.first.mark, told.promises.resolution.mark) == (Mark.MET, Mark.MET)


def test_the_client_s_time_is_not_the_desk_s() -> None:
    """Answered at 9:10, back at 10:10, done at 11:10: two hours by the wall, 1 h 10 of the resolution's time."""
    (told,) = played(case(1, severity="blocking", follow=HOUR, wait=HOUR))
    assert (told.answered, told.resolved) == (600, 600 + 2 * HOUR)
    assert (told.promises.resolution.spent_s, told.promises.resolution.mark) == (600 + HOUR, Mark.MET)


def test_a_promise_kept_at_the_very_deadline_is_kept_and_a_second_later_is_not() -> None:
    kept, late = (
        played(case(1, severity="blocking", answer=7200.0)),
        played(case(1, severity="blocking", answer=7201.0)),
    )
    assert not kept[0].promises.broken
    assert late[0].promises.broken
    assert late[0].promises.late_s(late[0].promises.first) == 1


def test_a_slower_technician_takes_longer_and_the_faster_is_preferred() -> None:
    team = (Hand(1, {"a": 1.5}), Hand(2, {"a": 1.0}))
    told = played(case(1), case(2, "2026-06-01 09:01"), of=desk(hands=team))
    assert [(each.by, each.answered - each.case.place) for each in told] == [(2, 600), (1, 900)]


def test_to_a_call_work_waits_for_its_end() -> None:
    (told,) = played(case(1, line="b"), holes=(Hole(1, 300.0, 1200.0, call=True),))
    assert told.answered == 720 + 900


def test_absent_their_work_is_taken_over_once_it_presses() -> None:
    """Technician 2 leaves for a week after five minutes of twelve; when 8 × the 7 left remain, another takes it."""
    team = (Hand(1, {"b": 1.0, "a": 1.2}), Hand(2, {"a": 1.0}))
    hole = Hole(2, 300.0, 35 * HOUR)
    first, _ = played(case(1, severity="blocking"), case(2, line="b", answer=60.0), of=desk(hands=team), holes=(hole,))
    assert (first.by, first.promises.broken) == (1, False)
    assert first.answered == 7200 - 8 * (720 - 300) + 1 + 300 * 1.2 + 300  # let go, what was left, the hand-over


def test_pushed_work_waits_for_whom_it_was_pushed_to() -> None:
    hole = Hole(1, 300.0, 35 * HOUR)
    (told,) = played(case(1), holes=(hole,), by=Push(round_robin))
    assert (told.by, told.answered) == (1, 35 * HOUR + 300)


@pytest.mark.parametrize(
    ("chooser", "by"), [(round_robin, [1, 2, 1]), (least_loaded, [1, 2, 2]), (most_skilled, [2, 2, 2])]
)
def test_pushed_by(chooser: object, by: list[int]) -> None:
    """Three tickets at nine, the first a long one; technician 1 is slower."""
    team = (Hand(1, {"a": 1.1}), Hand(2, {"a": 1.0}))
    told = played(*(case(number) for number in (1, 2, 3)), of=desk(hands=team), by=Push(chooser))  # type: ignore[arg-type]
    assert [each.by for each in told] == by


def test_a_history_is_drawn_from_its_seed() -> None:
    one, other, third = draw(DESK, 1, 10), draw(DESK, 1, 10), draw(DESK, 2, 10)
    assert (one.cases, one.holes) == (other.cases, other.holes)
    assert one.cases != third.cases
    assert [each.at for each in one.cases] == sorted(each.at for each in one.cases)


def test_another_rate_draws_the_same_tickets_at_other_instants() -> None:
    more = draw(desk(arrivals=replace(DESK.arrivals, per_week=120.0)), 1, 10).cases
    assert [(each.line, each.severity, each.answer) for each in draw(DESK, 1, 10).cases][:50] == [
        (each.line, each.severity, each.answer) for each in more
    ][:50]


def test_as_much_arrives_as_was_said() -> None:
    cases = [each for seed in range(20) for each in draw(DESK, seed, 20).cases]
    assert len(cases) == pytest.approx(20 * 4 * 60, rel=0.05)
    lines = Counter(each.line for each in cases)
    assert lines["a"] / len(cases) == pytest.approx(0.7, abs=0.03)
    assert fmean(each.answer for each in cases) == pytest.approx(720, rel=0.05)


def test_absences_are_whole_working_days_and_never_two_at_once() -> None:
    said = desk(stress=Stress(0.3, (1, 2), 1))
    holes = draw(said, 3, 40).holes
    assert holes
    assert {(hole.end - hole.begin) / (7 * HOUR) for hole in holes} <= {1.0, 2.0}
    assert all(before.end <= after.begin for before, after in pairwise(holes))


def test_every_ticket_is_answered_and_resolved_once_and_nobody_does_two_at_once() -> None:
    said = desk(stress=Stress(0.1, (1, 2), 1, 0.2, 10, 1800.0), calls=2.0)
    history = draw(said, 5, 15, date(2026, 6, 1))
    run = Run(said, history, Pull())
    told = run.play()
    assert [each.case.number for each in told] == [each.number for each in history.cases]
    assert all(each.case.place <= (each.begun or 0) <= each.answered <= each.resolved for each in told)
    assert not run.waiting
    assert not run.shift.doing
    assert sum(run.shift.worked.values()) <= 2 * max(each.resolved for each in told)


def test_a_watcher_sees_the_desk_as_it_stands() -> None:
    """At 9:02: technician 1 has been at the first ticket for two minutes, the second waits."""
    seen: list[tuple[list[Hand], list[Job]]] = []

    class Watch:
        def deposited(self, run: Run, case: Case, job: Job) -> None:
            seen.append(run.scene())

        def answered(self, run: Run, case: Case, at: float) -> None:
            seen.append(run.scene())

    one = desk(hands=DESK.hands[:1])
    Run(one, History(AXIS, (case(1), case(2, "2026-06-01 09:02")), ()), Pull(), watcher=Watch()).play()
    hands, jobs = seen[1]
    assert [(job.ticket, job.owner, job.spent) for job in jobs] == [(1, 1, 120.0), (2, None, None)]
    assert hands == list(one.hands)
    assert len(seen) == 4


def test_what_was_interrupted_waits_with_what_is_left_of_it() -> None:
    """Technician 1 leaves at 9:02, two of the twelve minutes done: at 9:03 ten are left, and nobody is at them."""
    seen: list[list[Job]] = []

    class Watch:
        def deposited(self, run: Run, case: Case, job: Job) -> None:
            seen.append(run.scene()[1])

        def answered(self, run: Run, case: Case, at: float) -> None: ...

    one, gone = desk(hands=DESK.hands[:1]), (Hole(1, 120.0, 25_320.0),)
    Run(one, History(AXIS, (case(1), case(2, "2026-06-01 09:03")), gone), Pull(), watcher=Watch()).play()
    assert [(job.ticket, job.owner, job.seconds, job.spent) for job in seen[1]] == [
        (1, 1, 600.0, None),
        (2, None, 720.0, None),
    ]


def test_what_waits_longest_is_not_postponed_for_ever() -> None:
    """Blocking tickets fill every minute for a week; a minor one of the first morning comes at ten hours old."""
    busy = [case(n, "2026-06-01 09:00", severity="blocking") for n in range(1, 20)]
    later = [
        replace(case(n), severity="blocking", place=600.0 * (n - 20), at=AXIS.begins(600.0 * (n - 20)))
        for n in range(20, 220)
    ]
    light = replace(case(0), answer=600.0)
    one, capped = desk(hands=DESK.hands[:1]), Rule(oldest_s=10 * HOUR)
    told = {each.case.number: each for each in played(light, *busy, *later, of=one, by=Pull(capped))}
    assert (told[0].begun or 0) - told[0].case.place <= 10 * HOUR + timedelta(minutes=10).total_seconds()


def promising(**targets: Any) -> SimulatedDesk:
    """Blocking tickets with more promises than an answer within 2 h and a resolution within 8 h."""
    return desk(severities=[replace(DESK.severities[0], **targets), DESK.severities[1]])


def test_a_workaround_is_given_half_way_through_what_follows_the_answer() -> None:
    """Answered at 9:10; of the two hours that follow, one brings the workaround, at 10:10."""
    of = promising(workaround=4200)
    (told,) = played(case(1, severity="blocking", follow=2 * HOUR), of=of)
    assert (told.promises.workaround.ended_at, told.promises.workaround.mark) == (paris("2026-06-01 10:10"), Mark.MET)
    (late,) = played(case(1, severity="blocking", follow=2 * HOUR + 2), of=of)
    assert (late.promises.workaround.mark, late.promises.resolution.mark) == (Mark.MISSED, Mark.MET)
    assert late.promises.broken
    assert late.promises.late_s(late.promises.workaround) == 1


def test_what_the_first_answer_resolves_has_no_workaround_to_wait_for() -> None:
    (told,) = played(case(1, severity="blocking"), of=promising(workaround=4200))
    assert told.promises.workaround.ended_at == paris("2026-06-01 09:10")


def test_a_client_who_comes_back_is_answered_once_as_much_is_done_as_the_first_answer_took() -> None:
    """Back at 10:10; the first ten minutes of the hour that is left answer its message, at 10:20."""
    of = promising(next_response=600)
    (told,) = played(case(1, severity="blocking", follow=HOUR, wait=HOUR), of=of)
    clock = told.promises.following
    assert (clock.started_at, clock.ended_at, clock.mark) == (
        paris("2026-06-01 10:10"),
        paris("2026-06-01 10:20"),
        Mark.MET,
    )
    assert AXIS.ends(told.resolved) == paris("2026-06-01 11:10")


def test_nobody_came_back_nothing_more_is_owed() -> None:
    (told,) = played(case(1, severity="blocking", follow=HOUR), of=promising(next_response=600))
    assert told.promises.following.mark is Mark.IDLE


def test_a_wait_is_left_out_of_the_workaround_too() -> None:
    """10 min before the client's hour, half an hour after it: 40 min of 40."""
    of = promising(workaround=2400)
    (told,) = played(case(1, severity="blocking", follow=HOUR, wait=HOUR), of=of)
    assert (told.promises.workaround.spent_s, told.promises.workaround.mark) == (2400, Mark.MET)


def test_an_absence_on_the_way_loses_nothing_of_what_was_done() -> None:
    """Half an hour of two is done at 9:40; away until 10:40, the second half-hour ends at 11:10 with the workaround."""
    alone = replace(promising(workaround=8400), hands=DESK.hands[:1])
    hole = Hole(1, 2400.0, 6000.0)
    (told,) = played(case(1, severity="blocking", follow=2 * HOUR), of=alone, holes=(hole,))
    assert told.promises.workaround.ended_at == paris("2026-06-01 11:10")
    assert AXIS.ends(told.resolved) == paris("2026-06-01 12:10")


def test_the_nearest_of_what_is_owed_decides_what_comes_next() -> None:
    """Two follow-ups at 10:10, whose clients came back: the one that is owed an answer by 10:30 goes first, though
    the other was there first and is due sooner in the end."""
    severities = [
        replace(DESK.severities[0], next_response=1200, resolution=144_000),
        replace(DESK.severities[1], resolution=28_800),
    ]
    of = replace(desk(severities=severities), hands=DESK.hands[:1])
    first = case(1, severity="minor", follow=HOUR, wait=2 * HOUR)
    second = case(2, "2026-06-01 09:01", severity="blocking", follow=HOUR, wait=2 * HOUR - 600)
    by = Pull(Rule("edd"))
    told = played(first, second, of=of, by=by)
    assert told[1].resolved < told[0].resolved
