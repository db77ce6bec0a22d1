"""What makes a desk's calendar: weekly hours, holidays, special hours, closures and exceptional openings."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .errors import WrongPeriod
from .holiday import Holidays
from .hours import MonthDay
from .spans import Span, clipped, merged, minus
from .words import REASONS
from .zone import Zone, seconds_of

GivenPeriod = tuple[datetime, datetime, str]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closure, an opening or an absence: half-open, in UTC seconds, with the label that people read."""

    start: int
    end: int
    label: str

    @property
    def span(self) -> Span:
        return self.start, self.end


def periods(given: Iterable[Sequence[object]]) -> tuple[Period, ...]:
    """Triples `(start, end, label)` of aware datetimes, sorted. Raises `WrongPeriod`, `NaiveInstant`."""
    return tuple(sorted(_period(triple) for triple in given))


def _period(triple: Sequence[object]) -> Period:
    if isinstance(triple, str) or not isinstance(triple, Sequence) or len(triple) != 3:
        raise WrongPeriod(triple)
    start, end, label = triple
    if not isinstance(start, datetime) or not isinstance(end, datetime) or not isinstance(label, str):
        raise WrongPeriod(triple)
    first, last = seconds_of(start), seconds_of(end)
    if last <= first:
        raise WrongPeriod(f"{start.isoformat()} – {end.isoformat()}")
    return Period(first, last, label)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rules of one desk: opening > closure > special hours > holiday > yearly hours > weekly hours."""

    zone: Zone
    week: list[list[Span]]
    holidays: Holidays
    special: dict[date, list[Span]]
    special_tails: dict[date, list[Span]]
    special_labels: dict[date, str]
    closures: tuple[Period, ...]
    openings: tuple[Period, ...]
    yearly: dict[MonthDay, list[Span]]
    yearly_labels: dict[MonthDay, str]

    def usual(self, day: date) -> list[Span]:
        """The weekly hours of the date's weekday, in local seconds of the day."""
        return self.week[day.weekday()]

    def holiday(self, day: date) -> str | None:
        """The name of the holiday that closes the date, if its special hours don't open it."""
        return self.holidays.of(day.year).get(day)

    def every_year(self, day: date) -> list[Span] | None:
        """The yearly hours that replace the date's weekly ones: only where it has some, and is no holiday."""
        hours = self.yearly.get((day.month, day.day))
        return None if hours is None or not self.usual(day) or self.holiday(day) is not None else hours

    def special_label(self, day: date) -> str | None:
        """What the date's own or yearly hours are called; None where neither rules it."""
        if day in self.special:
            return self.special_labels.get(day, REASONS["special_hours"][0])
        if self.every_year(day) is not None:
            return self.yearly_labels.get((day.month, day.day), REASONS["special_hours"][0])
        return None

    def planned(self, day: date) -> list[Span]:
        """The date's local hours before closures and openings, by precedence."""
        own = self.special.get(day)
        if own is None and self.holiday(day) is not None:
            own = []
        elif own is None:
            yearly = self.every_year(day) if self.yearly else None
            own = self.usual(day) if yearly is None else yearly
        tail = self.special_tails.get(day)
        return merged(own + tail) if tail else own

    def build(self, first_year: int, last_year: int) -> list[Span]:
        """The merged open spans of whole local years, in UTC seconds."""
        low, high = self.zone.years(first_year, last_year)
        day, planned = date(first_year, 1, 1), list[Span]()
        while day.year <= last_year:
            planned += self.zone.spans(day, self.planned(day))
            day += timedelta(days=1)
        kept = minus(merged(planned), merged(clipped((closure.span for closure in self.closures), low, high)))
        return merged(kept + clipped((opening.span for opening in self.openings), low, high))


def covering(found: Sequence[Period], at: int) -> Period | None:
    """The period that holds the instant; of several the one that began last."""
    for position in range(bisect_right(found, at, key=lambda period: period.start) - 1, -1, -1):
        if found[position].end > at:
            return found[position]
    return None
