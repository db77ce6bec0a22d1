"""A predictor corrected by its own past: at what level of what it said did the answers really come?

Split conformal prediction on the levels of past answers within what was told of them (distributional conformal
prediction: Chernozhukov, Wüthrich, Zhu, 2021), over a rolling window, so that it follows a desk that changes.
"""

from collections.abc import Sequence

from sla.queue.expect.grid import LEVELS, Grid, order_statistic

REMEMBERED = 300
ENOUGH = 100
"""From so many answers of its own on, a severity is calibrated by them; before, by all of the desk's."""


def calibrated(said: Grid, levels: Sequence[float]) -> Grid:
    """`levels`: where past answers fell within the predictor's grids, oldest first; unchanged while there are none."""
    if not levels:
        return said
    ordered = sorted(levels[-REMEMBERED:])
    return Grid(tuple(said.at(order_statistic(ordered, level)) for level in LEVELS))
