"""Random desks in zones whose clocks change at odd times, and the walk by the minute that says when they are open."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from sla.calendar import BusinessCalendar

MINUTE, DAY, DAYS = timedelta(minutes=1), 1440, 8
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = list[tuple[int, int]]  # minutes of the day; an end before its start is on the next day
Period = tuple[datetime, datetime, str]
CHANGES = [  # zone and a date within a day of a change: at 2:00, at midnight (gap and fold), of half an hour, none
    ("Europe/Paris", date(2026, 3, 29)),
    ("Europe/Paris", date(2026, 10, 25)),
    ("America/Havana", date(2024, 3, 10)),
    ("America/Havana", date(2024, 11, 3)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(2027, 1, 1)),
]


def examples(everyday: int = 200, long: int = 10_000) -> settings:
    """How many examples a test tries: in the everyday run, and under `HYPOTHESIS_PROFILE=long`."""
    return settings(max_examples=long if os.environ.get("HYPOTHESIS_PROFILE") == "long" else everyday)


@dataclass
class Desk:
    zone: str
    first: datetime
    week: dict[str, Hours]
    special: dict[date, Hours] = field(default_factory=dict)
    holidays: set[date] = field(default_factory=set)
    yearly: dict[str, Hours] = field(default_factory=dict)
    closures: list[Period] = field(default_factory=list)
    openings: list[Period] = field(default_factory=list)

    def calendar(self) -> BusinessCalendar:
        week = {day: written(hours) for day, hours in self.week.items()}
        special = {day: written(hours) for day, hours in self.special.items()}
        yearly = {day: written(hours) for day, hours in self.yearly.items()}
        return BusinessCalendar(
            self.zone, week, self.holidays, special, self.closures, self.openings, yearly=yearly
        )  # fmt: skip

    def minute(self, number: int) -> datetime:
        return self.first + number * MINUTE


def written(hours: Hours) -> list[tuple[str, str]]:
    return [(f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}") for start, end in hours]


@cache
def clocks(name: str, first: datetime) -> dict[date, list[tuple[int, int]]]:
    """The walked minutes by local date, each with its number and what the clock on the wall shows."""
    by_date: dict[date, list[tuple[int, int]]] = {}
    zone = ZoneInfo(name)
    for number in range(DAYS * DAY):
        local = (first + number * MINUTE).astimezone(zone)
        by_date.setdefault(local.date(), []).append((number, local.hour * 60 + local.minute))
    return by_date


def walk(desk: Desk) -> list[bool]:
    """Whether each minute from `desk.first` is open: a date's hours go from its first minute at or after the opening
    to its last one before the closing, whatever the clocks do between; a closing that the clocks show twice is meant
    the second time."""
    by_date = clocks(desk.zone, desk.first)
    is_open = [False] * (DAYS * DAY)
    for day, clock in by_date.items():
        for start, end in hours_on(desk, day):
            after = next((n for n, wall in clock if wall >= start), None)
            twice = [n for n, wall in clock if wall == end][1:]
            before = twice[0] - 1 if twice else next((n for n, wall in reversed(clock) if wall < end), None)
            if after is not None and before is not None and after <= before:
                is_open[after : before + 1] = [True] * (before + 1 - after)
    paint(desk, is_open, desk.closures, value=False)
    paint(desk, is_open, desk.openings, value=True)
    return is_open


def paint(desk: Desk, is_open: list[bool], periods: list[Period], *, value: bool) -> None:
    for begins, ends, _ in periods:
        low, high = (min((edge - desk.first) // MINUTE, len(is_open)) for edge in (begins, ends))
        is_open[low:high] = [value] * (high - low)


def hours_on(desk: Desk, day: date) -> Hours:
    eve = day - timedelta(days=1)
    weekly, before = desk.week.get(WEEKDAYS[day.weekday()], []), desk.week.get(WEEKDAYS[eve.weekday()], [])
    hours = [*weekly, *tails(before)]
    if day in desk.holidays:
        hours = []
    elif hours:
        hours = desk.yearly.get(f"{day:%m-%d}", hours)
    return [
        (start, DAY if end < start else end)
        for start, end in [*desk.special.get(day, hours), *tails(desk.special.get(eve, []))]
    ]


def tails(hours: Hours) -> Hours:
    """What hours over midnight leave to the next date."""
    return [(0, end) for start, end in hours if 0 < end < start]


clock = st.integers(0, 95).map(lambda quarter: quarter * 15)
pairs = st.tuples(clock, clock | st.just(DAY)).filter(lambda hours: hours[0] != hours[1])
some_hours = st.lists(pairs, max_size=3)
within_a_day = st.lists(pairs.filter(lambda hours: hours[0] < hours[1]), max_size=2)


@st.composite
def desks(draw: st.DrawFn, change: tuple[str, date] | None = None) -> Desk:
    zone, day = change or draw(st.sampled_from(CHANGES))
    near = st.integers(-2, 2).map(lambda days: day + timedelta(days=days))
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=4)
    week = draw(st.dictionaries(st.sampled_from(WEEKDAYS), some_hours.filter(bool), min_size=1))
    special, holidays = draw(st.dictionaries(near, some_hours, max_size=2)), draw(st.sets(near, max_size=2))
    yearly = draw(st.dictionaries(near.map(lambda date: f"{date:%m-%d}"), within_a_day, max_size=2))
    return Desk(zone, first, week, special, holidays, yearly, draw(periods(first)), draw(periods(first)))


def periods(first: datetime) -> st.SearchStrategy[list[Period]]:
    """Up to two periods of whole minutes within the walked days."""
    instants = st.integers(0, DAYS * DAY).map(lambda number: first + number * MINUTE)
    ends = st.tuples(instants, instants).filter(lambda pair: pair[0] != pair[1])
    return st.lists(ends.map(lambda pair: (min(pair), max(pair), "x")), max_size=2)
