"""The calendar in words and weeks: its entries, an edit's title, and what each coming day is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sla import wording
from sla.calendar import BusinessCalendar, changed_between
from sla.desk.calendar_edits import (
    AddPeriod,
    CalendarEdit,
    ChooseHolidays,
    Data,
    RemovePeriod,
    SetSpecialHours,
    SetYearlyHours,
    Several,
)
from sla.desk.impact import AHEAD

DAY = timedelta(days=1)
WEEKS = 14
FRIDAY = 4
LEAP_YEAR = 2028
KINDS = {
    "closures": "Fermeture",
    "openings": "Ouverture exceptionnelle",
    "special_hours": "Horaires spéciaux",
    "yearly_hours": "Chaque année",
}
WORDS = {"holiday": "férié", "shut": "fermé", "part": "partiel", "extra": "ouvert"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of one of the calendar's tables, at its place there; `last` orders them."""

    table: str
    index: int
    kind: str
    when: str
    label: str
    last: date


def entries(data: Data, zone: tzinfo, today: date) -> tuple[list[Entry], list[Entry]]:
    """Those still to come, the nearest first; those behind, the latest first."""
    found = [
        _entry(table, index, told, zone, today) for table in KINDS for index, told in enumerate(data.get(table, []))
    ]
    coming = sorted((each for each in found if each.last >= today), key=lambda each: each.last)
    return coming, sorted((each for each in found if each.last < today), key=lambda each: each.last, reverse=True)


def _entry(table: str, index: int, told: Mapping[str, Any], zone: tzinfo, today: date) -> Entry:
    label = str(told.get("label", ""))
    if table == "yearly_hours":
        named = _day_of_year(str(told["day"]))
        return Entry(
            table, index, KINDS[table], f"le {named}\u00a0: {wording.open_hours(told['hours'])}", label, date.max
        )
    if table == "special_hours":
        on = date.fromisoformat(str(told["day"]))
        when = f"{wording.day(on, this_year=today.year)}\u00a0: {wording.open_hours(told['hours'])}"
        return Entry(table, index, KINDS[table], when, label, on)
    start, end = _ends(told, zone)
    last = (end - timedelta(seconds=1)).date()
    return Entry(table, index, KINDS[table], said(start, end, zone, today.year), label, last)


def _day_of_year(told: str) -> str:
    """12-24: « 24 décembre »."""
    month, day = (int(part) for part in told.split("-"))
    return wording.full_date(date(LEAP_YEAR, month, day)).removesuffix(f" {LEAP_YEAR}")


def _ends(told: Mapping[str, Any], zone: tzinfo) -> tuple[datetime, datetime]:
    if "first_day" in told:
        first, last = (date.fromisoformat(str(told[key])) for key in ("first_day", "last_day"))
        midnight = datetime.min.time()
        return datetime.combine(first, midnight, zone), datetime.combine(last + DAY, midnight, zone)
    start, end = (datetime.fromisoformat(str(told[key])).astimezone(zone) for key in ("start", "end"))
    return start, end


def said(start: datetime, end: datetime, zone: tzinfo, this_year: int | None) -> str:
    """« lun. 30 nov. », « lun. 30 nov., 9 h 00 – 17 h 00 », « du … au … »; the year unless it is this one."""
    start, end = start.astimezone(zone), end.astimezone(zone)
    first, last = start.date(), (end - timedelta(seconds=1)).date()
    first_day, last_day = (wording.day(each, this_year=this_year) for each in (first, last))
    to_midnight = end.time() == datetime.min.time()
    if start.time() == datetime.min.time() and to_midnight:
        return first_day if first == last else f"du {first_day} au {last_day}"
    at = wording.clock_time(start, zone)
    until = "minuit" if to_midnight else wording.clock_time(end, zone)
    return f"{first_day}, {at} – {until}" if first == last else f"du {first_day}, {at} au {last_day}, {until}"


def title(edit: CalendarEdit, data: Data, zone: tzinfo) -> str:
    """« Fermer lun. 30 nov. 2026 »; `data` is the calendar that it edits."""
    match edit:
        case AddPeriod(table, start, end, _):
            act = "Fermer" if table == "closures" else "Ouvrir"
            when = said(start, end, zone, 0)
            return f"{act} {when}" if when.startswith("du ") else f"{act} le {when}"
        case RemovePeriod(table, index):
            entry = _entry(table, index, data[table][index], zone, date.min)
            return f"Retirer\u00a0: {entry.label or entry.kind}, {entry.when}"
        case SetSpecialHours(day, hours, _):
            return f"Horaires du {wording.long_day(day, this_year=0)}\u00a0: {wording.open_hours(hours)}"
        case SetYearlyHours(day, hours, _):
            return f"Chaque année, le {_day_of_year(day)}\u00a0: {wording.open_hours(hours)}"
        case ChooseHolidays():
            return "Jours fériés"
        case Several(edits):
            return f"Importer {wording.plural(len(edits), 'fermeture', 'fermetures')}"
    return "Horaires de la semaine"


@dataclass(frozen=True, slots=True)
class Day:
    """`mark`: holiday, shut, part, extra, off (never worked) or nothing; `word` says it; `changed`: by the edit."""

    day: date
    mark: str
    word: str
    label: str
    today: bool
    changed: bool


def weeks(
    hours: BusinessCalendar, now: datetime, first: date | None = None, changed: frozenset[date] = frozenset()
) -> list[list[Day]]:
    """Whole weeks from that of `first` (today, if none); the end of the week only as far as it is worked."""
    today = now.astimezone(hours.zone).date()
    monday = (first or today) - timedelta(days=(first or today).weekday())
    days = [_day(hours, monday + timedelta(days=n), today, changed) for n in range(7 * WEEKS)]
    worked = [each.day.weekday() for each in days if each.mark != "off" or each.changed]
    shown = max([FRIDAY, *worked]) + 1
    return [days[start : start + shown] for start in range(0, len(days), 7)]


def legend(shown: list[list[Day]]) -> list[str]:
    """What each unusual day of some weeks is, those in a row that are the same told as one."""
    runs: list[list[Day]] = []
    for day in (each for week in shown for each in week):
        if runs and runs[-1][-1].day + DAY == day.day and _alike(runs[-1][-1], day):
            runs[-1].append(day)
        elif day.label or day.changed:
            runs.append([day])
    return [_run(run[0], run[-1]) for run in runs]


def _alike(one: Day, other: Day) -> bool:
    return (one.word, one.label, one.changed) == (other.word, other.label, other.changed)


def _run(first: Day, last: Day) -> str:
    name = wording.day(first.day)
    when = name if first is last else f"du {name} au {wording.day(last.day)}"
    changed = " (modifié)" if first.changed and first.label else ""
    return f"{when}\u00a0: {', '.join(part for part in (first.word, first.label) if part)}{changed}"


def _day(hours: BusinessCalendar, day: date, today: date, changed: frozenset[date]) -> Day:
    mark, label = _marked(hours, day)
    word = "modifié" if day in changed and not mark else WORDS.get(mark, "")
    return Day(day, mark, word, label, day == today, day in changed)


def _marked(hours: BusinessCalendar, day: date) -> tuple[str, str]:
    midnight = datetime.combine(day, datetime.min.time(), hours.zone)
    morrow = datetime.combine(day + DAY, datetime.min.time(), hours.zone)
    told = {stretch.reason: stretch.label for stretch in hours.explain(midnight, morrow)}
    if "opening" in told:
        return "extra", told["opening"]
    is_open = hours.open_day(day)
    for reason in ("closure", "special_hours", "holiday"):
        if reason in told:
            return ("part" if is_open else "holiday" if reason == "holiday" else "shut"), told[reason]
    return ("", "") if is_open else ("off", "")


def changed_days(before: BusinessCalendar, after: BusinessCalendar, now: datetime) -> frozenset[date]:
    """The local dates whose hours an edit changes, within the reach of its preview."""
    return frozenset(_days(before, after, now))


def _days(before: BusinessCalendar, after: BusinessCalendar, now: datetime) -> Iterator[date]:
    for change in changed_between(before, after, now, now + AHEAD):
        day = change.start.astimezone(before.zone).date()
        while day <= (change.end - timedelta(seconds=1)).astimezone(before.zone).date():
            yield day
            day += DAY
