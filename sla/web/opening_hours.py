"""When the desk opens, as people are told: the ordinary week in a sentence, and what will differ from it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from sla import wording
from sla.calendar import BusinessCalendar, Stretch
from sla.calendar.words import in_english

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
DAYS_IN_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHUT = "Aucune ouverture dans les quatre semaines qui viennent."
HOLIDAY, CLOSED = {"fr": "férié", "en": "public holiday"}, {"fr": "fermé", "en": "closed"}
WEEKS = 4
ONE, AHEAD = timedelta(days=1), timedelta(days=60)
SHOWN = 3
UNUSUAL = ("closure", "holiday", "special_hours")


def weekly_hours(hours: BusinessCalendar, now: datetime, lang: str = "fr") -> str:
    """What most days of the next weeks keep: « Du lundi au vendredi, 9 h 00 – 12 h 30 et 13 h 30 – 17 h 00. »"""
    return _weekly_hours(hours, now.astimezone(hours.zone).date(), lang)


@lru_cache(maxsize=16)
def _weekly_hours(hours: BusinessCalendar, today: date, lang: str) -> str:
    """On every page, and the same all day."""
    zone = hours.zone
    kept: dict[str, list[int]] = {}
    for number in range(7 * WEEKS):
        day = today + timedelta(days=number)
        spans = _spans(hours, day, zone, lang)
        if spans:
            kept.setdefault(spans, []).append(day.weekday())
    if not kept:
        return "No opening in the next four weeks." if lang == "en" else SHUT
    usual = max(kept, key=lambda spans: len(kept[spans]))
    return f"{_days(sorted(set(kept[usual])), lang)}, {usual}."


def _spans(hours: BusinessCalendar, day: date, zone: tzinfo, lang: str) -> str:
    told = [[wording.clock_time(each, zone, lang) for each in span] for span in hours.hours_of(day)]
    return (" and " if lang == "en" else " et ").join(f"{start} – {end}" for start, end in told)


def _days(weekdays: list[int], lang: str) -> str:
    first, last = weekdays[0], weekdays[-1]
    names = DAYS_IN_ENGLISH if lang == "en" else DAYS
    if len(weekdays) > 2 and weekdays == list(range(first, last + 1)):
        return f"{names[first]} to {names[last]}" if lang == "en" else f"Du {names[first]} au {names[last]}"
    each = [names[day] for day in weekdays]
    return ", ".join(each) if lang == "en" else "Le " + ", le ".join(each)


def closures(hours: BusinessCalendar, now: datetime, lang: str = "fr") -> list[tuple[date, str]]:
    """The next days on which the desk is shut or partly so, with the reason."""
    told: dict[date, str] = {}
    for day, text in _unusual(hours, now, lang):
        told.setdefault(day, text)
        if len(told) > SHOWN:
            break
    return list(told.items())[:SHOWN]


@lru_cache(maxsize=16)
def _closed_from(hours: BusinessCalendar, today: date) -> list[Stretch]:
    """What differs from an ordinary week, whole; read on every page, and the same all day."""
    begin = datetime.combine(today, time(), hours.zone)
    told = hours.explain(begin, begin + AHEAD + 2 * ONE)
    return [stretch for stretch in told if not stretch.counted and stretch.reason in UNUSUAL]


def _ahead(hours: BusinessCalendar, now: datetime) -> Iterator[Stretch]:
    for stretch in _closed_from(hours, now.astimezone(hours.zone).date()):
        start, end = max(stretch.start, now), min(stretch.end, now + AHEAD)
        if start < end:
            yield replace(stretch, start=start, end=end)


def _unusual(hours: BusinessCalendar, now: datetime, lang: str) -> Iterator[tuple[date, str]]:
    for stretch in _ahead(hours, now):
        label = in_english(stretch.reason, stretch.label) if lang == "en" else stretch.label
        day, last = stretch.start.astimezone(hours.zone).date(), (stretch.end - timedelta(seconds=1))
        while day <= last.astimezone(hours.zone).date():
            if hours.open_day(day):
                yield day, _part(hours.zone, stretch.start, stretch.end, label, lang)
            elif day.weekday() < 5:
                yield day, f"{(HOLIDAY if stretch.reason == 'holiday' else CLOSED)[lang]}, {label}"
            day += ONE


def _part(zone: tzinfo, start: datetime, end: datetime, label: str, lang: str) -> str:
    since, until = (wording.clock_time(each, zone, lang) for each in (start, end))
    return f"closed {since} to {until}, {label}" if lang == "en" else f"fermé de {since} à {until}, {label}"
