"""The stretches of an interval in order, each counted or skipped with its reason; they sum to the working time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from .hours import DAY
from .reason import COUNTED, Cause, Piece, pieces_of
from .schedule import Period, Schedule, covering


def explained(schedule: Schedule, low: int, high: int) -> list[Piece]:
    """The pieces of `[low, high)`, in UTC seconds, neighbours of one cause made one."""
    openings, closures = (
        [period for period in found if period.start < high and period.end > low]
        for found in (schedule.openings, schedule.closures)
    )
    return joined(
        (start, end, _decided(start, usual, openings, closures))
        for start, end, usual in _cut(_usual(schedule, low, high), (openings, closures))
    )


def overlaid(pieces: Iterable[Piece], absences: Sequence[Period]) -> list[Piece]:
    """The pieces with what the absences take of them."""
    told: list[Piece] = []
    for start, end, cause in _cut(pieces, (absences,)):
        absence = covering(absences, start)
        told.append((start, end, cause if absence is None else ("absence", absence.label)))
    return joined(told)


def both_open(ones: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    """Two tellings of one interval as that of where both are open; of two reasons to be closed, the first's."""
    told: list[Piece] = []
    at = position = 0
    for start, end, cause in ones:
        at = start
        while at < end:
            _, until, other = others[position]
            weightier = other if cause[0] == "open" or (cause[0] in COUNTED and other[0] not in COUNTED) else cause
            told.append((at, min(end, until), weightier))
            position += until <= end
            at = min(end, until)
    return joined(told)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one cause as one."""
    told: list[Piece] = []
    for start, end, cause in pieces:
        if told and told[-1][2] == cause:
            told[-1] = (told[-1][0], end, cause)
        else:
            told.append((start, end, cause))
    return told


def _usual(schedule: Schedule, low: int, high: int) -> Iterator[Piece]:
    """The interval in UTC as the dates' own hours have it."""
    day, last = schedule.zone.date_of(low), schedule.zone.date_of(high)
    while day <= last:
        for start, end, cause in _on_the_clock(schedule, day):
            if max(start, low) < min(end, high):
                yield max(start, low), min(end, high), cause
        day += timedelta(days=1)


def _on_the_clock(schedule: Schedule, day: date) -> Iterator[Piece]:
    """A date's pieces in UTC without a hole: an edge into open time is an opening, one out of it a closing."""
    zero = schedule.zone.steady(day)
    if zero is not None:
        yield from ((zero + start, zero + end, cause) for start, end, cause in pieces_of(schedule, day))
        return
    at = schedule.zone.midnight(day)
    for _, end, cause in pieces_of(schedule, day):
        closes = cause[0] == "open" and end < DAY
        edge = schedule.zone.closing(day, end) if closes else schedule.zone.opening(day, end)
        if edge > at:
            yield at, edge, cause
            at = edge


def _cut(pieces: Iterable[Piece], within: Sequence[Sequence[Period]]) -> Iterator[Piece]:
    """The pieces, cut wherever a closure, an opening or an absence begins or ends."""
    edges = sorted({edge for found in within for period in found for edge in (period.start, period.end)})
    position = 0
    for start, end, cause in pieces:
        while position < len(edges) and edges[position] <= start:
            position += 1
        while position < len(edges) and edges[position] < end:
            yield start, edges[position], cause
            start = edges[position]
            position += 1
        yield start, end, cause


def _decided(at: int, usual: Cause, openings: Sequence[Period], closures: Sequence[Period]) -> Cause:
    """Opening > closure > the date's own hours."""
    opening, closure = covering(openings, at), covering(closures, at)
    if opening is not None:
        return ("opening", opening.label) if closure is not None or usual[0] != "open" else usual
    return usual if closure is None else ("closure", closure.label)
