"""The stretches of an interval in order, each counted or skipped with its reason; they sum to the working time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from .hours import DAY
from .reason import Cause, Stretch, pieces_of
from .schedule import Period, Schedule, covering
from .zone import instant_of

Piece = tuple[int, int, Cause]
COUNTED = ("open", "opening")


def explained(schedule: Schedule, absences: Sequence[Period], low: int, high: int) -> list[Stretch]:
    """The stretches of `[low, high)`, in UTC seconds, neighbours of one cause made one."""
    within = [
        [period for period in found if period.start < high and period.end > low]
        for found in (absences, schedule.openings, schedule.closures)
    ]
    told: list[Piece] = []
    for start, end, usual in _cut(_usual(schedule, low, high), within):
        cause = _decided(start, usual, *within)
        if told and told[-1][2] == cause:
            told[-1] = (told[-1][0], end, cause)
        else:
            told.append((start, end, cause))
    return [
        Stretch(instant_of(start), instant_of(end), reason in COUNTED, reason, label)
        for start, end, (reason, label) in told
    ]


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
    at = schedule.zone.midnight(day)
    pieces = list(pieces_of(schedule, day))
    for _, end, cause in pieces:
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


def _decided(
    at: int, usual: Cause, absences: Sequence[Period], openings: Sequence[Period], closures: Sequence[Period]
) -> Cause:
    """Absence > opening > closure > the date's own hours."""
    absence, opening, closure = covering(absences, at), covering(openings, at), covering(closures, at)
    if absence is not None:
        return "absence", absence.label
    if opening is not None and (closure is not None or usual[0] != "open"):
        return "opening", opening.label
    if opening is None and closure is not None:
        return "closure", closure.label
    return usual
