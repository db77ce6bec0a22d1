"""Whether what was told was true: of windows that claim 8 times in 10, how many held?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean

from sla.queue.expect.grid import LEVELS, Grid
from sla.queue.expect.loss import pinball

JUDGED_AT = 0.8
WATCHED = 200
FEWEST = 50
RARE = 3.3
"""Standard deviations that chance alone passes once in a thousand times."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A window that was told, and what came: `grid`, the distribution behind it; `wait` in working seconds; `naive`:
    what the predictors that know nothing of the queue would have said then."""

    severity: str
    within: bool
    grid: Grid
    wait: float
    naive: dict[str, Grid]


@dataclass(frozen=True, slots=True)
class Rated:
    """One predictor over all outcomes: mean pinball at 0.8 and mean error of its middle, in seconds; the share of its
    80 % windows that held."""

    rule: str
    pinball: float
    error: float
    covered: float


@dataclass(frozen=True, slots=True)
class Drift:
    """Windows hold less often than they claim, or more, beyond what chance explains: `covered` of the last `count`."""

    covered: float
    count: int
    claimed: float

    @property
    def too_narrow(self) -> bool:
        return self.covered < self.claimed


def covered(outcomes: Sequence[Outcome]) -> float:
    """The share of windows that held their answer; 0 of none."""
    return fmean(each.within for each in outcomes) if outcomes else 0.0


def curve(outcomes: Sequence[Outcome]) -> list[tuple[float, float]]:
    """For each level told, how many answers had come by then: on the diagonal, what is claimed is true."""
    count = max(1, len(outcomes))
    return [(level, sum(each.wait <= each.grid.at(level) for each in outcomes) / count) for level in LEVELS]


def rated(outcomes: Sequence[Outcome], ours: str) -> list[Rated]:
    """Ours first, with its windows as they were told, then the naive ones that had something to say each time."""
    if not outcomes:
        return []
    told = _rated(ours, [(each.grid, each.wait) for each in outcomes])
    rules = [rule for rule in outcomes[0].naive if all(rule in each.naive for each in outcomes)]
    naive = [_rated(rule, [(each.naive[rule], each.wait) for each in outcomes]) for rule in rules]
    return [replace(told, covered=covered(outcomes)), *naive]


def _rated(rule: str, told: Sequence[tuple[Grid, float]]) -> Rated:
    lost = fmean(pinball(grid.at(JUDGED_AT), wait, JUDGED_AT) for grid, wait in told)
    error = fmean(abs(grid.at(0.5) - wait) for grid, wait in told)
    return Rated(rule, lost, error, fmean(grid.at(0.1) <= wait <= grid.at(0.9) for grid, wait in told))


def drift(held: Sequence[bool], claimed: float) -> Drift | None:
    """`held`: of each window in order, whether it held; None while the last of them are what chance explains."""
    last = held[-WATCHED:]
    if len(last) < FEWEST:
        return None
    share = fmean(last)
    spread = sqrt(claimed * (1 - claimed) / len(last))
    return Drift(share, len(last), claimed) if abs(share - claimed) > RARE * spread else None
