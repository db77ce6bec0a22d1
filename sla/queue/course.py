"""How much a job wants to be done, and how that goes with time."""

from math import inf
from typing import NamedTuple

Rank = tuple[float, float]
"""The higher comes first: a value, and where rounding makes two of them one, the same without the time in it."""


class Course(NamedTuple):
    """A rank along `base + slope·now` until the last instant at which work begun then keeps its promise, `steady`
    after it."""

    steady: float
    until: float = -inf
    base: float = 0.0
    slope: float = 0.0

    def at(self, now: float) -> Rank:
        return (self.steady, self.steady) if now > self.until else (self.base + self.slope * now, self.base)
