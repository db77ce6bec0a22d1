"""The plan replayed: what is known is played as it is, what is not is drawn from the desk's own past."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.queue.expect.arrivals import Days
from sla.queue.expect.durations import SHRINK, FollowUps, Ratios, longer
from sla.queue.expect.future import Future, Past
from sla.queue.expect.plain import certain
from sla.queue.expect.replay import CROWDED, FUTURES, LEAST_FUTURES, how_many, replay, shared_out
from sla.queue.expect.scene import Scene
from sla.queue.jobs import Hand, Job
from sla.queue.plan import play
from sla.queue.rule import ORDERS, Rule

DAY = 25_200.0
RULE = Rule("edd")
AS_EXPECTED = Past(Ratios(), FollowUps(), Days((), DAY))


def job(number: int, *, due: float | None = 7200.0, seconds: float = 600.0, skill: str = "a", **given: object) -> Job:
    return Job(number, skill, skill, "major", 2.0, seconds, due, -60.0, **given)  # type: ignore[arg-type]


def waits(scene: Scene, past: Past = AS_EXPECTED, ticket: int = 1) -> list[float]:
    """The levels of the replay, in whole seconds."""
    return [round(value) for value in replay(scene, past, RULE, ticket).values]


def alone(*hands: Hand) -> Scene:
    return Scene(hands or (Hand(1, {"a": 1.0}),), (job(1),))


def test_nobody_before_it_and_nothing_to_draw_is_its_own_work() -> None:
    assert waits(alone()) == [600] * 13


def test_a_slow_technician_takes_longer_and_an_absent_one_comes_back_first() -> None:
    assert waits(alone(Hand(1, {"a": 1.5}))) == [900] * 13
    assert waits(alone(Hand(1, {"a": 1.0}, away=((0.0, 3600.0),)))) == [4200] * 13
    assert waits(alone(Hand(1, {"a": 1.0}, away=((300.0, 1500.0),)))) == [1800] * 13  # over an appointment


def test_nearer_deadlines_come_first_and_two_technicians_share_them() -> None:
    queue = (job(1), job(2, due=3600.0), job(3, due=5400.0))
    assert waits(Scene((Hand(1, {"a": 1.0}),), queue)) == [1800] * 13
    assert waits(Scene((Hand(1, {"a": 1.0}), Hand(2, {"a": 1.0})), queue)) == [1200] * 13


def test_what_is_in_hand_is_finished_first_with_what_is_left_of_it() -> None:
    begun = job(2, due=90_000.0, owner=1, spent=400.0)
    assert waits(Scene((Hand(1, {"a": 1.0}),), (job(1), begun))) == [800] * 13


def test_of_two_in_one_hand_the_replay_finishes_first_the_one_that_the_plan_does() -> None:
    before, last = job(2, due=90_000.0, owner=1, spent=500.0), job(3, due=95_000.0, owner=1, spent=100.0)
    scene = Scene((Hand(1, {"a": 1.0}),), (job(1), before, last))
    placed, _ = play(scene.hands, scene.waiting, RULE)
    assert placed[0][0] is last
    assert scene.in_hand == {1: last}


def test_a_pinned_ticket_waits_for_its_technician() -> None:
    away = Hand(2, {"a": 1.0}, away=((0.0, 3600.0),))
    assert waits(Scene((Hand(1, {"a": 1.0}), away), (job(1, pinned=2),))) == [4200] * 13


def test_durations_are_those_of_the_desk() -> None:
    """Half took half as long as expected, half twice: 5 or 20 minutes."""
    past = Past(Ratios.of([("a", 0.5), ("a", 2.0)]), FollowUps(), Days((), DAY))
    found = waits(alone(), past)
    assert (found[0], found[-1]) == (300, 1200)


def test_what_arrives_and_is_more_urgent_may_go_first() -> None:
    """On each past day, one came at the opening that is due in 20 minutes; today it has not come yet."""
    urgent = job(9, due=1200.0, seconds=1800.0)
    opening = Job(**{**{name: getattr(urgent, name) for name in urgent.__slots__}, "since": 0.0})
    past = Past(Ratios(), FollowUps(), Days(((opening,),), DAY))
    assert waits(Scene((Hand(1, {"a": 1.0}, away=((0.0, 60.0),)),), (job(1),)), past) == [2460] * 13


def test_what_follows_an_answer_comes_back_to_who_gave_it() -> None:
    """Ticket 2 is answered at 10 min and followed at once by half an hour's work, due before ticket 1."""
    follow = FollowUps(1.0, (0.0,), {"a": 1800.0}, {"major": 4000.0}, 0.5, Ratios())
    past = Past(Ratios(), follow, Days((), DAY))
    assert waits(Scene((Hand(1, {"a": 1.0}),), (job(1), job(2, due=600.0))), past) == [3000] * 13


def test_what_is_with_its_client_comes_back() -> None:
    """It has been there for 20 of the 30 minutes that clients take here, and is due at once."""
    back = job(2, due=60.0, seconds=1800.0, answered=True, owner=1, spent=1200.0)
    past = Past(Ratios(), FollowUps(pauses=(1800.0,)), Days((), DAY))
    queue = (job(1), job(3, due=3600.0))
    assert waits(Scene((Hand(1, {"a": 1.0}),), queue, (back,)), past) == [600 + 1800 + 600] * 13


def test_the_same_scene_gives_the_same_answer() -> None:
    past = Past(Ratios.of([("a", ratio / 10) for ratio in range(1, 40)]), FollowUps(0.5, (0.0, 60.0)), Days((), DAY))
    scene = Scene((Hand(1, {"a": 1.0}),), tuple(job(number, due=600.0 * number) for number in range(9, 0, -1)))
    assert replay(scene, past, RULE, 1) == replay(scene, past, RULE, 1)


@pytest.mark.parametrize(("days", "drawn"), [(0, FUTURES), (1, FUTURES / 2), (5, FUTURES / 6), (30, LEAST_FUTURES)])
def test_of_futures_that_begin_late_fewer_are_drawn(days: int, drawn: int) -> None:
    """Only someone who is away can do it: each future is as much longer."""
    hands = (Hand(1, {"a": 1.0}, away=((0.0, days * DAY),) if days else ()), Hand(2, {"b": 1.0}))
    assert how_many(Scene(hands, (job(1),)), AS_EXPECTED, RULE, 1) == drawn


def test_nobody_to_do_it_ends_at_the_horizon() -> None:
    assert waits(Scene((Hand(1, {"b": 1.0}),), (job(1),))) == [20 * DAY] * 13


def test_a_queue_too_long_to_be_replayed_is_shared_out() -> None:
    """Ten more than are replayed, of ten minutes each, before it, for two of the three technicians."""
    queue = tuple(job(number, due=60.0 * number) for number in range(2, CROWDED + 12))
    hands = (Hand(1, {"a": 1.0}), Hand(2, {"a": 1.0}), Hand(3, {"b": 1.0}))
    scene = Scene(hands, (*queue, job(1, due=90_000.0), job(500, skill="b", due=1.0)))
    assert (
        replay(scene, AS_EXPECTED, RULE, 1)
        == certain(shared_out(scene, RULE, 1))
        == certain((CROWDED + 10) * 600 / 2 + 600)
    )


@pytest.mark.parametrize(("own", "share"), [(1, 1 / (1 + SHRINK)), (SHRINK, 0.5), (9 * SHRINK, 0.9)])
def test_a_line_counts_as_its_own_past_grows(own: int, share: float) -> None:
    """Its own took twice as long as expected, all others as long: so does this share of the draws."""
    known = Ratios.of([("new", 2.0)] * own + [("old", 1.0)] * 100_000)
    chance = Random(1)
    drawn = [known.draw(chance, "new") for _ in range(4000)]
    assert drawn.count(2.0) / 4000 == pytest.approx(share, abs=0.03)


def test_what_has_lasted_longer_than_ever_goes_on() -> None:
    chance = Random(1)
    assert {longer((1.0, 2.0, 3.0), 1.5, chance) for _ in range(50)} == {2.0, 3.0}
    assert all(4.0 <= longer((1.0, 2.0, 3.0), 4.0, chance) <= 8.0 for _ in range(50))


def test_days_are_drawn_whole_after_the_rest_of_today() -> None:
    """At noon, what past days had in the afternoon; then their whole days."""
    morning, afternoon = job(1), job(2)
    at = {"since": 3600.0}, {"since": 18_000.0}
    day = tuple(
        Job(**{**{name: getattr(each, name) for name in each.__slots__}, **place, "due": 1200.0})
        for each, place in zip((morning, afternoon), at, strict=True)
    )
    drawn = Days((day,), DAY).draw(Random(1), 12_600.0)
    coming = [next(drawn) for _ in range(3)]
    assert [each.since for each in coming] == [5400.0, 12_600.0 + 3600.0, 12_600.0 + 18_000.0]
    assert [each.due for each in coming] == [6600.0, 17_400.0, 31_800.0]
    assert list(Days(((), ()), DAY).draw(Random(1), 0.0)) == []


SKILLS = ("a", "b", "c")
STARTS = st.sampled_from((0.0, 900.0, 7200.0))


@st.composite
def desks(draw: st.DrawFn) -> tuple[list[Hand], list[Job]]:
    """Up to four technicians, some of them away, and what waits; each is at one ticket at most."""
    hands = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        skills = draw(st.dictionaries(st.sampled_from(SKILLS), st.sampled_from((1.0, 1.5, 2.0))))
        begin = draw(STARTS)
        away = ((begin, begin + 3600.0),) if draw(st.booleans()) else ()
        hands.append(Hand(number, skills, away))
    jobs, busy = [], set[int]()
    for number in range(1, draw(st.integers(1, 9)) + 1):
        owner = draw(st.none() | st.integers(1, len(hands)))
        begun = owner is not None and owner not in busy and draw(st.booleans())
        busy |= {owner or 0} if begun else set()
        facts: dict[str, Any] = {"owner": owner, "skill": draw(st.sampled_from(SKILLS))}
        facts |= {"spent": 300.0} if begun else {"pinned": draw(st.none() | st.integers(1, len(hands)))}
        due, seconds = draw(st.none() | st.integers(-3600, 20_000)), draw(st.sampled_from((600.0, 1200.0, 3600.0)))
        jobs.append(job(number, due=due, seconds=seconds, **facts))
    return hands, jobs


@given(desks(), st.sampled_from(sorted(ORDERS)))
def test_with_nothing_to_draw_the_replay_is_the_plan(desk: tuple[list[Hand], list[Job]], order: str) -> None:
    """Who begins what when is one rule: each answer is expected when the plan ends it."""
    hands, jobs = desk
    placed, _ = play(hands, jobs, Rule(order))
    for each, _, _, end in placed:
        assert Future(Scene(hands, jobs), AS_EXPECTED, Rule(order), Random(1)).answer(each.ticket) == end
