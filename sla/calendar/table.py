"""The table behind every answer: open spans and the working seconds before each, grown by years when asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from threading import RLock

from .errors import YearOutOfReach
from .spans import Span, clipped
from .zone import EPOCH, Zone

Columns = tuple[int, int, list[int], list[int], list[int], list[int]]
"""low, high, starts, ends, shift, worked; all in whole seconds.

The spans lie in `[low, high)`. `worked[i]` is the open time before span i (one more for the whole), counted from an
arbitrary zero; `shift[i]` is `starts[i] - worked[i]`, so that an instant in span i has `instant - shift[i]` behind it.
Span 0 is empty and lies before `low`: a search always finds a span, and never lands in it.
"""


class Table:
    """Open time in `[low, high)`. Readers take `columns` once and never see it change: growing replaces it whole."""

    __slots__ = ("_build", "_first", "_last", "_lock", "_years", "_zone", "columns")

    def __init__(self, zone: Zone, build: Callable[[int, int], list[Span]], first_year: int, last_year: int) -> None:
        self._zone, self._build = zone, build
        self._first, self._last = first_year, last_year
        self._lock = RLock()
        self._years: tuple[int, int] | None = None
        self.columns: Columns = (0, 0, [-1], [-1], [-1], [0, 0])

    def covering(self, seconds: int) -> Columns:
        """The columns, grown until they cover the instant. Raises `YearOutOfReach`."""
        try:
            year = self._zone.date_of(seconds).year
        except (ValueError, OverflowError):  # within a day of year 1 or 9999
            raise YearOutOfReach("1" if seconds < 0 else "9999") from None
        with self._lock:
            if not self.columns[0] <= seconds < self.columns[1]:
                self._reach(year)
            return self.columns

    def later(self, columns: Columns) -> Columns:
        """Columns that reach further into the future than those given. Raises `YearOutOfReach` at the end of time."""
        with self._lock:
            if self.columns[1] <= columns[1]:
                self._reach(self._ends()[1] + 1)
            return self.columns

    def earlier(self, columns: Columns) -> Columns:
        """Columns that reach further into the past than those given. Raises `YearOutOfReach` at its beginning."""
        with self._lock:
            if self.columns[0] >= columns[0]:
                self._reach(self._ends()[0] - 1)
            return self.columns

    def _ends(self) -> tuple[int, int]:
        return self._years or (EPOCH.year + 1, EPOCH.year)

    def _reach(self, year: int) -> None:
        """Adds the year, and as many beside it as are known already: many small steps cost no more than one."""
        if not self._first <= year <= self._last:
            raise YearOutOfReach(year)
        if self._years is None:
            self._years = (year, year)
            self._replace(self._build(year, year), year, year, 0)
            return
        first, last = self._years
        stride = last - first
        if year > last:
            until = min(max(year, last + stride), self._last)
            self._replace(self._known() + self._build(last + 1, until), first, until, self.columns[5][0])
        elif year < first:
            since = max(min(year, first - stride), self._first)
            past = self._build(since, first - 1)
            behind = self.columns[5][0] - sum(end - start for start, end in past)
            self._replace(past + self._known(), since, last, behind)

    def _known(self) -> list[Span]:
        _, _, starts, ends, _, _ = self.columns
        return list(zip(starts[1:], ends[1:], strict=True))

    def _replace(self, spans: list[Span], first: int, last: int, behind: int) -> None:
        """Publishes the columns of the spans. The zero of `worked` stays, so that work counted before still holds."""
        low, high = self._zone.years(first, last)
        starts, ends, shift, worked = [low - 1], [low - 1], [low - 1 - behind], [behind, behind]
        for start, end in spans:
            if start == ends[-1]:
                ends[-1] = end
                worked[-1] += end - start
                continue
            starts.append(start)
            ends.append(end)
            shift.append(start - worked[-1])
            worked.append(worked[-1] + end - start)
        self._years = (first, last)
        self.columns = (low, high, starts, ends, shift, worked)

    def spans(self, low: int, high: int) -> list[Span]:
        """The open spans of `[low, high)`, cut at both."""
        if low >= high:
            return []
        self.covering(low)
        _, _, starts, ends, _, _ = self.covering(high - 1)
        first, last = bisect_right(ends, low), bisect_left(starts, high)
        return clipped(zip(starts[first:last], ends[first:last], strict=True), low, high)

    def years(self, first: int, last: int) -> list[Span]:
        """The open spans of whole local years."""
        return self.spans(*self._zone.years(first, last))
