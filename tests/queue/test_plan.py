"""The plan: the same rule played forward over everyone's own hours."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sla.queue.axis import Axis
from sla.queue.dispatch import Technician, Work, choose, first_come
from sla.queue.plan import explain, plan, play
from sla.queue.rule import ORDERS, Rule
from tests.queue.desks import CALENDAR, ERRORS, NOW, USAGE, paris, technician, work
from tests.queue.simply import simply_played


def at(text: str) -> datetime:
    return paris(f"2026-06-01 {text}")


def test_work_follows_work_in_order_of_due_date() -> None:
    made = plan([technician(1)], [work(1, "2026-06-01 16:00"), work(2, "2026-06-01 11:00")], NOW)
    assert [(slot.ticket, slot.start, slot.end) for slot in made.slots] == [
        (2, at("09:00"), at("09:30")),
        (1, at("09:30"), at("10:00")),
    ]


def test_whoever_is_free_first_takes_it() -> None:
    made = plan([technician(1), technician(2)], [work(n, minutes=60) for n in (1, 2, 3)], NOW)
    assert [(slot.ticket, slot.technician) for slot in made.slots] == [(1, 1), (2, 2), (3, 1)]


def test_lunch_and_night_are_flowed_around() -> None:
    made = plan([technician(1)], [work(1, minutes=240), work(2, minutes=300)], NOW, Rule("edd"))
    assert [(slot.start, slot.end) for slot in made.slots] == [
        (at("09:00"), at("14:00")),
        (at("14:00"), paris("2026-06-02 11:00")),
    ]


def test_appointments_are_holes() -> None:
    made = plan([technician(1, away=[("2026-06-01 09:30", "2026-06-01 10:00")])], [work(1, minutes=60)], NOW)
    assert (made.slots[0].start, made.slots[0].end) == (at("09:00"), at("10:30"))


def test_work_that_waits_for_a_call_starts_after_it() -> None:
    """Whoever has nothing else waits for it; whoever has, does that meanwhile. « Au suivant » offers it no sooner."""
    after = work(1, "2026-06-01 11:00", waits_until=at("10:15"))
    alone, both = plan([technician(1)], [after], NOW), plan([technician(1)], [after, work(2, minutes=60)], NOW)
    assert [(slot.ticket, slot.start, slot.end) for slot in alone.slots] == [(1, at("10:15"), at("10:45"))]
    assert [(slot.ticket, slot.start) for slot in both.slots] == [(2, at("09:00")), (1, at("10:15"))]
    assert choose(technician(1), [after], NOW, [technician(1)]) is None
    assert choose(technician(1), [after], at("10:15"), [technician(1)]) is not None
    reasons = explain(alone.slots[0], after, [technician(1)], alone, NOW)
    assert (reasons[-1].code, reasons[-1].facts) == ("after_appointment", {"at": at("10:15")})


def test_work_whose_call_ends_in_its_owners_absence_is_a_colleagues() -> None:
    """With nothing to do until then, the owner is there at 9:00 and away at 10:15, when it can go on."""
    leaves = technician(1, away=[("2026-06-01 10:00", "2026-06-03 00:00")])
    made = plan([leaves, technician(2)], [work(1, "2026-06-01 11:00", owner=1, waits_until=at("10:15"))], NOW)
    assert [(slot.technician, slot.start) for slot in made.slots] == [(2, at("10:15"))]


def test_a_promise_that_its_call_comes_too_late_for_is_in_danger() -> None:
    made = plan([technician(1)], [work(1, "2026-06-01 10:30", waits_until=at("10:15"))], NOW)
    assert [(slot.ticket, slot.late_s) for slot in made.in_danger(NOW)] == [(1, 900)]


def test_who_is_away_starts_when_back() -> None:
    made = plan([technician(1, away=[("2026-06-01 00:00", "2026-06-03 00:00")])], [work(1)], NOW)
    assert made.slots[0].start == paris("2026-06-03 09:00")
    assert made.slots[0].late


def test_a_closed_desk_starts_at_the_next_opening() -> None:
    assert plan([technician(1)], [work(1)], paris("2026-06-05 18:00")).slots[0].start == paris("2026-06-08 09:00")


def test_the_slower_take_longer() -> None:
    made = plan([technician(1, {ERRORS: 1.5})], [work(1, minutes=60)], NOW)
    assert made.slots[0].end == at("10:30")


def test_a_pin_waits_for_its_technician_and_a_missing_skill_is_as_slow_as_their_slowest() -> None:
    made = plan([technician(1), technician(2, {ERRORS: 1.0, "sql": 1.2})], [work(1, skill=USAGE, pinned=2)], NOW)
    assert (made.slots[0].technician, made.slots[0].end) == (2, at("09:36"))


def test_what_nobody_may_take_is_named() -> None:
    made = plan([technician(1)], [work(1, skill="sql"), work(2, pinned=9), work(3)], NOW)
    assert (made.unplaced, [slot.ticket for slot in made.slots]) == ((1, 2), [3])
    assert plan([], [work(1)], NOW).unplaced == (1,)
    assert made.slot(1) is None


def test_late_is_ending_after_the_deadline() -> None:
    made = plan([technician(1)], [work(1, "2026-06-01 09:30"), work(2, "2026-06-01 09:59"), work(3, None)], NOW)
    assert [slot.late for slot in made.slots] == [False, True, False]


def test_a_slot_says_why() -> None:
    queue = [work(1, "2026-06-01 09:10"), work(2, "2026-06-01 11:00"), work(3, "2026-06-01 10:10")]
    team = [technician(1)]
    made = plan(team, queue, NOW, Rule("edd"))

    def why(number: int) -> list[tuple[str, dict[str, object]]]:
        slot = made.slot(number)
        assert slot is not None
        return [(r.code, dict(r.facts)) for r in explain(slot, queue[number - 1], team, made, NOW)]

    assert why(1)[2] == ("breaks_due", {"margin_s": 1200, "due_at": at("09:10")})
    assert why(2) == [
        ("masters", {"skill": ERRORS}),
        ("gets_to_it", {"at": at("10:00")}),
        ("keeps_due", {"margin_s": 1800, "due_at": at("11:00")}),
        ("after_others", {"count": 2}),
    ]


def test_what_is_in_hand_is_finished_first_with_what_is_left_of_it() -> None:
    """T1 has been at ticket 2 for 20 min of 30; a quarter is left at least, however long they have been at it."""
    queue = [work(1, "2026-06-01 09:15"), work(2, owner=1, busy_since=paris("2026-06-01 09:00"))]
    made = plan([technician(1)], queue, paris("2026-06-01 09:20"))
    assert [(slot.ticket, slot.start, slot.end) for slot in made.slots] == [
        (2, at("09:20"), at("09:30")),
        (1, at("09:30"), at("10:00")),
    ]
    late = plan([technician(1)], queue[1:], paris("2026-06-01 11:00"))
    assert late.slots[0].end == at("11:07") + timedelta(seconds=30)


def test_of_two_who_are_free_the_faster_begins_and_of_equals_the_less_loaded() -> None:
    slow, fast = technician(1, {ERRORS: 1.2}), technician(2)
    assert plan([slow, fast], [work(1)], NOW).slots[0].technician == 2
    loaded, rested = replace(technician(1), load=0.9), replace(technician(2), load=0.7)
    assert plan([loaded, rested], [work(1)], NOW).slots[0].technician == 2


def test_an_absent_owner_s_follow_up_is_planned_with_another_who_takes_longer() -> None:
    """From 13:00 on less than 8 × 30 min are left: the other begins at the next opening, five minutes more."""
    team = [technician(1), technician(2, away=[("2026-06-01 00:00", "2026-06-03 00:00")])]
    made = plan(team, [work(1, "2026-06-01 17:00", owner=2)], NOW)
    assert (made.slots[0].technician, made.slots[0].start) == (1, paris("2026-06-01 12:00") + timedelta(seconds=1))
    assert made.slots[0].end - made.slots[0].start == timedelta(minutes=95)  # and lunch
    reasons = explain(made.slots[0], work(1, "2026-06-01 17:00", owner=2), team, made, NOW)
    assert [each.code for each in reasons] == ["taken_over", "gets_to_it", "keeps_due"]


def test_promises_in_danger_are_those_that_can_still_be_saved() -> None:
    queue = [work(1, "2026-06-01 08:00"), work(2, "2026-06-01 09:20"), work(3, "2026-06-01 09:25"), work(4)]
    made = plan([technician(1)], queue, NOW)
    assert [slot.ticket for slot in made.in_danger(NOW)] == [2, 3]
    assert [slot.late_s > 0 for slot in made.slots if slot.ticket == 4] == [False]


SKILLS = (ERRORS, USAGE, "sql")
SPANS = st.tuples(st.integers(0, 5 * 24 * 60), st.integers(5, 600))


@st.composite
def teams(draw: st.DrawFn) -> list[Technician]:
    found = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        skills = draw(st.dictionaries(st.sampled_from(SKILLS), st.sampled_from((1.0, 1.1, 1.3, 2.0))))
        spans = [
            (NOW + timedelta(minutes=a), NOW + timedelta(minutes=a + b)) for a, b in draw(st.lists(SPANS, max_size=3))
        ]
        found.append(Technician(number, f"T{number}", skills, CALENDAR, spans))
    return found


@st.composite
def queues(draw: st.DrawFn) -> list[Work]:
    someone = st.none() | st.integers(1, 5)
    found = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        due = draw(st.none() | st.integers(-600, 3000))
        found.append(
            Work(
                number,
                draw(st.sampled_from(SKILLS)),
                None if due is None else NOW + timedelta(minutes=due),
                draw(st.integers(1, 300)),
                NOW - timedelta(minutes=draw(st.integers(0, 500))),
                draw(someone),
                draw(someone),
                weight=draw(st.sampled_from((0.5, 1.0, 4.0))),
                busy_since=draw(st.none() | st.just(NOW - timedelta(minutes=20))),
                usual=draw(someone),
                waits_until=draw(st.none() | st.integers(-60, 2000).map(lambda after: NOW + timedelta(minutes=after))),
            )
        )
    return found


RULES = st.sampled_from([Rule(order, usual_s=600.0) for order in ORDERS])


@given(teams(), queues(), st.integers(-2000, 2000), RULES, st.integers(0, 10**6))
def test_any_plan_holds_together(
    team: list[Technician], queue: list[Work], minutes: int, rule: Rule, order: int
) -> None:
    """Nobody works on two at once, outside their hours, on what they may not; each ticket is placed once or named. In
    whatever order queue and team are read, it is the same plan."""
    now = NOW + timedelta(minutes=minutes)
    made = plan(team, queue, now, rule)
    chance, shuffled, seated = Random(order), list(queue), list(team)
    chance.shuffle(shuffled)
    chance.shuffle(seated)
    assert plan(seated, shuffled, now, rule) == made
    by_ticket, by_id = {each.ticket: each for each in queue}, {each.id: each for each in team}
    assert sorted([slot.ticket for slot in made.slots] + list(made.unplaced)) == sorted(by_ticket)
    for someone in team:
        theirs = made.of(someone.id)
        away = [(begin, end, "x") for begin, end in someone.away]
        own = CALENDAR.minus(away) if away else CALENDAR
        assert all(before.end <= after.start for before, after in pairwise(theirs))
        for slot in theirs:
            each, pace = by_ticket[slot.ticket], someone.skills.get(by_ticket[slot.ticket].skill)
            assert slot.start >= now
            assert each.waits_until is None or each.busy_since is not None or slot.start >= each.waits_until
            assert own.next_open(slot.start) == slot.start
            assert each.pinned in (None, someone.id)
            assert pace is not None or someone.id in (each.pinned, each.owner)
            whole = each.minutes * 60 * (pace or max(someone.skills.values(), default=1.0))
            taken_over = rule.hand_over_s if each.owner not in (None, someone.id) else 0
            spent = own.between(slot.start, slot.end).total_seconds()
            assert spent == round(whole + taken_over) or (each.busy_since is not None and 0 < spent <= round(whole))
    for number in made.unplaced:
        each = by_ticket[number]
        if each.pinned is None and each.owner not in by_id:
            assert not any(someone.masters(each.skill) for someone in team)
        assert each.pinned not in by_id


@given(teams(), queues(), st.integers(-2000, 2000), RULES, st.sampled_from((0.1, 0.25, 1.0)), st.sampled_from((2, 70)))
def test_weighing_nothing_twice_gives_the_plan_of_weighing_all_again_at_each_step(
    team: list[Technician], queue: list[Work], minutes: int, rule: Rule, lost: float, oldest_hours: int
) -> None:
    axis = Axis(CALENDAR, NOW + timedelta(minutes=minutes))
    hands, jobs = [each.hand(axis) for each in team], [each.job(axis) for each in first_come(queue)]
    rule = replace(rule, lost=lost, oldest_s=oldest_hours * 3600.0)
    placed, left = play(hands, jobs, rule)
    simply, unplaced = simply_played(hands, jobs, rule)
    assert sorted(placed, key=lambda each: each[0].ticket) == sorted(simply, key=lambda each: each[0].ticket)
    assert left == unplaced


@given(st.lists(st.integers(1, 240), min_size=1, max_size=8), st.lists(st.integers(10, 900), min_size=8, max_size=8))
def test_one_technician_keeps_every_promise_that_can_be_kept(minutes: list[int], due: list[int]) -> None:
    """Jackson, 1955: the greatest lateness of the due-date order is the least of any order."""
    queue = [Work(n, ERRORS, CALENDAR.add(NOW, timedelta(minutes=due[n])), p, NOW) for n, p in enumerate(minutes)]

    def worst(order: list[Work]) -> int:
        at, late = 0, -10_000
        for each in order:
            at += each.minutes
            late = max(late, at - due[each.ticket])
        return late

    planned = [queue[slot.ticket] for slot in plan([technician(1)], queue, NOW, Rule("edd")).slots]
    assert worst(planned) <= min(worst(queue), worst(queue[::-1]), worst(sorted(queue, key=lambda each: each.minutes)))
