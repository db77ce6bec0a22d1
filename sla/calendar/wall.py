"""Periods written on the wall clock of a zone that was stated."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .errors import WrongDate, WrongPeriod
from .hours import plain_date
from .zone import Zone, instant_of, seconds_of


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
