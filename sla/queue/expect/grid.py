"""A distribution of waits as its quantiles at fixed levels, in working seconds: what is stored, read and calibrated."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor

LEVELS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
LOWEST, HIGHEST = LEVELS[0], LEVELS[-1]
MEDIAN = LEVELS.index(0.5)
LEAST_SPREAD_S = 60.0
"""Beyond the last level, waits go on by the distance from the median; a distribution without width has one all the
same."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`values`: never falling, one for each of LEVELS. The level of a wait and the wait at a level undo each other."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, waits: Sequence[float]) -> "Grid":
        """The quantiles of a sample, every wait alike; ValueError of an empty one."""
        return cls.weighted([(wait, 1.0) for wait in waits])

    @classmethod
    def weighted(cls, waits: Sequence[tuple[float, float]]) -> "Grid":
        """Of (wait, weight); each wait stands in the middle of its own weight."""
        known = sorted(each for each in waits if each[1] > 0)
        if not known:
            raise ValueError("a distribution needs at least one wait")
        total = sum(weight for _, weight in known)
        ends = accumulate(weight for _, weight in known)
        places = [(end - weight / 2) / total for end, (_, weight) in zip(ends, known, strict=True)]
        return cls(tuple(_between(places, [wait for wait, _ in known], level) for level in LEVELS))

    def at(self, level: float) -> float:
        """The wait that is not passed with this probability; `level` may exceed 1, as `level_of` may."""
        if level < LOWEST:
            return self.values[0] * max(0.0, level) / LOWEST
        if level > HIGHEST:
            return self.values[-1] + (level - HIGHEST) * self._beyond
        return _between(LEVELS, self.values, level)

    def level_of(self, wait: float) -> float:
        """How far up the distribution a wait lies; in the middle of those that share it. Above HIGHEST it grows without
        bound."""
        if wait < self.values[0]:
            return LOWEST * max(0.0, wait) / self.values[0]
        if wait > self.values[-1]:
            return HIGHEST + (wait - self.values[-1]) / self._beyond
        first, after = bisect_left(self.values, wait), bisect_right(self.values, wait)
        if after > first:
            return (LEVELS[first] + LEVELS[after - 1]) / 2
        return _between(self.values, LEVELS, wait)

    @property
    def _beyond(self) -> float:
        return max(self.values[-1] - self.values[MEDIAN], LEAST_SPREAD_S)


def order_statistic(ordered: Sequence[float], level: float) -> float:
    """What a new value of the same kind stays below with probability `level` at least, of a sorted sample: outward for
    each tail, as split conformal prediction asks (Papadopoulos et al., 2002)."""
    rank = round(level * (len(ordered) + 1), 9)  # 9.999… is rank 10
    if level == 0.5:
        low, high = floor(rank), ceil(rank)
        return (_ranked(ordered, low) + _ranked(ordered, high)) / 2
    return _ranked(ordered, floor(rank) if level < 0.5 else ceil(rank))


def _ranked(ordered: Sequence[float], rank: int) -> float:
    return ordered[min(max(rank, 1), len(ordered)) - 1]


def _between(places: Sequence[float], values: Sequence[float], place: float) -> float:
    """The value at a place, straight between its neighbours; level beyond both ends."""
    after = bisect_right(places, place)
    if after == 0:
        return values[0]
    if after == len(places):
        return values[-1]
    low, high = places[after - 1], places[after]
    share = (place - low) / (high - low)
    return values[after - 1] + share * (values[after] - values[after - 1])
