"""Opening hours as people write them, turned into seconds since midnight."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from .errors import UnknownWeekday, WrongDate, WrongHours
from .spans import Span, merged

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 86_400
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)

_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)

Hours = Iterable[Sequence[str]]
MonthDay = tuple[int, int]


def second_of_day(text: object) -> int:
    """`"09:00"` is 32400; `"24:00"` is the end of the day. Raises `WrongHours`."""
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise WrongHours(text)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > DAY:
        raise WrongHours(text)
    return hour * 3600 + minute * 60 + second


def day_and_tail(hours: Hours) -> tuple[list[Span], list[Span]]:
    """The spans of a day, and what hours over midnight (22:00 to 06:00) leave to the next day."""
    day: list[Span] = []
    tail: list[Span] = []
    for pair in _pairs(hours):
        start, end = second_of_day(pair[0]), second_of_day(pair[1])
        if start in (end, DAY):
            raise WrongHours(f"{pair[0]}–{pair[1]}")
        if end < start:
            tail.append((0, end))
            end = DAY
        day.append((start, end))
    return merged(day), merged(tail)


def _pairs(hours: Hours) -> list[Sequence[str]]:
    if isinstance(hours, str):
        raise WrongHours(hours)
    try:
        pairs = list(hours)
    except TypeError:
        raise WrongHours(hours) from None
    for pair in pairs:
        if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
            raise WrongHours(pair)
    return pairs


def week_of(weekly: Mapping[str, Hours]) -> list[list[Span]]:
    """Seven days from Monday, each its merged spans. Hours over midnight are split: each part belongs to its date."""
    for name in weekly:
        if name not in WEEKDAYS:
            raise UnknownWeekday(name)
    days = [day_and_tail(weekly.get(name, ())) for name in WEEKDAYS]
    return [merged(days[weekday][0] + days[weekday - 1][1]) for weekday in range(7)]


def special_days(overrides: Mapping[date, Hours]) -> tuple[dict[date, list[Span]], dict[date, list[Span]]]:
    """The hours of dates that replace the usual ones, and the hours that they add to the next date."""
    days: dict[date, list[Span]] = {}
    tails: dict[date, list[Span]] = {}
    for day, hours in overrides.items():
        days[plain_date(day)], tail = day_and_tail(hours)
        if tail:
            tails[day + timedelta(days=1)] = tail
    return days, tails


def month_day(text: object) -> MonthDay:
    """`"12-24"` is 24 December of every year; `"02-29"` that of leap years. Raises `WrongDate`."""
    found = _MONTH_DAY.fullmatch(text) if isinstance(text, str) else None
    try:
        day = date(2024, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise WrongDate(text)
    return day.month, day.day


def yearly_days(yearly: Mapping[str, Hours]) -> dict[MonthDay, list[Span]]:
    """The hours of days of every year. Raises `WrongDate`, and `WrongHours` for hours over midnight too."""
    days: dict[MonthDay, list[Span]] = {}
    for name, hours in yearly.items():
        days[month_day(name)], tail = day_and_tail(hours)
        if tail:
            raise WrongHours(f"{name} : {second_shown(tail[-1][1])}")
    return days


def second_shown(second: int) -> str:
    """32400 is `"09:00"`; seconds are shown where there are some."""
    hour, rest = divmod(second, 3600)
    return f"{hour:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")


def plain_date(value: object) -> date:
    """A `date`; raises `WrongDate`, for a `datetime` too: it names an instant, not a day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise WrongDate(value)
