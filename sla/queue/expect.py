"""When a client can expect an answer: the plan's instant, widened by how wrong the plan has been.

The errors of past predictions, in working seconds, give the window by their empirical quantiles (split conformal
prediction: Papadopoulos et al., 2002). Below `minimum` scored answers nothing is claimed but the guaranteed deadline.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from sla.ticket.clock import Hours


@dataclass(frozen=True, slots=True)
class Window:
    """The answer comes between `low` and `high` with probability `confidence`."""

    low: datetime
    high: datetime
    confidence: float


def window(
    expected: datetime,
    errors_s: Sequence[int],
    hours: Hours,
    now: datetime,
    *,
    minimum: int,
    confidence: float = 0.8,
) -> Window | None:
    """`errors_s`: working seconds between what was expected and what happened, late positive; None if too few are
    known."""
    if len(errors_s) < minimum:
        return None
    early, late = quantiles(sorted(errors_s), confidence)
    low = max(hours.add(expected, timedelta(seconds=early)), hours.next_open(now))
    return Window(low, max(low, hours.add(expected, timedelta(seconds=late))), confidence)


def quantiles(errors: Sequence[int], confidence: float) -> tuple[int, int]:
    """The order statistics that bound a new error with the wanted probability, from sorted errors."""
    tail = round((1 - confidence) / 2 * (len(errors) + 1), 9)  # 9.999… ranks are 10
    outside = max(0, floor(tail) - 1)
    return errors[outside], errors[-1 - outside]
