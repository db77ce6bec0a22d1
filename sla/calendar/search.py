"""Working time on the table of open spans, by bisection: the arithmetic that every deadline rests on."""

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta

from .errors import CalendarError, NaiveInstant, WrongAmount
from .hours import DAY
from .spans import Span
from .table import Columns, Table
from .zone import EPOCH, instant_of, seconds_of

# Bound once: these run in the inner loop of plans and previews. The C functions, for the reason given in zone.py.
_since = datetime.__sub__
_instant = datetime.fromtimestamp


class WorkingTime:
    """`add`, `between` and the neighbours of an instant; see `BusinessCalendar` for fractions of a second."""

    __slots__ = ("_table",)

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, at: datetime, amount: timedelta) -> datetime:
        """The instant at which `amount` of working time from `at` is used up; a negative amount counts back.

        Used up exactly at closing, it is the closing. Nothing to add: `at` if open, else the next opening.
        """
        try:
            elapsed = _since(at, EPOCH)
            start = elapsed.days * DAY + elapsed.seconds
            seconds = amount.days * DAY + amount.seconds
        except (TypeError, AttributeError):
            raise refusal(at, amount) from None
        columns = self._table.columns
        if not columns[0] <= start < columns[1]:
            columns = self._table.covering(start)
        _, _, starts, ends, shift, worked = columns
        if seconds <= 0:
            return self._back(start, seconds) if seconds else self.next_open(at)
        span = bisect_right(starts, start) - 1
        end = ends[span]
        if start + seconds <= end:
            return _instant(start + seconds, UTC)
        target = (start if start < end else end) - shift[span] + seconds
        while target > worked[-1]:
            columns = self._table.later(columns)
            _, _, starts, ends, shift, worked = columns
        return _instant(target + shift[bisect_left(worked, target) - 1], UTC)

    def _back(self, start: int, seconds: int) -> datetime:
        columns = self._table.covering(start)
        target = behind(columns, start) + seconds
        while target < columns[5][0]:
            columns = self._table.earlier(columns)
        return instant_of(target + columns[4][bisect_right(columns[5], target) - 1])

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`, in whole seconds; negative when `end` comes first."""
        try:
            elapsed, later = _since(start, EPOCH), _since(end, EPOCH)
            low, high = elapsed.days * DAY + elapsed.seconds, later.days * DAY + later.seconds
        except (TypeError, AttributeError):
            raise refusal(start, end) from None
        first, last, starts, ends, shift, _ = self._table.columns
        if not (first <= low < last and first <= high < last):
            self._table.covering(low)
            first, last, starts, ends, shift, _ = self._table.covering(high)
        span = bisect_right(starts, low) - 1
        close = ends[span]
        before = (low if low < close else close) - shift[span]
        span = bisect_right(starts, high) - 1
        close = ends[span]
        return timedelta(0, (high if high < close else close) - shift[span] - before)

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at this instant: from an opening on, no longer at a closing."""
        start = seconds_of(at)
        _, _, starts, ends, _, _ = self._table.covering(start)
        return start < ends[bisect_right(starts, start) - 1]

    def next_open(self, at: datetime) -> datetime:
        """`at` if open, else the next opening."""
        return _exact(at) if self.is_open(at) else self.next_opening(at)

    def prev_open(self, at: datetime) -> datetime:
        """`at` if the desk is open just before it, else the previous closing."""
        start = _rounded_up(at)
        columns = self._table.covering(start)
        while (span := bisect_left(columns[2], start) - 1) == 0:
            columns = self._table.earlier(columns)
        return _exact(at) if start <= columns[3][span] else instant_of(columns[3][span])

    def next_close(self, at: datetime) -> datetime:
        """The first closing after `at`."""
        start = seconds_of(at)
        columns = self._table.covering(start)
        while (span := bisect_right(columns[3], start)) == len(columns[3]) or columns[3][span] == columns[1]:
            columns = self._table.later(columns)
        return instant_of(columns[3][span])

    def next_opening(self, at: datetime) -> datetime:
        """The first change from closed to open after `at`."""
        start = seconds_of(at)
        columns = self._table.covering(start)
        while (span := bisect_right(columns[2], start)) == len(columns[2]):
            columns = self._table.later(columns)
        return instant_of(columns[2][span])

    def prev_opening(self, at: datetime) -> datetime:
        """The last change from closed to open before `at`."""
        start = _rounded_up(at)
        columns = self._table.covering(start)
        while (span := bisect_left(columns[2], start) - 1) == 0 or columns[2][span] == columns[0]:
            columns = self._table.earlier(columns)
        return instant_of(columns[2][span])

    def spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The open spans between two instants, in UTC, cut at both; none when `end` comes first."""
        spans = self.open_seconds(seconds_of(start), seconds_of(end))
        return [(instant_of(opening), instant_of(closing)) for opening, closing in spans]

    def open_seconds(self, low: int, high: int) -> list[Span]:
        """`spans` in whole seconds since 1970."""
        return self._table.spans(low, high)


def behind(columns: Columns, at: int) -> int:
    """The working seconds behind an instant that the columns cover, from their zero."""
    span = bisect_right(columns[2], at) - 1
    return min(at, columns[3][span]) - columns[4][span]


def refusal(*given: object) -> CalendarError:
    """The error for the first of the arguments that is neither an aware instant nor an amount."""
    for position, value in enumerate(given):
        if isinstance(value, datetime):
            if value.utcoffset() is None:
                return NaiveInstant(value)
        elif not isinstance(value, timedelta):
            return WrongAmount(value) if position else NaiveInstant(value)
    return NaiveInstant(given[-1])


def _exact(at: datetime) -> datetime:
    """The same instant in UTC, its fraction of a second kept."""
    return instant_of(seconds_of(at)).replace(microsecond=at.microsecond)


def _rounded_up(at: datetime) -> int:
    return seconds_of(at) + (at.microsecond > 0)
