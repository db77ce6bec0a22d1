"""How wrong a distribution was, once the wait is known."""

from collections.abc import Sequence

from sla.queue.expect.grid import Grid

JUDGED = (0.1, 0.5, 0.8, 0.9)
"""The levels that are told or compared: the window's ends, the middle, and the one that predictors are compared at."""


def pinball(told: float, wait: float, level: float) -> float:
    """The loss of a quantile (Koenker and Bassett, 1978): least, on average, at the true one."""
    return (wait - told) * level if wait >= told else (told - wait) * (1 - level)


def loss(grid: Grid, wait: float, levels: Sequence[float] = JUDGED) -> float:
    """The mean pinball of its judged levels, in working seconds."""
    return sum(pinball(grid.at(level), wait, level) for level in levels) / len(levels)
