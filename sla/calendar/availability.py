"""The hours of a calendar as one VAVAILABILITY (RFC 7953): weekly rules, their exceptions, and single spans."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from hashlib import sha256

import icalendar

from .business import BusinessCalendar
from .days import ONE, dates
from .zone import Zone, instant_of

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Wall = tuple[time, time, bool]
"""From when to when on a local date; whether the end is its midnight."""


def availability(
    calendar: BusinessCalendar, first: date, last: date, stamp: datetime, site: str
) -> icalendar.Availability:
    """What is open on the local dates `first` to `last`, both included; all else is BUSY-UNAVAILABLE.

    Hours that come back on most weeks are a weekly rule with exceptions, the others and those of a night on which the
    clocks change (in UTC) stand alone.
    """
    zone = Zone(calendar.zone.key)
    found = icalendar.Availability()
    found.add("UID", f"hours-{first.isoformat()}-{last.isoformat()}@{site}")
    found.add("DTSTAMP", stamp)
    found.add("DTSTART", instant_of(zone.midnight(first)))
    found.add("DTEND", instant_of(zone.day(last)[1]))
    found.add("BUSYTYPE", "BUSY-UNAVAILABLE")
    days = list(dates(first, (last - first).days + 1))
    by_wall: dict[Wall, set[date]] = {}
    for day in days:
        for start, end in calendar.hours_of(day):
            if zone.day(day)[1] - zone.midnight(day) == 86_400:
                wall = (start.time(), end.time(), end.date() > day)
                by_wall.setdefault(wall, set()).add(day)
            else:
                utc = instant_of(int(start.timestamp())), instant_of(int(end.timestamp()))
                found.add_component(_available(*utc, stamp, site))
    for wall, held in sorted(by_wall.items()):
        for available in _of_one_wall(calendar, wall, held, days, stamp, site):
            found.add_component(available)
    return found


def _of_one_wall(
    calendar: BusinessCalendar, wall: Wall, held: set[date], days: Sequence[date], stamp: datetime, site: str
) -> Iterable[icalendar.Available]:
    """A rule for the weekdays on which the span comes back more often than not, and the dates left over."""
    usual = [n for n in range(7) if 2 * sum(d.weekday() == n for d in held) > sum(d.weekday() == n for d in days)]
    ruled = sorted(day for day in held if day.weekday() in usual)
    if ruled:
        rule = _available(*_on(calendar, wall, ruled[0]), stamp, site)
        until = instant_of(int(_on(calendar, wall, ruled[-1])[0].timestamp()))
        rule.add("RRULE", {"FREQ": "WEEKLY", "UNTIL": until, "BYDAY": [BYDAY[number] for number in usual]})
        missing = [day for day in days if ruled[0] < day < ruled[-1] and day.weekday() in usual and day not in held]
        if missing:
            rule.add("EXDATE", [_on(calendar, wall, day)[0] for day in missing])
        yield rule
    for day in sorted(held.difference(ruled)):
        yield _available(*_on(calendar, wall, day), stamp, site)


def _on(calendar: BusinessCalendar, wall: Wall, day: date) -> tuple[datetime, datetime]:
    start, end, midnight = wall
    zone = calendar.zone
    return datetime.combine(day, start, zone), datetime.combine(day + ONE if midnight else day, end, zone)


def _available(start: datetime, end: datetime, stamp: datetime, site: str) -> icalendar.Available:
    found = icalendar.Available()
    identity = f"{start.isoformat()}\n{end.isoformat()}"
    found.add("UID", f"open-{sha256(identity.encode()).hexdigest()[:20]}@{site}")
    found.add("DTSTAMP", stamp)
    found.add("DTSTART", start)
    found.add("DTEND", end)
    return found
