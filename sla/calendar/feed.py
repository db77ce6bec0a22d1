"""A calendar as an iCalendar feed (RFC 5545): closures, exceptional openings, public holidays, and the hours."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import icalendar

from .availability import availability
from .business import BusinessCalendar
from .errors import NaiveInstant
from .hours import plain_date
from .schedule import Period
from .words import Lang, holiday_in_english
from .zone import Zone, instant_of

KIND = "X-SLA-KIND"
"""What our own events are: `closure`, `opening`, `absence` or `holiday`."""

_CATEGORIES = {
    "closure": ("Fermeture", "Closure"),
    "opening": ("Ouverture exceptionnelle", "Exceptional opening"),
    "absence": ("Absence", "Absence"),
    "holiday": ("Jour férié", "Public holiday"),
}


def as_ics(
    calendar: BusinessCalendar,
    first: date,
    last: date,
    *,
    stamp: datetime,
    name: str = "Horaires du support",
    site: str = "sla",
    lang: Lang = "fr",
) -> bytes:
    """The feed of the local dates `first` to `last`, both included; the same input gives the same bytes.

    `stamp` is the DTSTAMP of all, such as the instant of the calendar's last edit (aware). Closures and openings are
    whole, even where they begin before `first`; those of whole local days are `VALUE=DATE`, others in UTC. The hours
    are one VAVAILABILITY (RFC 7953). A UID lasts as long as its event's kind, ends and label; `site` ends them all.
    """
    if stamp.utcoffset() is None:
        raise NaiveInstant(stamp)
    zone = Zone(calendar.zone.key)
    feed = icalendar.Calendar()
    for key, value in (("VERSION", "2.0"), ("PRODID", "-//sla//calendar//FR"), ("CALSCALE", "GREGORIAN")):
        feed.add(key, value)
    feed.add("X-WR-CALNAME", _plain(name))
    start, end = zone.midnight(plain_date(first)), zone.day(plain_date(last))[1]
    for kind, period in calendar.given_within(instant_of(start), instant_of(end)):
        feed.add_component(_event(kind, period.label, _ends(period, zone), stamp, site, lang))
    for day, label in calendar.holidays(first, last):
        shown = holiday_in_english(label) if lang == "en" else label
        feed.add_component(_event("holiday", shown, (day, day + timedelta(days=1)), stamp, site, lang))
    feed.add_component(availability(calendar, first, last, stamp, site))
    feed.add_missing_timezones(first_date=first, last_date=last + timedelta(days=1))
    return bytes(feed.to_ical())


def _event(kind: str, label: str, ends: tuple[Any, Any], stamp: datetime, site: str, lang: Lang) -> icalendar.Event:
    event = icalendar.Event()
    identity = f"{kind}\n{ends[0].isoformat()}\n{ends[1].isoformat()}\n{label}"
    event.add("UID", f"{kind}-{sha256(identity.encode()).hexdigest()[:20]}@{site}")
    event.add("DTSTAMP", stamp)
    event.add("DTSTART", ends[0])
    event.add("DTEND", ends[1])
    event.add("SUMMARY", _plain(label))
    event.add("CATEGORIES", [_CATEGORIES[kind][lang == "en"]])
    event.add("TRANSP", "TRANSPARENT" if kind == "opening" else "OPAQUE")
    event.add(KIND, kind)
    return event


def _ends(period: Period, zone: Zone) -> tuple[date, date] | tuple[datetime, datetime]:
    """Whole local dates, the second excluded, or two instants in UTC."""
    first, last = zone.date_of(period.start), zone.date_of(period.end - 1)
    if (zone.midnight(first), zone.day(last)[1]) == period.span:
        return first, last + timedelta(days=1)
    return instant_of(period.start), instant_of(period.end)


def _plain(text: str) -> str:
    """Without control characters, that a content line can't hold."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
