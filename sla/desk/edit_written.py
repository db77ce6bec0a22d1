"""An edit of the calendar as JSON: one key, which says its kind, `{"closure": {"start": …, "end": …, "label": …}}`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sla.desk.calendar_edits import (
    AddPeriod,
    CalendarEdit,
    ChooseHolidays,
    OneEdit,
    RemovePeriod,
    SetSpecialHours,
    SetWeek,
    SetYearlyHours,
    Several,
)

TABLES = {"closure": "closures", "opening": "openings"}


def written(edit: CalendarEdit) -> dict[str, Any]:
    """Fit for JSON; `read_edit` reads it back."""
    match edit:
        case AddPeriod(table, start, end, label):
            kind = next(each for each, named in TABLES.items() if named == table)
            return {kind: {"start": start.isoformat(), "end": end.isoformat(), "label": label}}
        case RemovePeriod(table, index):
            return {"remove": {"table": table, "index": index}}
        case SetSpecialHours(day, hours, label):
            return {"special_hours": {"day": day.isoformat(), "hours": list(hours), "label": label}}
        case SetYearlyHours(day, hours, label):
            return {"yearly_hours": {"day": day, "hours": list(hours), "label": label}}
        case SetWeek(weekly):
            return {"weekly": {day: list(hours) for day, hours in weekly.items()}}
        case ChooseHolidays(region, good_friday, worked):
            years = worked if isinstance(worked, bool) else list(worked)
            return {"holidays": {"region": region, "good_friday": good_friday, "whit_monday_worked": years}}
        case Several(edits):
            return {"several": [written(each) for each in edits]}


def read_edit(told: Mapping[str, Any]) -> CalendarEdit:
    """Instants and dates as themselves or as ISO 8601 text. KeyError or ValueError for what `written` wouldn't say."""
    if "several" in told:
        return Several([_one(each) for each in told["several"]])
    return _one(told)


def _one(told: Mapping[str, Any]) -> OneEdit:
    ((kind, facts),) = told.items()
    match kind:
        case "remove":
            return RemovePeriod(facts["table"], facts["index"])
        case "special_hours":
            day = facts["day"]
            return SetSpecialHours(day if isinstance(day, date) else date.fromisoformat(day), **_but(facts, "day"))
        case "yearly_hours":
            return SetYearlyHours(**facts)
        case "weekly":
            return SetWeek(facts)
        case "holidays":
            return ChooseHolidays(facts["region"], facts["good_friday"], facts["whit_monday_worked"])
    return AddPeriod(TABLES[kind], _instant(facts["start"]), _instant(facts["end"]), facts["label"])


def _but(facts: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != key}


def _instant(told: datetime | str) -> datetime:
    return told if isinstance(told, datetime) else datetime.fromisoformat(told)
