"""The dates of a simple recurrence rule (RFC 5545, RRULE); a rule that isn't simple is refused, never half read."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST: Final = 1000
"""Occurrences of one event: more are a mistake, or an attack."""


class NotSimple(Exception):
    """The rule isn't read here: `args[0]` is the part that isn't."""


def occurrences(first: date, rule: Mapping[str, Sequence[Any]], beyond: Callable[[date], bool]) -> Iterator[date]:
    """The dates of the rule from `first` on, until `beyond` says that one lies behind the end, or COUNT is reached.

    Read: DAILY, WEEKLY (BYDAY without a number, WKST), MONTHLY (on the first's day of the month), YEARLY (on its day),
    INTERVAL, COUNT; UNTIL is the caller's `beyond`. Raises `NotSimple`.
    """
    step, most = _whole(rule, "INTERVAL", 1), _whole(rule, "COUNT", None)
    for number, day in enumerate(_dates(first, rule, step)):
        if number == most or beyond(day):
            return
        yield day


def _dates(first: date, rule: Mapping[str, Sequence[Any]], step: int) -> Iterator[date]:
    told = {key: [str(value) for value in values] for key, values in rule.items()}
    frequency = told.get("FREQ", ["—"])[0]
    agreed = {"BYMONTH": str(first.month), "BYMONTHDAY": str(first.day)}
    agreed = {key: agreed[key] for key in _SAME_AS_FIRST.get(frequency, ())}
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", *agreed, *(["BYDAY"] if frequency == "WEEKLY" else [])}
    for key, values in told.items():
        if key not in known or (key in agreed and values != [agreed[key]]):
            raise NotSimple(f"{key}={','.join(values)}")
    if frequency == "WEEKLY":
        return _weekly(first, step, told.get("BYDAY", [WEEKDAYS[first.weekday()]]), told.get("WKST", ["MO"])[0])
    if frequency == "DAILY":
        return _steps(lambda number: first + timedelta(days=step * number))
    if frequency in ("MONTHLY", "YEARLY"):
        months = step * (12 if frequency == "YEARLY" else 1)
        return _steps(lambda number: _months_later(first, months * number))
    raise NotSimple(f"FREQ={frequency}")


_SAME_AS_FIRST: Final = {"MONTHLY": ("BYMONTHDAY",), "YEARLY": ("BYMONTH", "BYMONTHDAY")}


def _weekly(first: date, step: int, names: Sequence[str], week_start: str) -> Iterator[date]:
    if not set(names) <= set(WEEKDAYS) or week_start not in WEEKDAYS:
        raise NotSimple(f"BYDAY={','.join(names)}")
    if WEEKDAYS[first.weekday()] not in names:
        raise NotSimple(f"BYDAY={','.join(names)}, DTSTART={first}")
    begin = first - timedelta(days=(first.weekday() - WEEKDAYS.index(week_start)) % 7)
    offsets = sorted((WEEKDAYS.index(name) - begin.weekday()) % 7 for name in set(names))
    days = _steps(
        lambda number: begin + timedelta(days=7 * step * (number // len(offsets)) + offsets[number % len(offsets)])
    )
    return (day for day in days if day >= first)


def _steps(at: Callable[[int], date | None]) -> Iterator[date]:
    """Each number's date, those that don't exist left out, to the end of time."""
    for number in count():
        try:
            day = at(number)
        except (OverflowError, ValueError):
            return
        if day is not None:
            yield day


def _months_later(first: date, months: int) -> date | None:
    """The same day of a later month; None if it has none. Raises `ValueError` after year 9999."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > date.max.year:
        raise ValueError(year)
    return date(year, month + 1, first.day) if first.day <= monthrange(year, month + 1)[1] else None


def _whole(rule: Mapping[str, Sequence[Any]], key: str, default: Any) -> Any:
    value = rule[key][0] if rule.get(key) else default
    if value is not default and (not isinstance(value, int) or value < 1):
        raise NotSimple(f"{key}={value}")
    return value
