"""When prepaid hours run out, and how many will expire unused: the desk's own past, replayed by weeks.

A moving-block bootstrap (Künsch 1989): futures are strung together from weeks of the observed past, each drawn as it
was, so that a quiet week stays quiet and a busy one busy; from few of them, since the pace is only known from few. Time
is counted in open days. The same facts give the same figures.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from random import Random

WEEK = 5
"""Open days that are drawn together."""
LEAST_DAYS = 10
"""Open days of past below which nothing is foretold."""
SETTLED_DAYS = 40
"""Open days of past from which the range holds as often as it says, whatever the client's ways."""
LEAST_WEEKS = 3
"""A future knows so many at least, or the middle one would know of no work at all in a quiet past."""
FUTURES = 200
SURE = 0.8
"""The share of futures between `low` and `high`: eight times in ten."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A forfait ahead: quarter-hours left, and the open days from today on in which it can be drawn on: of
    `range(first, end)`, 0 being today."""

    quarters: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Range:
    """A figure in the middle one of the futures, and between which two it lies eight times in ten."""

    middle: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`weekly`: quarter-hours a week of the past, in tenths. `days`: open days until nothing is left, None for a bound
    where what is left outlasts its validity. `likely`: the share of futures in which hours run out before they expire.
    `unused`: quarter-hours that will expire. `observed`: open days of past."""

    weekly_tenths: int
    days: tuple[int | None, int | None, int | None]
    likely: float
    unused: Range
    observed: int

    @property
    def runs_out(self) -> bool:
        """More often than not."""
        return self.days[0] is not None


def forecast(past: Sequence[int], holdings: Iterable[Holding], *, futures: int = FUTURES) -> Forecast | None:
    """`past`: quarter-hours consumed on each open day, the oldest first. None while the past is too short to tell, or
    nothing is left to foretell."""
    held = [each for each in holdings if each.quarters > 0 and each.end > each.first]
    held.sort(key=lambda each: (each.end, each.first, each.quarters))
    if len(past) < LEAST_DAYS or not held:
        return None
    horizon = max(each.end for each in held)
    chance = Random(len(past))
    ends: list[int | None] = []
    unused: list[int] = []
    for _ in range(futures):
        gone_on, left = _play(_future(past, horizon, chance), held)
        ends.append(gone_on)
        unused.append(left)
    found = sorted(horizon if day is None else day for day in ends)
    days = tuple(None if day >= horizon else day for day in _spread(found))
    middle, low, high = _spread(sorted(unused))
    likely = sum(day is not None for day in ends) / futures
    weekly = round(sum(past) * WEEK * 10 / len(past))
    return Forecast(weekly, (days[0], days[1], days[2]), likely, Range(middle, low, high), len(past))


def _future(past: Sequence[int], horizon: int, chance: Random) -> list[int]:
    """Consumption of each open day ahead: weeks of the past, each begun on any of its days, the end joined to the
    start.

    A future knows half as many weeks as there were, drawn first. Were each strung from all of them, every future would
    have the past's own pace, as if that were known for sure, and the range would hold half as often as it says.
    """
    ring = [*past, *past[:WEEK]]
    known = chance.choices(range(len(past)), k=max(LEAST_WEEKS, len(past) // (2 * WEEK)))
    starts = chance.choices(known, k=-(-horizon // WEEK))
    return list(chain.from_iterable(ring[start : start + WEEK] for start in starts))[:horizon]


def _play(future: Sequence[int], held: Sequence[Holding]) -> tuple[int | None, int]:
    """The open day on which the hours that run are used up, and the quarter-hours that expire before they are used.
    Consumption takes the forfait that ends first; between two bounds the same forfaits run."""
    total, left = [0, *accumulate(future)], [each.quarters for each in held]
    bounds = sorted({0, *chain.from_iterable((each.first, each.end) for each in held)})
    gone_on: int | None = None
    for start, end in pairwise(bounds):
        running = [index for index, each in enumerate(held) if each.first <= start and end <= each.end and left[index]]
        available, wanted = sum(left[index] for index in running), total[end] - total[start]
        if gone_on is None and 0 < available <= wanted:
            last = bisect_left(total, total[start] + available, start + 1) - 1
            relayed = last == end - 1 and any(each.first <= end < each.end and each.first > start for each in held)
            gone_on = None if relayed else last
        for index in running:
            taken = min(wanted, left[index])
            left[index], wanted = left[index] - taken, wanted - taken
    return gone_on, sum(left)


def _spread(ordered: Sequence[int]) -> tuple[int, int, int]:
    """The median and the bounds of the middle eight tenths."""
    aside = round(len(ordered) * (1 - SURE) / 2)
    return ordered[len(ordered) // 2], ordered[aside], ordered[-aside - 1]
