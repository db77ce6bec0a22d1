"""What a run kept and what it cost, and how sure that is over several seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import fmean, stdev

from sla.simulation.run import Run, Told
from sla.simulation.simulated_desk import SimulatedDesk

HUNDRED = 100.0
T_95 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045)  # fmt: skip
"""Student's t, two-sided 95 %, by degrees of freedom from 1."""
Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one run. `broken`: % of tickets with any broken promise; `late`: weighted minutes late for each ticket;
    `response`: the 90th percentile of the wait for the first answer, in working minutes; `wait`: its mean; `load`: % of
    their time that technicians worked, each in order; `tickets` in all."""

    tickets: int
    broken: float
    late: float
    response: float
    wait: float
    load: tuple[float, ...]

    @property
    def load_mean(self) -> float:
        return fmean(self.load or (0.0,))


def tally(desk: SimulatedDesk, run: Run, told: Sequence[Told], worked_s: float) -> Tally:
    """`worked_s`: the working seconds of the period, absences not taken out."""
    severities = desk.by_severity
    count = max(1, len(told))
    waits = sorted((each.answered - each.case.place) / 60 for each in told)
    late = sum(
        severities[each.case.severity].weight
        * (
            each.promises.late_s(each.promises.first)
            + desk.follow_weight
            * each.promises.late_s(each.promises.workaround, each.promises.following, each.promises.resolution)
        )
        for each in told
    )
    loads = tuple(HUNDRED * run.shift.worked[hand.id] / worked_s for hand in desk.hands)
    broken = HUNDRED * sum(each.promises.broken for each in told) / count
    return Tally(len(told), broken, late / 60 / count, percentile(waits, 90), fmean(waits or [0.0]), loads)


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value that `share` % of a sorted sample do not pass."""
    return ordered[max(0, ceil(len(ordered) * share / 100) - 1)] if ordered else 0.0


def student(degrees: int) -> float:
    """Beyond the table, by its expansion in 1/degrees (Abramowitz and Stegun, 26.7.5)."""
    if degrees <= len(T_95):
        return T_95[degrees - 1]
    z = Z_95
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over seeds, and the half-width of its 95 % confidence interval; 0 where one seed tells nothing."""

    mean: float
    half: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Interval":
        if len(values) < 2:
            return cls(fmean(values or [0.0]), 0.0)
        return cls(fmean(values), student(len(values) - 1) * stdev(values) / sqrt(len(values)))

    @classmethod
    def of_difference(cls, ones: Sequence[float], others: Sequence[float]) -> "Interval":
        """Of `ones` less `others`, seed by seed: what both met alike cancels out."""
        return cls.of([one - other for one, other in zip(ones, others, strict=True)])

    @property
    def low(self) -> float:
        return self.mean - self.half

    @property
    def high(self) -> float:
        return self.mean + self.half
