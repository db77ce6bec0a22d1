"""Which predictor is believed: none, the last hundred answers, or whichever lost least lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sla.queue.expect.calibration import ENOUGH, calibrated
from sla.queue.expect.grid import Grid
from sla.queue.expect.loss import loss

LEAST = 30
"""Below so many answers nothing is claimed but the guaranteed deadline."""
JUDGED_ON = 200
LAST_HUNDRED = "last_hundred"


@dataclass(frozen=True, slots=True)
class Mark:
    """How one predictor did for one answer: the `level` at which the answer came in what it said, and the `loss`, in
    working seconds, of what would have been told by it."""

    level: float
    loss: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that came: the wait in working seconds from the deposit, and each predictor's mark."""

    severity: str
    wait: float
    marks: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """`by` is the predictor believed, `grid` what it says; `offers` what each would tell, calibrated, for scoring."""

    by: str
    grid: Grid
    offers: Mapping[str, Grid]


def tell(said: Mapping[str, Grid], severity: str, past: Sequence[Answer], *, least: int = LEAST) -> Told | None:
    """`said`: each predictor's own grid, uncalibrated; `past`: oldest first, only answers that have come. None while
    too few are known to claim anything, or nobody says anything."""
    offers = offered(said, severity, past)
    if len(past) < least:
        return None
    judged = {rule: grid for rule, grid in offers.items() if sum(rule in each.marks for each in past) >= ENOUGH}
    if judged:
        by = believed(judged, past)
        return Told(by, offers[by], offers)
    return Told(LAST_HUNDRED, said[LAST_HUNDRED], offers) if LAST_HUNDRED in said else None


def offered(said: Mapping[str, Grid], severity: str, past: Sequence[Answer]) -> dict[str, Grid]:
    """Each predictor corrected by where past answers fell, of the same severity once those are enough."""
    found = {}
    for rule, grid in said.items():
        known = [(each.severity, each.marks[rule].level) for each in past if rule in each.marks]
        own = [level for kind, level in known if kind == severity]
        found[rule] = calibrated(grid, own if len(own) >= ENOUGH else [level for _, level in known])
    return found


def believed(offers: Mapping[str, Grid], past: Sequence[Answer]) -> str:
    """The one that lost least over the last answers that all were judged on; the first named, when they are equal."""
    judged = [each.marks for each in past if all(rule in each.marks for rule in offers)][-JUDGED_ON:]
    return min(offers, key=lambda rule: sum(marks[rule].loss for marks in judged))


def alike(severity: str, past: Sequence[Answer], least: int = LEAST) -> list[float]:
    """The waits of the same severity, or of all while those are fewer than `least`."""
    own = [each.wait for each in past if each.severity == severity]
    return own if len(own) >= least else [each.wait for each in past]


def marks(said: Mapping[str, Grid], offers: Mapping[str, Grid], wait: float) -> dict[str, Mark]:
    """What an answer says of each predictor, from what was kept when it was asked."""
    return {rule: Mark(grid.level_of(wait), loss(offers[rule], wait)) for rule, grid in said.items()}
