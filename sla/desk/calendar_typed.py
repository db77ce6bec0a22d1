"""An edit of the calendar as a manager types it in a form: each field read, and every mistake told at its own."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sla import wording
from sla.calendar import BusinessCalendar, CalendarFileError, FrenchHolidays, UnknownRegion
from sla.desk.calendar_edits import (
    AddPeriod,
    BadCalendar,
    CalendarEdit,
    ChooseHolidays,
    RemovePeriod,
    SetSpecialHours,
    SetWeek,
    SetYearlyHours,
)
from sla.desk.field_labels import label
from sla.desk.office import Tx
from sla.desk.typed import NO_SUCH_HOUR, Reading, day_typed, instant_typed
from sla.errors import BadInstant, Both, Missing, Refused, UnfitInstant, Unknown

Typed = Mapping[str, str]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TABLES = ("closures", "openings", "special_hours", "yearly_hours")
BACKWARDS = Both("la fin doit venir après le début", "the end must come after the start")
AN_HOUR = Both("écrivez une heure, par exemple 09:00", "write a time, for instance 09:00")
DAY_OF_YEAR = Both("écrivez un jour et son mois, par exemple 24/12", "write a day and its month, for instance 24/12")
LEAP_YEAR = 2024
MONTHS = [wording.full_date(date(LEAP_YEAR, month, 2)).split()[1] for month in range(1, 13)]
YEARS = Both("des années, par exemple 2026, 2027, ou « toutes »", "years, for instance 2026, 2027")


def edit_typed(tx: Tx, kind: str, typed: Typed) -> CalendarEdit:
    """`kind`: period, special_hours, yearly_hours, weekly, holidays or remove. A refusal names the form's field."""
    read = READ.get(kind)
    if read is None:
        raise Unknown("kind", label=label("kind"), value=kind[:60], choices=", ".join(READ))
    return read(tx, typed)


def _period(tx: Tx, typed: Typed) -> CalendarEdit:
    """From a date, at a time or its beginning, to a date (the first, if none), at a time or its end."""
    reading = Reading()
    table = reading.choice("table", typed.get("table"), ("closures", "openings"))
    name = reading.line("label", typed.get("label"))
    start = _edge(tx, reading, typed, "first")
    end = _edge(tx, reading, {**typed, "last_day": typed.get("last_day") or typed.get("first_day", "")}, "last")
    if not reading.reproaches and end <= start:
        shown = " ".join((typed.get("last_day") or typed.get("first_day", ""), typed.get("last_time", ""))).strip()
        reading.reproaches.append(UnfitInstant("last_day", value=shown, rule=BACKWARDS))
    reading.finish()
    return AddPeriod(table, start, end, name)


def _edge(tx: Tx, reading: Reading, typed: Typed, side: str) -> datetime:
    """Now, in place of what is refused: `finish` raises then."""
    at = typed.get(f"{side}_time", "")
    try:
        day = day_typed(tx, f"{side}_day", typed.get(f"{side}_day", ""))
        if side == "last" and not at:
            return instant_typed(tx, "last_day", f"{day + timedelta(days=1)}T00:00")
        return instant_typed(tx, f"{side}_time", f"{day}T{_clock_time(f'{side}_time', at)}")
    except Refused as refused:
        reading.reproaches.append(refused)
        return tx.now


def _clock_time(field: str, text: str) -> str:
    """A time of day as a form sends it; the beginning of the day, where there is none."""
    if text and not re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
        raise BadInstant(field, value=text[:60], rule=AN_HOUR)
    if text[:2] > "23" or text[3:] > "59":
        raise UnfitInstant(field, value=text, rule=NO_SUCH_HOUR)
    return text or "00:00"


def _special(tx: Tx, typed: Typed) -> CalendarEdit:
    reading, hours, day = Reading(), split_hours(typed.get("hours", "")), tx.today
    name = reading.line("label", typed.get("label"))
    try:
        day = day_typed(tx, "day", typed.get("day", ""))
    except Refused as refused:
        reading.reproaches.append(refused)
    _check(reading, "hours", {"special_hours": [{"day": day, "hours": hours, "label": "–"}]})
    reading.finish()
    return SetSpecialHours(day, hours, name)


def _yearly(_: Tx, typed: Typed) -> CalendarEdit:
    reading, hours = Reading(), split_hours(typed.get("hours", ""))
    name = reading.line("label", typed.get("label"))
    day = _month_day(reading, typed.get("day", "").strip())
    _check(reading, "hours", {"yearly_hours": [{"day": day, "hours": hours, "label": "–"}]})
    reading.finish()
    return SetYearlyHours(day, hours, name)


def _month_day(reading: Reading, text: str) -> str:
    """« 24/12 », « 24 décembre », « 1er mai » → 12-24, 05-01. Some day, in place of what is refused."""
    found = re.fullmatch(r"(\d{1,2})(?:er)?(?:\s*/\s*|\s+)(\d{1,2}|[a-zéû]+)\.?", text.casefold())
    month = _month(found[2]) if found else 0
    try:
        return date(LEAP_YEAR, month, int(found[1]) if found else 0).strftime("%m-%d")
    except ValueError:
        refused = BadInstant("day", value=text[:60], rule=DAY_OF_YEAR)
        reading.reproaches.append(refused if text else Missing("day", label=label("day"), rule=DAY_OF_YEAR))
        return "12-24"


def _month(text: str) -> int:
    """By number or by name, which an abbreviation is if it is that of one month only."""
    if text.isdecimal():
        return int(text)
    named = [number for number, name in enumerate(MONTHS, start=1) if len(text) > 2 and name.startswith(text)]
    return named[0] if len(named) == 1 else 0


def _week(_: Tx, typed: Typed) -> CalendarEdit:
    reading = Reading()
    weekly = {day: split_hours(typed.get(day, "")) for day in DAYS}
    for day, hours in weekly.items():
        if hours:
            _check(reading, day, {"weekly": {day: hours}})
    reading.finish()
    return SetWeek({day: hours for day, hours in weekly.items() if hours})


def _check(reading: Reading, field: str, data: dict[str, Any]) -> None:
    """Hours by themselves, so that what is wrong with them is told where they were typed."""
    try:
        BusinessCalendar.from_data({"zone": "UTC", "weekly": {"mon": ["09:00-10:00"]}, **data}, field)
    except CalendarFileError as error:
        french = " ; ".join(each.message_fr.rstrip(".") for each in error.mistakes)
        english = "; ".join(each.message_en.rstrip(".") for each in error.mistakes)
        reading.reproaches.append(BadCalendar(field, mistakes=Both(f"{french}.", f"{english}.")))


def split_hours(text: str) -> list[str]:
    """« 9:00-12:30, 13:30-17:00 », « 9 h – 12 h 30 et 13 h 30 – 17 h » → ["09:00-12:30", "13:30-17:00"]. What isn't
    understood stays as it was typed, for the calendar to refuse."""
    parts = re.split(r"\s*(?:,|;|\bet\b)\s*", text.strip())
    return [_span(part) for part in parts if part]


def _span(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})\s*[:hH]\s*(\d\d)?\s*(?:-|–|à)\s*(\d{1,2})\s*[:hH]\s*(\d\d)?", text)
    if found is None:
        return text
    return f"{int(found[1]):02}:{found[2] or '00'}-{int(found[3]):02}:{found[4] or '00'}"


def _holidays(_: Tx, typed: Typed) -> CalendarEdit:
    reading = Reading()
    region = typed.get("region", "")
    try:
        FrenchHolidays(region)
    except UnknownRegion as error:
        reading.reproaches.append(BadCalendar("region", mistakes=Both(error.french, str(error))))
    worked = _years(reading, typed.get("whit_monday_worked", "").strip())
    reading.finish()
    return ChooseHolidays(region, typed.get("good_friday") == "y", worked)


def _years(reading: Reading, text: str) -> list[int] | bool:
    if text.casefold() == "toutes":
        return True
    years = [part for part in re.split(r"[\s,;]+", text) if part]
    if not all(re.fullmatch(r"20\d\d", year) for year in years):
        reading.reproaches.append(BadInstant("whit_monday_worked", value=text[:60], rule=YEARS))
        return False
    return sorted({int(year) for year in years})


def _remove(_: Tx, typed: Typed) -> CalendarEdit:
    reading = Reading()
    table = reading.choice("table", typed.get("table"), TABLES)
    index = typed.get("index", "")
    reading.finish()
    return RemovePeriod(table, int(index) if re.fullmatch(r"\d{1,5}", index) else -1)


READ: Mapping[str, Callable[[Tx, Typed], CalendarEdit]] = {
    "period": _period,
    "special_hours": _special,
    "yearly_hours": _yearly,
    "weekly": _week,
    "holidays": _holidays,
    "remove": _remove,
}
