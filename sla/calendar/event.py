"""One VEVENT (RFC 5545) read as the periods that it takes up, or refused with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import icalendar

from .file_zones import FileZones, UnknownFileZone
from .recurrence import MOST, NotSimple, occurrences
from .zone import instant_of, seconds_of

Event = Any
"""An `icalendar.Component` whose values may be of any kind: it came from outside."""

ONE = timedelta(days=1)
PROPERTIES: Final = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID")
REASONS: Final = {
    "broken": ("une propriété est illisible : {}", "a property can’t be read: {}"),
    "cancelled": ("événement annulé", "a cancelled event"),
    "component": ("{} n’est pas un événement", "{} is no event"),
    "endless": ("répétition sans fin", "it is repeated without end"),
    "length": ("la fin manque ou n’est pas après le début", "the end is missing, or not after the start"),
    "mixed": ("le début et la fin ne sont pas de même nature", "its start and end are of different kinds"),
    "ours": ("déjà connu du calendrier ({})", "known to the calendar already ({})"),
    "rule": ("règle de répétition non reconnue : {}", "a recurrence rule that isn’t read: {}"),
    "start": ("le début manque", "the start is missing"),
    "superseded": ("remplacé par une version plus récente", "replaced by a later edition"),
    "too_many": ("plus de {} répétitions", "repeated more than {} times"),
    "transparent": ("n’occupe pas de temps", "it takes up no time"),
    "year": ("hors des années connues : {}", "beyond the years that are known: {}"),
    "zone": ("fuseau horaire inconnu : {}", "an unknown time zone: {}"),
}


class Refusal(Exception):
    """An event that isn't taken; `messages` are the French and the English reason."""

    def __init__(self, reason: str, value: object = "") -> None:
        super().__init__(reason, value)
        french, english = REASONS[reason]
        self.messages = french.format(value), english.format(value)


@dataclass(frozen=True, slots=True)
class Taken:
    """A period in UTC, and the occurrence that it is: its date, or its second since 1970."""

    start: datetime
    end: datetime
    key: date | int


def periods_of(event: Event, zones: FileZones, last: date | None) -> list[Taken]:
    """The event's occurrences, in order, those cut out left out. Raises `Refusal`."""
    _refuse_unreadable(event)
    start = _start(event, zones)
    cut = {key_of(told, zones) for listed in _listed(event.get("EXDATE")) for told in listed.dts}
    found = [_taken(begin, event, zones) for begin in _begins(event, start, zones, last)]
    return [taken for taken in found if taken.key not in cut]


def key_of(told: Any, zones: FileZones) -> date | int:
    """What names an occurrence: its date, or its instant."""
    return seconds_of(placed(told, zones)) if isinstance(told.dt, datetime) else told.dt


def placed(told: Any, zones: FileZones) -> datetime:
    """A date-time with its zone. Raises `Refusal`."""
    try:
        return zones.placed(told)
    except UnknownFileZone as error:
        raise Refusal("zone", error) from None


def _refuse_unreadable(event: Event) -> None:
    for name in PROPERTIES:
        for value in _listed(event.get(name)):
            if isinstance(value, icalendar.vBroken) or (isinstance(event.get(name), list) and name != "EXDATE"):
                raise Refusal("broken", name)
    if event.errors:
        raise Refusal("broken", event.errors[0][0] or "—")
    if "RDATE" in event:
        raise Refusal("rule", "RDATE")
    told = event.get("RECURRENCE-ID")
    if told is not None and "RANGE" in told.params:
        raise Refusal("rule", f"RANGE={told.params['RANGE']}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _start(event: Event, zones: FileZones) -> date:
    """The first occurrence's date, or its local time with its zone."""
    if "DTSTART" not in event:
        raise Refusal("start")
    value: date = event["DTSTART"].dt
    if not isinstance(value, date):
        raise Refusal("broken", "DTSTART")
    return placed(event["DTSTART"], zones) if isinstance(value, datetime) else value


def _begins(event: Event, start: date, zones: FileZones, last: date | None) -> Iterator[date]:
    """The start of each occurrence, alike `start`."""
    rule = event.get("RRULE")
    if rule is None:
        yield start
        return
    until = rule["UNTIL"][0] if rule.get("UNTIL") else None
    if until is None and not rule.get("COUNT") and last is None:
        raise Refusal("endless")
    first = start.date() if isinstance(start, datetime) else start

    def beyond(day: date) -> bool:
        return (last is not None and day > last) or (until is not None and _after(_on(start, day), until))

    try:
        for number, day in enumerate(occurrences(first, rule, beyond)):
            if number == MOST:
                raise Refusal("too_many", MOST)
            yield _on(start, day)
    except NotSimple as part:
        raise Refusal("rule", part) from None


def _on(start: date, day: date) -> date:
    """The same local time on another date."""
    return datetime.combine(day, start.time(), start.tzinfo) if isinstance(start, datetime) else day


def _after(begin: date, until: date) -> bool:
    """Whether an occurrence begins after UNTIL, a date (included) or an instant."""
    if isinstance(begin, datetime) and isinstance(until, datetime):
        return seconds_of(begin) > seconds_of(until if until.tzinfo else until.replace(tzinfo=begin.tzinfo))
    one, other = (value.date() if isinstance(value, datetime) else value for value in (begin, until))
    return one > other


def _taken(begin: date, event: Event, zones: FileZones) -> Taken:
    start, told = event["DTSTART"].dt, event.get("DTEND")
    if not isinstance(begin, datetime):
        end = begin + _days(event, start)
        return Taken(instant_of(zones.desk.midnight(begin)), instant_of(zones.desk.midnight(end)), begin)
    low = seconds_of(begin)
    if told is not None:
        if not isinstance(told.dt, datetime):
            raise Refusal("mixed")
        high = low + seconds_of(placed(told, zones)) - seconds_of(placed(event["DTSTART"], zones))
    else:
        spent = _duration(event, timedelta())
        high = seconds_of(begin + timedelta(days=spent.days)) + spent.seconds
    if high <= low:
        raise Refusal("length")
    return Taken(instant_of(low), instant_of(high), low)


def _days(event: Event, start: date) -> timedelta:
    """The length of an all-day event in whole days; one, if it doesn't say."""
    if "DTEND" in event:
        end = event["DTEND"].dt
        if isinstance(end, datetime) or not isinstance(end, date):
            raise Refusal("mixed")
        spent = end - start
    else:
        spent = _duration(event, ONE)
    if spent < ONE or spent.seconds:
        raise Refusal("length")
    return spent


def _duration(event: Event, default: timedelta) -> timedelta:
    spent = event["DURATION"].dt if "DURATION" in event else default
    if not isinstance(spent, timedelta):
        raise Refusal("broken", "DURATION")
    return spent
