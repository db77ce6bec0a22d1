"""Wall clock to UTC seconds and back, with one rule for the nights on which the clocks change.

A wall time that is skipped (gap) stands for the instant of the change. One that occurs twice (fold) stands for its
first occurrence where the desk opens, for its second where it closes. Midnight is the first instant of its date.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .errors import NaiveInstant, UnknownZone
from .hours import DAY
from .spans import Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The C functions themselves: subclasses (pendulum, freezegun) override the operator, some of them wrongly.
_since = datetime.__sub__
_instant = datetime.fromtimestamp


def seconds_of(at: datetime) -> int:
    """Whole seconds since 1970 of an aware instant, a fraction dropped. Raises `NaiveInstant`."""
    try:
        elapsed = _since(at, EPOCH)
        return elapsed.days * DAY + elapsed.seconds
    except (TypeError, AttributeError):
        raise NaiveInstant(at) from None


def instant_of(seconds: int) -> datetime:
    """The aware UTC datetime of whole seconds since 1970."""
    return _instant(seconds, UTC)


class Zone:
    """A time zone by its IANA name. Raises `UnknownZone`."""

    def __init__(self, name: str) -> None:
        try:
            self.info = ZoneInfo(name)
        except (ValueError, TypeError, OSError, KeyError):
            raise UnknownZone(name) from None
        self.name = name

    def date_of(self, seconds: int) -> date:
        """The local date of an instant."""
        return _instant(seconds, self.info).date()

    def midnight(self, day: date) -> int:
        """The first instant of a local date."""
        return self.opening(day, 0)

    def day(self, day: date) -> Span:
        """A local date from its first instant to the next one's."""
        return self.midnight(day), self.midnight(day + timedelta(days=1))

    def years(self, first: int, last: int) -> Span:
        """Whole local years, both included."""
        return self.midnight(date(first, 1, 1)), self.midnight(date(last + 1, 1, 1))

    def opening(self, day: date, second: int) -> int:
        """The instant at which the desk opens, told to open at `second` of `day`."""
        return self._edge(day, second, closing=False)

    def closing(self, day: date, second: int) -> int:
        """The instant at which the desk closes, told to close at `second` of `day`; `DAY` is the date's end."""
        return self._edge(day, second, closing=0 < second < DAY)

    def spans(self, day: date, hours: list[Span]) -> list[Span]:
        """The UTC spans of a date's local hours; an empty one where the clocks skip it."""
        if not hours:
            return []
        zero = self.steady(day)
        if zero is not None:
            return [(zero + start, zero + end) for start, end in hours]
        return [(self.opening(day, start), self.closing(day, end)) for start, end in hours]

    def steady(self, day: date) -> int | None:
        """The first instant of a local date all of which is on one offset; None where the clocks change on it."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.info)
        offset, after = midnight.utcoffset(), (midnight + timedelta(days=1)).utcoffset()
        return seconds_of(midnight) if offset == after and offset is not None else None

    def _edge(self, day: date, second: int, *, closing: bool) -> int:
        wall = datetime(day.year, day.month, day.day, tzinfo=self.info) + timedelta(seconds=second)
        first, last = seconds_of(wall.replace(fold=0)), seconds_of(wall.replace(fold=1))
        if first > last:
            return self._change(last, first)
        return last if closing else first

    def _change(self, before: int, after: int) -> int:
        """The instant of the change of offset in `(before, after]`."""
        old = _instant(before, self.info).utcoffset()
        while after - before > 1:
            middle = (before + after) // 2
            if _instant(middle, self.info).utcoffset() == old:
                before = middle
            else:
                after = middle
        return after
