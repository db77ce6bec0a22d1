"""What happens to a simulated desk: tickets with all that is true of them, absences, calls; drawn from a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import exp, log
from random import Random

from sla.queue.axis import Axis
from sla.simulation.simulated_desk import SimulatedDesk, Work

FIRST_DAY = date(2026, 6, 1)
"""A Monday; simulated time begins at its midnight."""


@dataclass(frozen=True, slots=True)
class Case:
    """One ticket and its truth, unknown to whoever dispatches: seconds of work at full pace for the first answer and
    for what follows (None: the answer resolves it), and the client's time between the two."""

    number: int
    at: datetime
    place: float
    line: str
    severity: str
    answer: float
    follow: float | None
    wait: float


@dataclass(frozen=True, slots=True)
class Hole:
    """When a technician is not there, on the axis; `call`: at a client's call, after which work in hand goes on."""

    hand: int
    begin: float
    end: float
    call: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """`open_s`: the working seconds of the days that it spans."""

    axis: Axis
    cases: Sequence[Case]
    holes: Sequence[Hole]
    open_s: float = 1.0


def draw(desk: SimulatedDesk, seed: int, open_days: int, first_day: date = FIRST_DAY) -> History:
    """What happens in so many open days. Durations, arrivals and absences are drawn apart: a desk that differs in one
    of them has the others alike."""
    zone = desk.calendar.zone
    zero = datetime(first_day.year, first_day.month, first_day.day, tzinfo=zone)
    days = list(_open_days(desk, first_day, open_days))
    axis = Axis(desk.calendar, zero)
    instants = sorted(
        [*_arrivals(desk, days, Random(f"{seed}:arrivals")), *_bursts(desk, days, Random(f"{seed}:bursts"))]
    )
    chance = Random(f"{seed}:tickets")
    cases = [_case(desk, axis, number, at, chance) for number, at in enumerate(instants, 1)]
    holes = [
        *_absences(desk, axis, days, Random(f"{seed}:absences")),
        *_calls(desk, axis, days, Random(f"{seed}:calls")),
    ]
    end = datetime.combine(days[-1] + timedelta(days=1), time(), zone)
    return History(axis, cases, sorted(holes, key=lambda hole: (hole.begin, hole.hand)), axis.of(end))


def _open_days(desk: SimulatedDesk, first: date, wanted: int) -> Iterator[date]:
    """Dates up to the last open day that is wanted, the closed ones between too."""
    day, left = first, wanted
    while left:
        yield day
        left -= desk.calendar.open_day(day)
        day += timedelta(days=1)


def _arrivals(desk: SimulatedDesk, days: Sequence[date], chance: Random) -> Iterator[datetime]:
    """A Poisson process, its rate constant within each hour."""
    said = desk.arrivals
    a_week, a_day = sum(said.weekday_share), sum(said.hour_share)
    for day in days:
        swing = chance.choice(said.swings) if said.swings else 1.0
        expected = said.per_week * said.weekday_share[day.weekday()] / a_week * swing
        for hour, share in enumerate(said.hour_share):
            rate = expected * share / a_day
            at = chance.expovariate(rate) if rate > 0 else 1.0
            while at < 1.0:
                yield _local(desk, day, hour * 3600 + at * 3600)
                at += chance.expovariate(rate)


def _local(desk: SimulatedDesk, day: date, second: float) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=desk.calendar.zone) + timedelta(seconds=int(second))


def _bursts(desk: SimulatedDesk, days: Sequence[date], chance: Random) -> Iterator[datetime]:
    """All at once, some time while the desk is open."""
    said = desk.stress
    for day in days:
        hours = desk.calendar.hours_of(day)
        if hours and chance.random() < said.burst_chance:
            begin, end = hours[0][0], hours[-1][1]
            latest = max(0.0, (end - begin).total_seconds() - said.burst_within)
            start = begin + timedelta(seconds=chance.random() * latest)
            for _ in range(said.burst_tickets):
                yield start + timedelta(seconds=int(chance.random() * said.burst_within))


def _case(desk: SimulatedDesk, axis: Axis, number: int, at: datetime, chance: Random) -> Case:
    line = chance.choices(desk.lines, [each.share for each in desk.lines])[0]
    severity = chance.choices(desk.severities, [each.share for each in desk.severities])[0]
    answer, follow = took(desk.first_response, chance), took(line.resolution, chance)
    needed, waits, wait = chance.random() < desk.needs_resolution, chance.random() < desk.waits, chance.expovariate(1.0)
    pause = 0.0 if not waits else chance.choice(desk.pauses) if desk.pauses else wait * desk.wait
    return Case(number, at, axis.of(at), line.code, severity.code, answer, follow if needed else None, pause)


def took(work: Work, chance: Random) -> float:
    """A duration of that mean, of the shape that was observed, else lognormal."""
    if work.ratios:
        return work.mean * chance.choice(work.ratios)
    return exp(chance.gauss(log(work.mean) - work.sigma**2 / 2, work.sigma))


def _absences(desk: SimulatedDesk, axis: Axis, days: Sequence[date], chance: Random) -> Iterator[Hole]:
    """Whole working days, unannounced."""
    said, away = desk.stress, dict[int, float]()
    for day in (each for each in days if desk.calendar.open_day(each)):
        opening = desk.calendar.hours_of(day)[0][0]
        begin = axis.of(opening)
        for hand in desk.hands:
            absent, length = chance.random() < said.absence_chance, chance.choice(said.absence_days)
            busy = sum(end > begin for end in away.values())
            if absent and away.get(hand.id, 0.0) <= begin and busy < said.absences_at_once:
                away[hand.id] = axis.of(desk.calendar.add_days(opening, length))
                yield Hole(hand.id, begin, away[hand.id])


def _calls(desk: SimulatedDesk, axis: Axis, days: Sequence[date], chance: Random) -> Iterator[Hole]:
    """Callbacks, at most one an hour for each, while the desk is open."""
    if not desk.calls:
        return
    for day in (each for each in days if desk.calendar.open_day(each)):
        hours = desk.calendar.hours_of(day)
        begin, end = axis.of(hours[0][0]), axis.of(hours[-1][1])
        slots = int((end - begin) // 3600)
        for hand in desk.hands:
            for slot in range(slots):
                if chance.random() < desk.calls / slots:
                    at = begin + slot * 3600
                    yield Hole(hand.id, at, at + desk.call, call=True)
