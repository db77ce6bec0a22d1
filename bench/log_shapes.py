"""A simulated desk whose days look like those of a real log: when tickets come, how unequal the work is, how long
clients take.

A log tells neither a severity nor a skill nor how long anyone worked. So the desk keeps its team, its lines, its
promises and the mean of each piece of work; from the log come its opening hours, the shares of tickets by weekday and
by hour, how much busier than others some days are beyond chance, and the shapes of durations: the working time that a
technician had spent since what they had logged before, from one minute to four hours, for taking in charge and for
resolving. Waits for the client are the log's own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from math import sqrt
from pathlib import Path
from statistics import fmean, pvariance

from bench.log_waits import HOURS, ROME, Events, by_ticket, calendar_of, events
from sla.calendar import BusinessCalendar
from sla.simulation.simulated_desk import Arrivals, SimulatedDesk

ANSWERS, RESOLVES, WAITS = "Take in charge ticket", "Resolve ticket", "Wait"
SHORTEST_S, LONGEST_S = 60.0, 4 * 3600.0


def shaped_by(desk: SimulatedDesk, path: Path) -> SimulatedDesk:
    """`desk` with its hours, arrivals, durations and waits drawn as the log at `path` has them."""
    rows = events(path)
    hours = calendar_of(rows)
    spent = _spent(rows, hours)
    tickets = by_ticket(rows)
    pauses = [pause for each in tickets for pause in _pauses(each, hours)]
    waited = sum(any(row["activity"] == WAITS for _, row in each) for each in tickets)
    follow = _ratios(spent, RESOLVES)
    return replace(
        desk,
        calendar=BusinessCalendar(str(ROME), dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)),
        first_response=replace(desk.first_response, ratios=_ratios(spent, ANSWERS)),
        lines=[replace(line, resolution=replace(line.resolution, ratios=follow)) for line in desk.lines],
        arrivals=_arrivals(tickets, hours, desk.arrivals.per_week),
        waits=waited / len(tickets),
        wait=fmean(pauses or [0.0]),
        pauses=pauses,
    )


def _spent(rows: Events, hours: BusinessCalendar) -> list[tuple[str, float]]:
    """What each event ended, and the working seconds since the same technician's last one."""
    last: dict[str, datetime] = {}
    found = []
    for at, row in rows:
        if (before := last.get(row["technician"])) is not None:
            found.append((row["activity"], hours.between(before, at).total_seconds()))
        last[row["technician"]] = at
    return found


def _ratios(spent: Iterable[tuple[str, float]], activity: str) -> Sequence[float]:
    """To their mean. Raises ValueError where the log has none."""
    took = [each for what, each in spent if what == activity and SHORTEST_S <= each <= LONGEST_S]
    if not took:
        raise ValueError(f"the log has no « {activity} » of one minute to four hours")
    mean = fmean(took)
    return [each / mean for each in took]


def _pauses(history: Events, hours: BusinessCalendar) -> Iterable[float]:
    for (at, row), (after, _) in pairwise(history):
        if row["activity"] == WAITS:
            yield hours.between(at, after).total_seconds()


def _arrivals(tickets: Sequence[Events], hours: BusinessCalendar, per_week: float) -> Arrivals:
    instants = [each[0][0].astimezone(ROME) for each in tickets]
    days, of_hour = Counter(at.date() for at in instants), Counter(at.hour for at in instants)
    weekdays = Counter(at.weekday() for at in instants)
    usual = {weekday: _usual(days, weekday, hours) for weekday in range(7)}
    ratios = [count / usual[day.weekday()] for day, count in days.items() if hours.open_day(day)]
    spread, chance = pvariance(ratios), 1 / fmean(days.values())
    beyond = sqrt(max(0.0, 1 - chance / spread)) if spread else 0.0
    swings = [1 + (ratio - 1) * beyond for ratio in ratios]
    return Arrivals(
        per_week, [float(weekdays[day]) for day in range(7)], [float(of_hour[hour]) for hour in range(24)], swings
    )


def _usual(days: Mapping[date, int], weekday: int, hours: BusinessCalendar) -> float:
    counts = [count for day, count in days.items() if day.weekday() == weekday and hours.open_day(day)]
    return fmean(counts) if counts else 0.0
