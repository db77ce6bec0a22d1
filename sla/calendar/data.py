"""A desk's rules written down again, in the shape of `config/calendar.toml`, fit for JSON."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from .holiday import FrenchHolidays
from .hours import DAY, WEEKDAYS, second_shown
from .schedule import Period, Schedule
from .spans import Span
from .zone import Zone, instant_of


def data_of(schedule: Schedule) -> dict[str, Any]:
    """Only what was said: a table that would be empty is left out."""
    week = zip(WEEKDAYS, schedule.week, strict=True)
    told: dict[str, Any] = {
        "zone": schedule.zone.name,
        "weekly": {day: _hours(spans) for day, spans in week if spans},
        "holidays": _holidays(schedule),
        "yearly_hours": [
            _named({"day": f"{month:02}-{day:02}", "hours": _hours(spans)}, schedule.yearly_labels.get((month, day)))
            for (month, day), spans in sorted(schedule.yearly.items())
        ],
        "special_hours": [
            _named({"day": day.isoformat(), "hours": _special(schedule, day)}, schedule.special_labels.get(day))
            for day in sorted(schedule.special)
        ],
        "closures": _periods(schedule.closures, schedule.zone),
        "openings": _periods(schedule.openings, schedule.zone),
    }
    return {key: value for key, value in told.items() if value or key in ("zone", "weekly")}


def _hours(spans: Iterable[Span]) -> list[str]:
    return [f"{second_shown(start)}-{second_shown(end)}" for start, end in spans]


def _special(schedule: Schedule, day: date) -> list[str]:
    """With what goes on after midnight: it belongs to the date that it began on."""
    spans = list(schedule.special[day])
    tail = schedule.special_tails.get(day + timedelta(days=1))
    if tail and tail[-1][1] < spans[-1][0]:
        spans[-1] = (spans[-1][0], tail[-1][1])
    elif tail:  # "00:00-00:00" would say nothing
        spans[-1:] = [(spans[-1][0], DAY - 1), (DAY - 1, tail[-1][1])]
    return _hours(spans)


def _holidays(schedule: Schedule) -> dict[str, Any]:
    kept = schedule.holidays
    if not isinstance(kept, FrenchHolidays):
        days = sorted(kept.listed)
        return {"days": [{"day": day.isoformat(), "label": kept.of(day.year)[day]} for day in days]} if days else {}
    told: dict[str, Any] = {"region": kept.region}
    if not kept.good_friday:
        told["good_friday"] = False
    if kept.whit_monday_worked:
        worked = kept.whit_monday_worked
        told["whit_monday_worked"] = worked if isinstance(worked, bool) else sorted(worked)
    return told


def _periods(found: Sequence[Period], zone: Zone) -> list[dict[str, str]]:
    return [{**_ends(period, zone), "label": period.label} for period in found]


def _ends(period: Period, zone: Zone) -> dict[str, str]:
    """Whole local dates as such, anything else as instants in the zone."""
    first, last = zone.date_of(period.start), zone.date_of(period.end - 1)
    if (zone.midnight(first), zone.day(last)[1]) == period.span:
        return {"first_day": first.isoformat(), "last_day": last.isoformat()}
    start, end = (instant_of(edge).astimezone(zone.info).isoformat() for edge in period.span)
    return {"start": start, "end": end}


def _named(entry: dict[str, Any], label: str | None) -> dict[str, Any]:
    return entry if label is None else {**entry, "label": label}
