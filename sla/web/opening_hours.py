"""When the desk opens, as people are told: the ordinary week in a sentence, and what will differ from it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from sla import wording
from sla.calendar import BusinessCalendar

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WEEKS = 4
AHEAD = timedelta(days=60)
SHOWN = 3
UNUSUAL = ("closure", "holiday", "special_hours")


def weekly_hours(hours: BusinessCalendar, now: datetime) -> str:
    """What most days of the next weeks keep: « Du lundi au vendredi, 9 h 00 – 12 h 30 et 13 h 30 – 17 h 00. »"""
    zone, today = hours.zone, now.astimezone(hours.zone).date()
    kept: dict[str, list[int]] = {}
    for number in range(7 * WEEKS):
        day = today + timedelta(days=number)
        spans = _spans(hours, day, zone)
        if spans:
            kept.setdefault(spans, []).append(day.weekday())
    if not kept:
        return "Aucune ouverture dans les quatre semaines qui viennent."
    usual = max(kept, key=lambda spans: len(kept[spans]))
    return f"{_days(sorted(set(kept[usual])))}, {usual}."


def _spans(hours: BusinessCalendar, day: date, zone: tzinfo) -> str:
    clock = wording.clock_time
    return " et ".join(f"{clock(start, zone)} – {clock(end, zone)}" for start, end in hours.hours_of(day))


def _days(weekdays: list[int]) -> str:
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) > 2 and weekdays == list(range(first, last + 1)):
        return f"Du {DAYS[first]} au {DAYS[last]}"
    return "Le " + ", le ".join(DAYS[day] for day in weekdays)


def closures(hours: BusinessCalendar, now: datetime) -> list[tuple[date, str]]:
    """The next days on which the desk is shut or partly so, with the reason."""
    told: dict[date, str] = {}
    for day, text in _unusual(hours, now):
        told.setdefault(day, text)
        if len(told) > SHOWN:
            break
    return list(told.items())[:SHOWN]


def _unusual(hours: BusinessCalendar, now: datetime) -> Iterator[tuple[date, str]]:
    for stretch in hours.explain(now, now + AHEAD):
        if stretch.counted or stretch.reason not in UNUSUAL:
            continue
        day, last = stretch.start.astimezone(hours.zone).date(), (stretch.end - timedelta(seconds=1))
        while day <= last.astimezone(hours.zone).date():
            if hours.open_day(day):
                yield day, _part(hours.zone, stretch.start, stretch.end, stretch.label)
            elif day.weekday() < 5:
                yield day, f"férié, {stretch.label}" if stretch.reason == "holiday" else f"fermé, {stretch.label}"
            day += timedelta(days=1)


def _part(zone: tzinfo, start: datetime, end: datetime, label: str) -> str:
    since, until = wording.clock_time(start, zone), wording.clock_time(end, zone)
    return f"fermé de {since} à {until}, {label}"
