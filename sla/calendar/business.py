"""The business calendar of a desk or of a technician."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from os import PathLike
from typing import Self
from zoneinfo import ZoneInfo

from .errors import NeverOpen, YearOutOfReach
from .explanation import explained
from .file import never_open, read_file
from .holiday import FIRST_YEAR, LAST_YEAR, FrenchHolidays, GivenHolidays
from .hours import Hours, plain_date, special_days, week_of
from .reach import refuse_never_open
from .reason import NOTEWORTHY, Stretch
from .schedule import GivenPeriod, Period, Schedule, periods
from .search import WorkingTime
from .spans import Span, merged, minus
from .table import Table
from .zone import Zone, instant_of, seconds_of

GivenHolidayDates = Iterable[date] | Mapping[date, str] | FrenchHolidays


class BusinessCalendar(WorkingTime):
    """Working time of a desk.

    `zone`: an IANA name. `weekly`: `{"mon": [("09:00", "12:30"), ("13:30", "17:00")], …}`; a missing day is closed.
    `holidays`: dates, a mapping date → name, or `FrenchHolidays`. `overrides`: the special hours of dates, in place of
    their weekly hours and holiday; `special_labels` names them. `closures`, `openings`: `(start, end, label)` of aware
    datetimes. Opening > closure > special hours > holiday > weekly hours.

    Spans are half-open; those that touch or overlap are one. Hours over midnight are two: each part belongs to its
    date. Instants given are any aware datetimes, those returned are UTC. Instants and amounts are read at their whole
    second, a fraction dropped: a ticket of 09:00:00.4 with 7 h is due at 17:00, not at 09:00:00.4 on the morrow; an
    open instant returned as it was given keeps its fraction. Safe to share between threads; nothing here is changed
    once built.

    Raises the errors of `sla.calendar.errors`, each a `ValueError`: `NaiveInstant`, `UnknownZone`, `UnknownWeekday`,
    `WrongHours`, `WrongDate`, `WrongPeriod`; `NeverOpen` for more than 400 days without an opening; `YearOutOfReach`
    for a year before 1900, after 2199, or whose French holidays aren't known (after 2100).
    """

    __slots__ = ("_absences", "_schedule")

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
    ) -> None:
        days, tails = special_days(overrides or {})
        named = holidays if isinstance(holidays, FrenchHolidays) else GivenHolidays(holidays)
        labels = dict(special_labels or {})
        around = periods(closures), periods(openings)
        schedule = Schedule(Zone(zone), week_of(weekly), named, days, tails, labels, *around)
        refuse_never_open(schedule)
        self._schedule = schedule
        self._absences: tuple[Period, ...] = ()
        super().__init__(_table(schedule, schedule.build))

    @classmethod
    def _of_rules(cls, schedule: Schedule, absences: tuple[Period, ...], table: Table) -> Self:
        made = cls.__new__(cls)
        made._schedule, made._absences, made._table = schedule, absences, table
        return made

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """The calendar of a file such as `config/calendar.toml`. Raises `CalendarFileError` with all its mistakes."""
        arguments = read_file(path)
        try:
            return cls(**arguments)
        except NeverOpen as error:
            raise never_open(path, error) from None

    def minus(self, absences: Iterable[GivenPeriod]) -> Self:
        """A technician's calendar: this one without the absences, which win over everything, exceptional openings too.

        Cheap: it cuts this calendar's table. Not refused however long the absence; what is asked beyond the calendar's
        last year raises `YearOutOfReach`.
        """
        return self._minus(periods(absences))

    def _minus(self, absences: tuple[Period, ...]) -> Self:
        spans = merged(absence.span for absence in absences)
        table = _table(self._schedule, lambda first, last: minus(self._table.years(first, last), spans))
        return self._of_rules(self._schedule, tuple(sorted(self._absences + absences)), table)

    def without(self, closures: Iterable[GivenPeriod]) -> Self:
        """This calendar with more closures, over which its exceptional openings still win. Raises `NeverOpen`."""
        schedule = replace(self._schedule, closures=tuple(sorted(self._schedule.closures + periods(closures))))
        refuse_never_open(schedule)
        changed = self._of_rules(schedule, (), _table(schedule, schedule.build))
        return changed._minus(self._absences) if self._absences else changed

    @property
    def zone(self) -> ZoneInfo:
        """The desk's time zone, in which instants are shown."""
        return self._schedule.zone.info

    def explain(self, start: datetime, end: datetime) -> list[Stretch]:
        """The stretches between two instants in order, each counted or skipped and why; none when `end` comes first.

        The counted ones sum to `between(start, end)`, all of them to the elapsed time, fractions of a second dropped.
        """
        low, high = seconds_of(start), seconds_of(end)
        self._table.covering(low)
        self._table.covering(high)
        return explained(self._schedule, self._absences, low, high)

    def explain_due(self, at: datetime, amount: timedelta) -> list[Stretch]:
        """`explain` from `at` to the deadline `add(at, amount)`."""
        return self.explain(at, self.add(at, amount))

    def add_days(self, at: datetime, days: int) -> datetime:
        """ "n working days": the n-th open day after `at`'s date, at its local time, moved to the next open instant.

        0 days: the next open instant. Negative: the n-th open day before.
        """
        seconds = seconds_of(at)
        if days == 0:
            return self.next_open(at)
        local = instant_of(seconds).astimezone(self.zone)
        day, left, step = local.date(), abs(days), timedelta(days=1 if days > 0 else -1)
        while left:
            day += step
            left -= self.open_day(day)
        wall = local.hour * 3600 + local.minute * 60 + local.second
        return self.next_open(instant_of(self._schedule.zone.opening(day, wall)))

    def open_day(self, day: date) -> bool:
        """Whether the desk opens on this local date, be it for a minute."""
        return bool(self._of(day))

    def hours_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open spans of a local date, in the desk's zone, cut at its midnights."""
        zone = self.zone
        return [(instant_of(start).astimezone(zone), instant_of(end).astimezone(zone)) for start, end in self._of(day)]

    def closed_days(self, first: date, days: int) -> list[tuple[date, str]]:
        """Of `days` dates from `first`, those with weekly hours on which the desk stays closed, and why (the label)."""
        dates = (plain_date(first) + timedelta(days=number) for number in range(days))
        return [(day, self._why_closed(day)) for day in dates if self._schedule.usual(day) and not self.open_day(day)]

    def _why_closed(self, day: date) -> str:
        zone = self._schedule.zone
        told = explained(self._schedule, self._absences, zone.midnight(day), zone.midnight(day + timedelta(days=1)))
        return min(told, key=lambda stretch: NOTEWORTHY.index(stretch.reason)).label

    def _of(self, day: date) -> list[Span]:
        zone = self._schedule.zone
        if not FIRST_YEAR <= plain_date(day).year <= LAST_YEAR:
            raise YearOutOfReach(day.year)
        return self._table.spans(zone.midnight(day), zone.midnight(day + timedelta(days=1)))


def _table(schedule: Schedule, build: Callable[[int, int], list[Span]]) -> Table:
    return Table(schedule.zone, build, schedule.holidays.first_year, schedule.holidays.last_year)
