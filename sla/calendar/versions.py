"""A calendar that was edited: each version rules from its own instant on, and none changes what was before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from .errors import NeverOpen
from .explanation import joined
from .hours import DAY
from .reach import LONGEST
from .reason import Piece
from .rules import Given, Ruled, Rules
from .schedule import Period
from .spans import Span, merged
from .zone import Zone

Part = tuple[int, Ruled]
BEGINNING = -(2**62)  # seconds: before every instant


class Versions:
    """One calendar until an instant, another from it on: `parts` are (first second, calendar), in order."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        first, last = self.parts[0][1].rules, self.parts[-1][1].rules
        self.zone, self.schedule = last.zone, last.schedule
        apart = int(any(part.rules.zone.name != self.zone.name for _, part in self.parts))
        self.first_year, self.last_year = first.first_year + apart, last.last_year - apart

    def within(self, low: int, high: int) -> Iterator[tuple[int, int, Ruled]]:
        """The parts that rule `[low, high)`, each with its share of it."""
        ends = [since for since, _ in self.parts[1:]] + [high]
        for number, ((since, part), end) in enumerate(zip(self.parts, ends, strict=True)):
            start = max(since, low) if number else low
            if start < min(end, high):
                yield start, min(end, high), part

    def build(self, first_year: int, last_year: int) -> list[Span]:
        within = self.within(*self.zone.years(first_year, last_year))
        return merged(span for low, high, part in within for span in part.table.spans(low, high))

    def pieces(self, low: int, high: int) -> list[Piece]:
        return joined(piece for start, end, part in self.within(low, high) for piece in part.rules.pieces(start, end))

    def _on(self, day: date) -> Rules:
        start, _ = self.zone.day(day)
        return next(self.within(start, start + 1))[2].rules

    def usual(self, day: date) -> bool:
        return self._on(day).usual(day)

    def holiday(self, day: date) -> str | None:
        return self._on(day).holiday(day)

    def given(self, low: int, high: int) -> list[Given]:
        """Each version's, cut where it ends; what goes on in the next one is told once."""
        told: list[Given] = []
        ends = [since for since, _ in self.parts[1:]] + [None]
        for number, ((since, part), end) in enumerate(zip(self.parts, ends, strict=True)):
            start = max(since, low) if number else low
            stop = high if end is None else min(end, high)
            for kind, period in part.rules.given(start, stop) if start < stop else ():
                began = max(period.start, since) if number else period.start
                _append(told, kind, Period(began, period.end if end is None else min(period.end, end), period.label))
        return told

    def without(self, closures: tuple[Period, ...]) -> Rules:
        return Versions([(since, Ruled.by(part.rules.without(closures))) for since, part in self.parts])


def _append(told: list[Given], kind: str, period: Period) -> None:
    for position, (earlier, found) in enumerate(told):
        if earlier == kind and found.end == period.start and found.label == period.label:
            told[position] = kind, replace(found, end=period.end)
            return
    told.append((kind, period))


def edited(old: Ruled, at: int, new: Ruled) -> Ruled:
    """The old calendar before `at`, the new one from it on; versions pile up in one list, never nested.

    Raises `NeverOpen` if the desk would stay closed for more than 400 days across the edit.
    """
    before = [(since, part) for since, part in parts_of(old) if since < at]
    later = [(max(since, at), part) for since, part in parts_of(new)]
    after = [entry for entry, then in zip(later, [*later[1:], None], strict=True) if then is None or then[0] > at]
    if old.rules.schedule is not None and new.rules.schedule is not None:
        _refuse_long_gap(before, at, after, new.rules.zone)
    return Ruled.by(Versions([*before, *after]))


def parts_of(ruled: Ruled) -> tuple[Part, ...]:
    """The versions of a calendar; one that was never edited holds from the beginning of time."""
    return ruled.rules.parts if isinstance(ruled.rules, Versions) else ((BEGINNING, ruled),)


def _refuse_long_gap(before: Sequence[Part], at: int, after: Sequence[Part], zone: Zone) -> None:
    """Looks in the versions' own tables, which are made already, no further than the last closing and next opening."""
    low, high = at - (LONGEST + 1) * DAY, at + (LONGEST + 1) * DAY
    closed, opened, end = low, high, at
    for since, part in reversed(before):
        if spans := part.table.spans(max(since, low), end):
            closed = spans[-1][1]
            break
        end = since
    ends = [since for since, _ in after[1:]] + [high]
    for (since, part), end in zip(after, ends, strict=True):
        if spans := part.table.spans(since, min(end, high)):
            opened = spans[0][0]
            break
    if opened - closed > LONGEST * DAY:
        raise NeverOpen(zone.date_of(closed).isoformat())
