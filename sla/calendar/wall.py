"""Periods written on the wall clock of a zone that was stated."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from .errors import WrongDate, WrongPeriod
from .hours import plain_date
from .zone import Zone, instant_of, seconds_of


def _instant(text: str) -> datetime:
    """A date alone is no instant."""
    if len(text) <= len("2026-12-24"):
        raise ValueError(text)
    return datetime.fromisoformat(text)


_READ: Final[Mapping[str, Callable[[str], date]]] = {
    "day": date.fromisoformat,
    "first_day": date.fromisoformat,
    "last_day": date.fromisoformat,
    "start": _instant,
    "end": _instant,
}


def ends_of(entry: Mapping[str, Any], zone: Zone, *, opens: bool) -> tuple[datetime, datetime]:
    """The two UTC instants of an entry: `first_day` and `last_day` (included), or `start` and `end`.

    Without an offset `start` and `end` are the zone's wall clock; `opens` says which side of a repeated hour is meant.
    Raises `WrongPeriod`, `WrongDate`.
    """
    by_day = "first_day" in entry
    if by_day == ("start" in entry) or (by_day and "end" in entry) or (not by_day and "last_day" in entry):
        raise WrongPeriod(", ".join(entry) or "—")
    if by_day:
        first = plain_date(entry["first_day"])
        start = zone.midnight(first)
        end = zone.midnight(plain_date(entry.get("last_day", first)) + timedelta(days=1))
    else:
        start = _edge(entry["start"], zone, closing=not opens)
        end = _edge(entry.get("end", "—"), zone, closing=opens)
    if end <= start:
        raise WrongPeriod(f"{_shown(start, zone)} – {_shown(end, zone)}")
    return instant_of(start), instant_of(end)


def _edge(told: object, zone: Zone, *, closing: bool) -> int:
    if not isinstance(told, datetime):
        raise WrongDate(told)
    if told.tzinfo is not None:
        return seconds_of(told)
    second = told.hour * 3600 + told.minute * 60 + told.second
    return zone.closing(told.date(), second) if closing else zone.opening(told.date(), second)


def _shown(seconds: int, zone: Zone) -> str:
    return instant_of(seconds).astimezone(zone.info).isoformat(" ", "minutes")


def dated(value: object, key: str = "") -> Any:
    """A document out of JSON with its dates and instants, which JSON has as ISO 8601 text, under the keys that hold
    some. Text that is none stays text, for the reading to refuse."""
    if isinstance(value, Mapping):
        return {str(name): dated(held, str(name)) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [dated(held, key) for held in value]
    if not isinstance(value, str) or key not in _READ:
        return value
    try:
        return _READ[key](value)
    except ValueError:
        return value
