"""The plan: the same rule played forward over everyone's own hours."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sla.queue.dispatch import Technician, Work
from sla.queue.plan import explain, plan
from tests.queue.desks import CALENDAR, ERRORS, NOW, USAGE, paris, technician, work


def at(text: str) -> object:
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
    made = plan([technician(1)], [work(1, minutes=240), work(2, minutes=300)], NOW)
    assert [(slot.start, slot.end) for slot in made.slots] == [
        (at("09:00"), at("14:00")),
        (at("14:00"), paris("2026-06-02 11:00")),
    ]


def test_appointments_are_holes() -> None:
    made = plan([technician(1, away=[("2026-06-01 09:30", "2026-06-01 10:00")])], [work(1, minutes=60)], NOW)
    assert (made.slots[0].start, made.slots[0].end) == (at("09:00"), at("10:30"))


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
    made, team = plan([technician(1)], queue, NOW), {1: technician(1)}

    def why(number: int) -> list[tuple[str, dict[str, object]]]:
        slot = made.slot(number)
        assert slot is not None
        return [(r.code, dict(r.facts)) for r in explain(slot, queue[number - 1], team, queue)]

    assert why(1)[2] == ("breaks_due", {"margin_s": 1200, "due_at": at("09:10")})
    assert why(2) == [
        ("masters", {"skill": ERRORS}),
        ("gets_to_it", {"at": at("10:00")}),
        ("keeps_due", {"margin_s": 1800, "due_at": at("11:00")}),
        ("after_others", {"count": 2}),
    ]


SKILLS = (ERRORS, USAGE, "sql")
SPANS = st.tuples(st.integers(0, 5 * 24 * 60), st.integers(5, 600))


@st.composite
def teams(draw: st.DrawFn) -> list[Technician]:
    found = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        skills = draw(st.dictionaries(st.sampled_from(SKILLS), st.sampled_from((1.0, 1.1, 1.3, 2.0)), min_size=1))
        spans = [
            (NOW + timedelta(minutes=a), NOW + timedelta(minutes=a + b)) for a, b in draw(st.lists(SPANS, max_size=3))
        ]
        hours = CALENDAR.minus([(begin, end, "x") for begin, end in spans]) if spans else CALENDAR
        found.append(Technician(number, f"T{number}", skills, hours))
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
            )
        )
    return found


@given(teams(), queues(), st.integers(-2000, 2000))
def test_any_plan_holds_together(team: list[Technician], queue: list[Work], minutes: int) -> None:
    """Nobody works on two at once, outside their hours, on what they may not; each ticket is placed once or named."""
    now = NOW + timedelta(minutes=minutes)
    made = plan(team, queue, now)
    by_ticket, by_id = {each.ticket: each for each in queue}, {each.id: each for each in team}
    assert sorted([slot.ticket for slot in made.slots] + list(made.unplaced)) == sorted(by_ticket)
    for someone in team:
        theirs = made.of(someone.id)
        assert all(before.end <= after.start for before, after in pairwise(theirs))
        for slot in theirs:
            each, pace = by_ticket[slot.ticket], someone.skills.get(by_ticket[slot.ticket].skill)
            assert slot.start >= now
            assert someone.hours.next_open(slot.start) == slot.start
            assert each.pinned in (None, someone.id)
            assert pace is not None or someone.id in (each.pinned, each.owner)
            slowest = pace or max(someone.skills.values())
            assert someone.hours.between(slot.start, slot.end) == timedelta(seconds=round(each.minutes * 60 * slowest))
    for number in made.unplaced:
        each = by_ticket[number]
        if each.pinned is None and each.owner not in by_id:
            assert not any(someone.masters(each.skill) for someone in team)
        assert each.pinned not in by_id


@given(teams(), queues(), st.randoms(use_true_random=False))
def test_the_same_queue_gives_the_same_plan_in_whatever_order_it_is_read(
    team: list[Technician], queue: list[Work], order: object
) -> None:
    made = plan(team, queue, NOW)
    shuffled = list(queue)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan(team, shuffled, NOW) == made


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

    planned = [queue[slot.ticket] for slot in plan([technician(1)], queue, NOW).slots]
    assert worst(planned) <= min(worst(queue), worst(queue[::-1]), worst(sorted(queue, key=lambda each: each.minutes)))
