"""A calendar by the day: what people ask of it beside instants, and why it answers so."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .bulk import ManyTimes
from .errors import YearOutOfReach
from .holiday import FIRST_YEAR, LAST_YEAR
from .hours import plain_date
from .reason import NOTEWORTHY, Stretch, stretch_of
from .rules import Ruled
from .spans import Span
from .zone import Zone, instant_of, seconds_of

ONE = timedelta(days=1)


class WorkingDays(ManyTimes):
    """Dates, their hours, and explanations; see `BusinessCalendar`."""

    __slots__ = ("_ruled",)

    def __init__(self, ruled: Ruled) -> None:
        super().__init__(ruled.table)
        self._ruled = ruled

    @property
    def _zone(self) -> Zone:
        return self._ruled.rules.zone

    @property
    def zone(self) -> ZoneInfo:
        """The desk's time zone, in which instants are shown."""
        return self._zone.info

    def explain(self, start: datetime, end: datetime) -> list[Stretch]:
        """The stretches between two instants in order, each counted or skipped and why; none when `end` comes first.

        The counted ones sum to `between(start, end)`, all of them to the elapsed time, fractions of a second dropped.
        """
        low, high = seconds_of(start), seconds_of(end)
        self._table.covering(low)
        self._table.covering(high)
        return [stretch_of(piece) for piece in self._ruled.rules.pieces(low, high)] if low < high else []

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
        day, left, step = local.date(), abs(days), ONE if days > 0 else -ONE
        while left:
            day += step
            left -= self.open_day(day)
        wall = local.hour * 3600 + local.minute * 60 + local.second
        return self.next_open(instant_of(self._zone.opening(day, wall)))

    def open_day(self, day: date) -> bool:
        """Whether the desk opens on this local date, be it for a minute."""
        return bool(self._of(day))

    def hours_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open spans of a local date, in the desk's zone, cut at its midnights."""
        zone = self.zone
        return [(instant_of(start).astimezone(zone), instant_of(end).astimezone(zone)) for start, end in self._of(day)]

    def closed_days(self, first: date, days: int) -> list[tuple[date, str]]:
        """Of `days` dates from `first`, those with weekly hours on which the desk stays closed, and why (the label)."""
        usual = self._ruled.rules.usual
        return [(day, self._told(day).label) for day in dates(first, days) if usual(day) and not self.open_day(day)]

    def holidays(self, first: date, last: date) -> list[tuple[date, str]]:
        """The public holidays from `first` to `last` with their French names, those at weekends or worked on too."""
        named = ((day, self._ruled.rules.holiday(day)) for day in dates(first, (last - first).days + 1))
        return [(day, name) for day, name in named if name is not None]

    def bridges(self, first: date | int, last: date | None = None) -> list[tuple[date, str]]:
        """Bridge days (« ponts ») to propose in a year, or from `first` to `last`: the date, and the holiday's name.

        A day on which the desk opens, alone between two on which it doesn't: a holiday on one side, and on the other
        a weekend, a closure or another holiday. Words for the closure: `bridge_label`.
        """
        if isinstance(first, int):
            if not FIRST_YEAR <= first <= LAST_YEAR:
                raise YearOutOfReach(first)
            return self.bridges(date(first, 1, 1), date(first, 12, 31))
        found = dates(first, ((last or first) - first).days + 1)
        return [(day, name) for day in found if (name := self._bridged(day))]

    def _bridged(self, day: date) -> str:
        """The name of the holiday that a bridge on the date would join; empty if it would be none."""
        eve, morrow = day - ONE, day + ONE
        if not self.open_day(day) or self.open_day(eve) or self.open_day(morrow):
            return ""
        beside = [self._told(near) for near in (eve, morrow) if self._ruled.rules.usual(near)]
        return next((told.label for told in beside if told.reason == "holiday"), "")

    def _told(self, day: date) -> Stretch:
        """Of a date's stretches the one that says most."""
        told = (stretch_of(piece) for piece in self._ruled.rules.pieces(*self._zone.day(day)))
        return min(told, key=lambda stretch: NOTEWORTHY.index(stretch.reason))

    def _of(self, day: date) -> list[Span]:
        if not FIRST_YEAR <= plain_date(day).year <= LAST_YEAR:
            raise YearOutOfReach(day.year)
        return self._table.spans(*self._zone.day(day))


def dates(first: date, number: int) -> Iterator[date]:
    """So many local dates from the first. Raises `WrongDate`."""
    begin = plain_date(first)
    return (begin + timedelta(days=count) for count in range(number))
