"""Working time as others reckon it, on one schedule: the booklet's desk with its public holidays, from 2014 to 2026."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pandas as pd
import pytz  # type: ignore[import-untyped]  # what businesstimedelta asks for; it ships no types
from business_duration import businessDuration
from businesstimedelta import BusinessTimeDelta, HolidayRule, LunchTimeRule, Rules, WorkDayRule

from sla.calendar import BusinessCalendar, FrenchHolidays

PARIS = ZoneInfo("Europe/Paris")
HALVES = ((time(9), time(12, 30)), (time(13, 30), time(17)))
WEEK = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
FIRST, LAST = 2014, 2026

Between = Callable[[datetime, datetime], timedelta]
Add = Callable[[datetime, timedelta], datetime]
Pair = tuple[datetime, datetime]
Task = tuple[datetime, timedelta]

HOLIDAYS = {day for year in range(FIRST, LAST + 2) for day in FrenchHolidays().of(year)}
CALENDAR = BusinessCalendar("Europe/Paris", WEEK, FrenchHolidays())
SPANS = [
    (int(start.timestamp()), int(end.timestamp()))
    for start, end in CALENDAR.spans(datetime(FIRST, 1, 1, tzinfo=PARIS), datetime(LAST + 2, 1, 1, tzinfo=PARIS))
]
STARTS, ENDS = [start for start, _ in SPANS], [end for _, end in SPANS]
WORKED = [0]
for _start, _end in SPANS:
    WORKED.append(WORKED[-1] + _end - _start)
SHIFT = [start - worked for start, worked in zip(STARTS, WORKED, strict=False)]


def bisect_between(start: datetime, end: datetime) -> timedelta:
    """Two searches in the table."""
    low, high = int(start.timestamp()), int(end.timestamp())
    one, two = bisect_right(STARTS, low) - 1, bisect_right(STARTS, high) - 1
    before = (low if low < ENDS[one] else ENDS[one]) - SHIFT[one]
    return timedelta(0, (high if high < ENDS[two] else ENDS[two]) - SHIFT[two] - before)


def bisect_add(at: datetime, amount: timedelta) -> datetime:
    """Two searches in the table."""
    start = int(at.timestamp())
    span = bisect_right(STARTS, start) - 1
    target = (start if start < ENDS[span] else ENDS[span]) - SHIFT[span] + int(amount.total_seconds())
    return datetime.fromtimestamp(target + SHIFT[bisect_left(WORKED, target) - 1], UTC)


def halves_of(day: date) -> list[Pair]:
    """A day's two open spans, or none."""
    if day.weekday() >= 5 or day in HOLIDAYS:
        return []
    return [(datetime.combine(day, opens, PARIS).astimezone(UTC), datetime.combine(day, closes, PARIS).astimezone(UTC))
            for opens, closes in HALVES]  # fmt: skip


def walk_between(start: datetime, end: datetime) -> timedelta:
    """Day after day."""
    day, total = start.astimezone(PARIS).date(), timedelta()
    while day <= end.astimezone(PARIS).date():
        for opens, closes in halves_of(day):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return total


def walk_add(at: datetime, amount: timedelta) -> datetime:
    """Day after day."""
    day, left = at.astimezone(PARIS).date(), amount
    while True:
        for opens, closes in halves_of(day):
            begins = max(opens, at)
            if closes > begins and closes - begins >= left:
                return begins + left
            left -= max(closes - begins, timedelta())
        day += timedelta(days=1)


def duration_between(start: datetime, end: datetime) -> timedelta:
    """business-duration knows no lunch and no zone: mornings and afternoons apart, on the wall clock."""
    wall = start.astimezone(PARIS).replace(tzinfo=None), end.astimezone(PARIS).replace(tzinfo=None)
    worked = [businessDuration(*wall, opens, closes, holidaylist=HOLIDAYS, unit="sec") for opens, closes in HALVES]
    return timedelta(seconds=float(sum(worked)))


ZONE = pytz.timezone("Europe/Paris")
RULES = Rules(
    [
        WorkDayRule(start_time=time(9), end_time=time(17), working_days=[0, 1, 2, 3, 4], tz=ZONE),
        LunchTimeRule(start_time=time(12, 30), end_time=time(13, 30), working_days=[0, 1, 2, 3, 4], tz=ZONE),
        HolidayRule(HOLIDAYS, tz=ZONE),
    ]
)


def delta_between(start: datetime, end: datetime) -> timedelta:
    """businesstimedelta's difference."""
    found = RULES.difference(start, end)
    return timedelta(hours=found.hours, seconds=found.seconds)


def delta_add(at: datetime, amount: timedelta) -> datetime:
    """businesstimedelta's sum."""
    result: datetime = at + BusinessTimeDelta(RULES, seconds=int(amount.total_seconds()))
    return result


@cache
def hours_of_pandas(hours: float) -> pd.tseries.offsets.CustomBusinessHour:
    """pandas' offset, made once for each amount: what it costs to make isn't counted."""
    return pd.tseries.offsets.CustomBusinessHour(
        n=int(hours), start=["09:00", "13:30"], end=["12:30", "17:00"], holidays=sorted(HOLIDAYS)
    )


def pandas_add(at: datetime, amount: timedelta) -> datetime:
    """pandas' sum, of whole hours: it takes no others."""
    result: datetime = (pd.Timestamp(at) + hours_of_pandas(amount.total_seconds() / 3600)).to_pydatetime()
    return result
