"""The business calendar of a desk or of a technician."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from os import PathLike
from typing import Any, Self

from .data import data_of
from .days import WorkingDays
from .errors import NoSingleDesk
from .file import read_data, read_file, refusals_of
from .holiday import FrenchHolidays, GivenHolidays
from .hours import WEEKDAYS, Hours, month_day, special_days, week_of, yearly_days
from .rules import Absent, Given, Meeting, OneDesk, Ruled
from .schedule import GivenPeriod, Schedule, periods
from .versions import edited
from .zone import Zone, seconds_of

GivenHolidayDates = Iterable[date] | Mapping[date, str] | FrenchHolidays


class BusinessCalendar(WorkingDays):
    """Working time of a desk.

    `zone`: an IANA name. `weekly`: `{"mon": [("09:00", "12:30"), ("13:30", "17:00")], …}`; a missing day is closed.
    `holidays`: dates, a mapping date → name, or `FrenchHolidays`. `overrides`: the special hours of dates, in place of
    their weekly hours and holiday; `special_labels` names them. `yearly`: the hours of days of every year, in place of
    their weekly hours where they have some and are no holiday, `{"12-24": [("09:00", "12:00")]}`; `yearly_labels` names
    them. `closures`, `openings`: `(start, end, label)` of aware datetimes.
    Opening > closure > special hours > holiday > yearly hours > weekly hours.

    Spans are half-open; those that touch or overlap are one. Hours over midnight are two: each part belongs to its
    date. Instants given are any aware datetimes, those returned are UTC. Instants and amounts are read at their whole
    second, a fraction dropped: a ticket of 09:00:00.4 with 7 h is due at 17:00, not at 09:00:00.4 on the morrow; an
    open instant returned as it was given keeps its fraction. Safe to share between threads; nothing here is changed
    once built.

    Others are made of it: `minus` (a technician's), `without` (more closures), `meet` (where two are open), `until`
    (edited from an instant on). Many at once: `add_many`, `between_many`.

    Raises the errors of `sla.calendar.errors`, each a `ValueError`: `NaiveInstant`, `UnknownZone`, `UnknownWeekday`,
    `WrongHours`, `WrongDate`, `WrongPeriod`; `NeverOpen` for more than 400 days without an opening; `YearOutOfReach`
    for a year before 1900, after 2199, or whose French holidays aren't known (after 2100).
    """

    __slots__ = ()

    def __init__(
        self,
        zone: str,
        weekly: Mapping[str, Hours],
        holidays: GivenHolidayDates = (),
        overrides: Mapping[date, Hours] | None = None,
        closures: Iterable[GivenPeriod] = (),
        openings: Iterable[GivenPeriod] = (),
        *,
        special_labels: Mapping[date, str] | None = None,
        yearly: Mapping[str, Hours] | None = None,
        yearly_labels: Mapping[str, str] | None = None,
    ) -> None:
        days, tails = special_days(overrides or {})
        named = holidays if isinstance(holidays, FrenchHolidays) else GivenHolidays(holidays)
        schedule = Schedule(
            Zone(zone), week_of(weekly), named, days, tails, dict(special_labels or {}),
            periods(closures), periods(openings),
            yearly_days(yearly or {}), {month_day(day): label for day, label in (yearly_labels or {}).items()},
        )  # fmt: skip
        super().__init__(Ruled.by(OneDesk(schedule)))

    @classmethod
    def _of_rules(cls, ruled: Ruled) -> Self:
        made = cls.__new__(cls)
        WorkingDays.__init__(made, ruled)
        return made

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """The calendar of a file such as `config/calendar.toml`. Raises `CalendarFileError` with all its mistakes."""
        arguments = read_file(path)
        with refusals_of(path):
            return cls(**arguments)

    @classmethod
    def from_data(cls, data: object, name: str = "calendar") -> Self:
        """The calendar of a dictionary in the shape of `config/calendar.toml`, dates and instants as themselves or as
        ISO 8601 text. Raises `CalendarFileError` with all its mistakes, `name` standing for the file."""
        arguments = read_data(data, name)
        with refusals_of(name):
            return cls(**arguments)

    def to_data(self) -> dict[str, Any]:
        """What `from_data` reads, fit for JSON: of a calendar that was edited, its latest version.

        Raises `NoSingleDesk` for a technician's calendar or a meeting of two: those are made anew from their parts.
        """
        schedule = self._ruled.rules.schedule
        if schedule is None:
            raise NoSingleDesk(self._ruled.rules.zone.name)
        return data_of(schedule)

    def minus(self, absences: Iterable[GivenPeriod]) -> "BusinessCalendar":
        """A technician's calendar: this one without the absences, which win over everything, exceptional openings too.

        Cheap: it cuts this calendar's table. Not refused however long the absence; what is asked beyond the calendar's
        last year raises `YearOutOfReach`.
        """
        return BusinessCalendar._of_rules(Ruled.by(Absent(self._ruled, periods(absences))))

    def without(self, closures: Iterable[GivenPeriod]) -> "BusinessCalendar":
        """This calendar with more closures, over which its exceptional openings still win. Raises `NeverOpen`."""
        return BusinessCalendar._of_rules(Ruled.by(self._ruled.rules.without(periods(closures))))

    def meet(self, other: "BusinessCalendar") -> "BusinessCalendar":
        """Open where both are, shown in this one's zone; where both are closed this one's reason is told.

        Not refused if they never meet: what looks for an opening then raises `YearOutOfReach`.
        """
        return BusinessCalendar._of_rules(Ruled.by(Meeting(self._ruled, other._ruled)))

    def until(self, at: datetime, later: "BusinessCalendar") -> "BusinessCalendar":
        """This calendar before the instant `at`, `later` from it on: spans are cut there, and each side keeps its
        reasons. Versions pile up: `first.until(a, second).until(b, third)`. Shown in the zone of the latest.

        Raises `NeverOpen` if no opening is left for more than 400 days across `at`.
        """
        return BusinessCalendar._of_rules(edited(self._ruled, seconds_of(at), later._ruled))

    def given_within(self, start: datetime, end: datetime) -> list[Given]:
        """The closures, openings and absences that touch `[start, end)`, whole, with their kind; see `rules.Given`."""
        return self._ruled.rules.given(seconds_of(start), seconds_of(end))


class AlwaysOpen(BusinessCalendar):
    """24/7: elapsed time is working time. For targets without a calendar; closures and absences can still be cut out.

    `next_close` raises `YearOutOfReach`: there is none.
    """

    __slots__ = ()

    def __init__(self, zone: str = "UTC") -> None:
        super().__init__(zone, {day: [("00:00", "24:00")] for day in WEEKDAYS})


def meet(one: BusinessCalendar, other: BusinessCalendar) -> BusinessCalendar:
    """`one.meet(other)`."""
    return one.meet(other)
