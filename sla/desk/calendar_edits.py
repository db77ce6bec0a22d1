"""An edit of the desk's calendar, as a change of its data (the shape of config/calendar.toml)."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sla.calendar import BusinessCalendar, CalendarError, CalendarFileError
from sla.desk.typed import Reading
from sla.errors import Both, Overtaken, Refused

Data = dict[str, Any]


class BadCalendar(Refused):
    code = "bad_calendar"
    fr = "Ce calendrier ne peut pas servir : {mistakes}"
    en = "This calendar can’t be used: {mistakes}"


class NewerEdition(Overtaken):
    fr = (
        "{who} a enregistré l’édition {number} du calendrier entre-temps (« {why} »). Votre modification n’a pas été "
        "enregistrée : voyez de nouveau son effet."
    )
    en = (
        "{who} saved edition {number} of the calendar in the meantime (“{why}”). Your edit was not saved: preview it "
        "again."
    )


@dataclass(frozen=True, slots=True)
class AddPeriod:
    """A closure or an exceptional opening (`table`: closures, openings), from an aware instant to another."""

    table: str
    start: datetime
    end: datetime
    label: str

    def on(self, data: Data) -> Data:
        label = _label(self.label)
        entry = {"start": self.start.isoformat(), "end": self.end.isoformat(), "label": label}
        return {**data, self.table: [*data.get(self.table, []), entry]}


@dataclass(frozen=True, slots=True)
class RemovePeriod:
    """The entry of a table (closures, openings, special_hours, yearly_hours) at a place."""

    table: str
    index: int

    def on(self, data: Data) -> Data:
        entries = list(data.get(self.table, []))
        if not 0 <= self.index < len(entries):
            raise BadCalendar(mistakes=Both("cette ligne n’existe plus", "that line is gone"))
        del entries[self.index]
        return {**data, self.table: entries}


@dataclass(frozen=True, slots=True)
class SetSpecialHours:
    """The hours of one date (« 09:00-12:00 »; none: closed), in place of all that it had."""

    day: date
    hours: Sequence[str]
    label: str

    def on(self, data: Data) -> Data:
        others = [each for each in data.get("special_hours", []) if str(each["day"]) != self.day.isoformat()]
        entry = {"day": self.day.isoformat(), "hours": list(self.hours), "label": _label(self.label)}
        return {**data, "special_hours": [*others, entry]}


@dataclass(frozen=True, slots=True)
class SetYearlyHours:
    """The hours of a day of every year (`12-24`), where it has weekly ones and is no holiday (none: closed), in place
    of the yearly ones that it had."""

    day: str
    hours: Sequence[str]
    label: str

    def on(self, data: Data) -> Data:
        others = [each for each in data.get("yearly_hours", []) if str(each["day"]) != self.day]
        entry = {"day": self.day, "hours": list(self.hours), "label": _label(self.label)}
        return {**data, "yearly_hours": [*others, entry]}


@dataclass(frozen=True, slots=True)
class SetWeek:
    """The weekly hours by day (mon … sun)."""

    weekly: Mapping[str, Sequence[str]]

    def on(self, data: Data) -> Data:
        return {**data, "weekly": {day: list(hours) for day, hours in self.weekly.items() if hours}}


@dataclass(frozen=True, slots=True)
class ChooseHolidays:
    """Region and choices: Good Friday where the region has it, the years whose solidarity day is Whit Monday (True:
    every year)."""

    region: str
    good_friday: bool
    whit_monday_worked: Sequence[int] | bool

    def on(self, data: Data) -> Data:
        chosen: Data = {"region": self.region}
        if not self.good_friday:
            chosen["good_friday"] = False
        if self.whit_monday_worked:
            worked = self.whit_monday_worked
            chosen["whit_monday_worked"] = worked if isinstance(worked, bool) else sorted(worked)
        return {**data, "holidays": chosen}


OneEdit = AddPeriod | RemovePeriod | SetSpecialHours | SetYearlyHours | SetWeek | ChooseHolidays


@dataclass(frozen=True, slots=True)
class Several:
    """One after the other, saved as one edition: the closures of a file."""

    edits: Sequence[OneEdit]

    def on(self, data: Data) -> Data:
        for edit in self.edits:
            data = edit.on(data)
        return data


CalendarEdit = OneEdit | Several


def _label(text: str) -> str:
    """As clients read it: on one line."""
    reading = Reading()
    clean = reading.line("label", text)
    reading.finish()
    return clean


def edited(data: Data, edit: CalendarEdit) -> tuple[Data, BusinessCalendar]:
    """The new data and the calendar that they make; BadCalendar names every mistake."""
    changed = edit.on(deepcopy(data))
    try:
        return changed, BusinessCalendar.from_data(changed, "calendrier")
    except CalendarFileError as error:
        french = " ; ".join(_where(each.key, " : ") + each.message_fr for each in error.mistakes)
        english = "; ".join(_where(each.key, ": ") + each.message_en for each in error.mistakes)
        raise BadCalendar(mistakes=Both(french, english)) from error
    except CalendarError as error:
        raise BadCalendar(mistakes=Both(error.french, str(error))) from error


def _where(key: str, colon: str) -> str:
    """What is wrong with the whole is told at the weekly hours, which nobody may have touched."""
    return "" if key == "weekly" else key + colon
