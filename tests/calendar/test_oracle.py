"""The calendar against a walk, minute by minute, over random desks in zones whose clocks change at odd times."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla.calendar import BusinessCalendar, NeverOpen

MINUTE, DAY = timedelta(minutes=1), 1440
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = list[tuple[int, int]]  # minutes of the day; an end before its start is on the next day
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


@dataclass
class Desk:
    zone: str
    first: datetime
    week: dict[str, Hours]
    special: dict[date, Hours]
    holidays: set[date]
    closures: list[tuple[datetime, datetime, str]]
    openings: list[tuple[datetime, datetime, str]]

    def calendar(self) -> BusinessCalendar:
        week = {day: written(hours) for day, hours in self.week.items()}
        special = {day: written(hours) for day, hours in self.special.items()}
        return BusinessCalendar(self.zone, week, self.holidays, special, self.closures, self.openings)


def written(hours: Hours) -> list[tuple[str, str]]:
    return [(f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}") for start, end in hours]


def walk(desk: Desk, days: int) -> list[bool]:
    """Whether each minute from `desk.first` is open: a date's hours go from its first minute at or after the opening
    to its last one before the closing, whatever the clocks do between."""
    minutes = [desk.first + number * MINUTE for number in range(days * DAY)]
    by_date: dict[date, list[tuple[int, int]]] = {}
    for number, minute in enumerate(minutes):
        local = minute.astimezone(ZoneInfo(desk.zone))
        by_date.setdefault(local.date(), []).append((number, local.hour * 60 + local.minute))
    is_open = [False] * len(minutes)
    for day, clock in by_date.items():
        for start, end in hours_on(desk, day):
            inside = [n for n, wall in clock if wall >= start][:1] + [n for n, wall in clock if wall < end][-1:]
            if len(inside) == 2:
                is_open[inside[0] : inside[1] + 1] = [True] * max(inside[1] + 1 - inside[0], 0)
    for periods, value in ((desk.closures, False), (desk.openings, True)):
        for begins, ends, _ in periods:
            low, high = (min((edge - desk.first) // MINUTE, len(minutes)) for edge in (begins, ends))
            is_open[low:high] = [value] * (high - low)
    return is_open


def hours_on(desk: Desk, day: date) -> Hours:
    eve = day - timedelta(days=1)
    weekly, before = desk.week.get(WEEKDAYS[day.weekday()], []), desk.week.get(WEEKDAYS[eve.weekday()], [])
    hours = [] if day in desk.holidays else [*weekly, *tails(before)]
    return [
        (start, DAY if end < start else end)
        for start, end in [*desk.special.get(day, hours), *tails(desk.special.get(eve, []))]
    ]


def tails(hours: Hours) -> Hours:
    """What hours over midnight leave to the next date."""
    return [(0, end) for start, end in hours if end < start]


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    clock = st.integers(0, 95).map(lambda quarter: quarter * 15)
    pair = st.tuples(clock, clock | st.just(DAY)).filter(lambda hours: hours[0] != hours[1])
    hours = st.lists(pair, max_size=3)
    zone, change = draw(st.sampled_from(CHANGES))
    near = st.integers(-2, 2).map(lambda days: change + timedelta(days=days))
    first = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=4)
    instants = st.integers(0, 8 * DAY).map(lambda number: first + number * MINUTE)
    ends = st.tuples(instants, instants).filter(lambda pair: pair[0] != pair[1])
    periods = st.lists(ends.map(lambda pair: (min(pair), max(pair), "x")), max_size=2)
    week = draw(st.dictionaries(st.sampled_from(WEEKDAYS), hours.filter(bool), min_size=1))
    special, holidays = draw(st.dictionaries(near, hours, max_size=2)), draw(st.sets(near, max_size=2))
    return Desk(zone, first, week, special, holidays, draw(periods), draw(periods))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(desks(), st.lists(st.integers(DAY, 7 * DAY), min_size=4, max_size=4))
def test_every_answer_is_that_of_a_walk_by_the_minute(desk: Desk, asked: list[int]) -> None:
    calendar, walked = desk.calendar(), walk(desk, 8)
    turned = [n for n in range(DAY, 7 * DAY) if walked[n] != walked[n - 1]]
    opened, closed = [n for n in turned if walked[n]], [n for n in turned if not walked[n]]
    for number in asked:
        at = desk.first + number * MINUTE
        assert calendar.is_open(at) == walked[number]
        later, earlier = [n for n in opened if n > number], [n for n in opened if n < number]
        if later:
            assert calendar.next_opening(at) == desk.first + later[0] * MINUTE
        if earlier:
            assert calendar.prev_opening(at) == desk.first + earlier[-1] * MINUTE
        if after := [n for n in closed if n > number]:
            assert calendar.next_close(at) == desk.first + after[0] * MINUTE
    for low, high in ((min(a, b), max(a, b)) for a, b in zip(asked[:2], asked[2:], strict=True)):
        start, end, worked = desk.first + low * MINUTE, desk.first + high * MINUTE, sum(walked[low:high]) * MINUTE
        assert calendar.between(start, end) == worked == -calendar.between(end, start)
        assert sum((close - open_ for open_, close in calendar.spans(start, end)), timedelta()) == worked
        told = calendar.explain(start, end)
        assert sum((stretch.end - stretch.start for stretch in told if stretch.counted), timedelta()) == worked
        edges = [start, *(stretch.end for stretch in told)]
        assert [stretch.start for stretch in told] == edges[:-1]
        assert edges[-1] == end
        if worked:
            minutes = [n for n in range(low, high) if walked[n]]
            assert calendar.add(start, worked) == desk.first + (minutes[-1] + 1) * MINUTE
            assert calendar.add(end, -worked) == desk.first + minutes[0] * MINUTE


zones = st.sampled_from([UTC, ZoneInfo("Europe/Paris")])
instants = st.datetimes(datetime(2023, 1, 1), datetime(2029, 12, 31), timezones=zones)
amounts = st.integers(0, 40 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(desks(), instants, instants, instants, amounts, amounts)
def test_the_laws_of_working_time(
    desk: Desk, a: datetime, b: datetime, c: datetime, d: timedelta, e: timedelta
) -> None:
    """Adding is undone by measuring, measures add up, and later or longer is never earlier."""
    calendar = desk.calendar()
    assert calendar.between(a, calendar.add(a, d)) == d
    assert calendar.between(calendar.add(a, -d), a) == d
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert not e or calendar.add(calendar.add(a, d), e) == calendar.add(a, d + e)
    first, last = min(a, b, key=lambda at: at.timestamp()), max(a, b, key=lambda at: at.timestamp())
    assert calendar.add(first, d) <= calendar.add(last, d)
    assert calendar.add(a, d) <= calendar.add(a, d + e)
    assert calendar.add(a, d) >= a.astimezone(UTC)


def test_a_desk_whose_every_opening_is_a_holiday_for_400_days_is_refused() -> None:
    """Mondays only, and 57 Mondays in a row are holidays; 56 are let through."""
    mondays = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(57)]
    BusinessCalendar("Europe/Paris", {"mon": [("09:00", "17:00")]}, mondays[:56])
    with pytest.raises(NeverOpen) as refused:
        BusinessCalendar("Europe/Paris", {"mon": [("09:00", "17:00")]}, mondays)
    assert refused.value.value == "2025-12-29"
