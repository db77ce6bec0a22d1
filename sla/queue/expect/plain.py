"""Predictors that know nothing of the queue: what came lately will come again. Fallbacks, and what ours is measured
by."""

from collections.abc import Sequence

from sla.queue.expect.grid import LEVELS, Grid

RECENT = 100
FEW = 10


def last_hundred(waits: Sequence[float]) -> Grid:
    """`waits`: of the same severity, oldest first."""
    return Grid.of(waits[-RECENT:])


def rolling_mean(waits: Sequence[float]) -> Grid:
    """The mean of the last ten, claimed at every level: what a screen that says « environ 40 min » does."""
    few = waits[-FEW:]
    return certain(sum(few) / len(few))


def last_wait(waits: Sequence[float]) -> Grid:
    return certain(waits[-1])


def certain(wait: float) -> Grid:
    """One wait, as if nothing else could happen."""
    return Grid((wait,) * len(LEVELS))
