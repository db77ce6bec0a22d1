"""Closures out of an iCalendar file (RFC 5545), each event taken whole or refused by its name."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import icalendar

from .errors import WrongFeed
from .event import Refusal, Taken, key_of, periods_of
from .file_zones import FileZones
from .holiday import FIRST_YEAR, LAST_YEAR
from .schedule import GivenPeriod
from .zone import Zone

NOT_EVENTS: Final = ("VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY")


@dataclass(frozen=True, slots=True)
class Unusable:
    """An event, or another component, that gave no closure: its UID and summary, and why in each language."""

    uid: str
    summary: str
    message_fr: str
    message_en: str

    def __str__(self) -> str:
        return f"{self.summary or self.uid}: {self.message_en}"


@dataclass(frozen=True, slots=True)
class Imported:
    """`closures` as `BusinessCalendar` takes them, in order; `unusable` names every event that isn't among them."""

    closures: list[GivenPeriod]
    unusable: list[Unusable]


def closures_from_ics(data: bytes, zone: str, *, last: date | None = None) -> Imported:
    """The closures that the events of a file stand for.

    All-day events are whole local dates of `zone` (an IANA name), and floating times its wall clock; a time with a TZID
    that neither the file nor the zone database knows is refused. Simple recurrences become one closure each (see
    `recurrence`), an endless one up to `last` and refused without it; single occurrences cut out (EXDATE) or moved
    (RECURRENCE-ID) are so here too. Cancelled events, those that take up no time, and the holidays and openings of our
    own feeds give none.

    Raises `WrongFeed` for bytes that are no iCalendar file, or one that is cut off; `UnknownZone`.
    """
    desk, (components, defined) = Zone(zone), _components(data)
    zones = FileZones(desk, defined)
    events = [component for component in components if component.name == "VEVENT"]
    moved = _moved(events, zones)
    latest = _latest(events)
    closures: list[GivenPeriod] = []
    unusable: list[Unusable] = []
    for component in components:
        try:
            _refuse_what_gives_none(component, latest)
            uid, single = str(component.get("UID", "")), "RECURRENCE-ID" in component
            without = set() if single else moved.get(uid, set())
            found = [_instants(taken) for taken in periods_of(component, zones, last) if taken.key not in without]
        except Refusal as refusal:
            unusable.append(_named(component, refusal))
        else:
            closures += [(start, end, _label(component)) for start, end in found]
    return Imported(sorted(set(closures)), unusable)


def _components(data: bytes) -> tuple[list[icalendar.Component], list[icalendar.Component]]:
    """The events with what else stands beside them, and the time zones. Raises `WrongFeed`."""
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise WrongFeed(str(error)) from error
    found = [part for calendar in calendars if calendar.name == "VCALENDAR" for part in calendar.walk()]
    kept = [part for part in found if part.name == "VEVENT" or part.name in NOT_EVENTS]
    begun = len(re.findall(rb"^BEGIN:VEVENT[ \t]*\r?$", data, re.MULTILINE | re.IGNORECASE))
    if not found or begun != sum(part.name == "VEVENT" for part in kept):
        raise WrongFeed("END:VCALENDAR ?")
    return kept, [part for part in found if part.name == "VTIMEZONE"]


def _moved(events: list[icalendar.Component], zones: FileZones) -> dict[str, set[Any]]:
    """By UID, the occurrences that have an event of their own. One that can't be placed is refused when it is read."""
    found: dict[str, set[Any]] = {}
    for event in events:
        told = event.get("RECURRENCE-ID")
        if isinstance(told, icalendar.vDDDTypes):
            with suppress(Refusal):
                found.setdefault(str(event.get("UID", "")), set()).add(key_of(told, zones))
    return found


def _latest(events: list[icalendar.Component]) -> dict[tuple[str, str], int]:
    """By UID and occurrence, the highest SEQUENCE: what a later edition of an event replaces isn't taken."""
    found: dict[tuple[str, str], int] = {}
    for event in events:
        found[_edition(event)] = max(found.get(_edition(event), 0), _sequence(event))
    return found


def _edition(event: icalendar.Component) -> tuple[str, str]:
    told = event.get("RECURRENCE-ID")
    return str(event.get("UID", "")), "" if told is None else str(told.to_ical())


def _sequence(event: icalendar.Component) -> int:
    told = event.get("SEQUENCE", 0)
    return int(told) if isinstance(told, int) else 0


def _refuse_what_gives_none(component: icalendar.Component, latest: dict[tuple[str, str], int]) -> None:
    if component.name in NOT_EVENTS:
        raise Refusal("component", component.name)
    if str(component.get("UID", "")) and _sequence(component) < latest[_edition(component)]:
        raise Refusal("superseded")
    if str(component.get("STATUS", "")).upper() == "CANCELLED":
        raise Refusal("cancelled")
    kind = str(component.get("X-SLA-KIND", "closure"))
    if kind != "closure":
        raise Refusal("ours", kind)
    if str(component.get("TRANSP", "")).upper() == "TRANSPARENT":
        raise Refusal("transparent")


def _instants(taken: Taken) -> tuple[datetime, datetime]:
    for year in (taken.start.year, (taken.end - timedelta(seconds=1)).year):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal("year", year)
    return taken.start, taken.end


def _label(component: icalendar.Component) -> str:
    return str(component.get("SUMMARY", "")).strip() or "Fermeture"


def _named(component: icalendar.Component, refusal: Refusal) -> Unusable:
    uid, summary = str(component.get("UID", "")), str(component.get("SUMMARY", ""))
    return Unusable(uid, summary, *refusal.messages)
