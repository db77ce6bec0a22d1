"""The rule's numbers, fitted on a desk's own kind of days: coordinate by coordinate, while something gets better.

Fit on other seeds than those that are shown: what is fitted on a history looks better on it than it is. So what was
found is played once more beside the start, on seeds that the fit has not seen (`checked`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from sla.queue.rule import HOUR, MINUTE, Rule
from sla.simulation.campaign import Campaign, difference
from sla.simulation.history import History
from sla.simulation.policy import Pull
from sla.simulation.simulated_desk import Severity, SimulatedDesk
from sla.simulation.tally import Interval, Tally

FIRST_SEED, FIRST_CHECK = 20_000, 30_000
"""Far from the seeds that `sla simulate` and the benches show, which begin at 0 and 1000."""
LATE_COST = 0.02
"""What a weighted minute late, a ticket, counts beside one per cent of broken promises."""
LADDERS: dict[str, tuple[float, ...]] = {
    "patience_s": tuple(MINUTE * each for each in (30, 60, 90, 120, 180, 240, 360, 480)),
    "pace_power": (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0),
    "lost": (0.05, 0.1, 0.25, 0.5, 1.0),
    "hand_over_share": (1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0),
}
WEIGHTS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
RESOLUTION = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Numbers:
    """`weights`: by severity, of a first answer, the lightest last; `resolution`: what its resolution weighs beside."""

    rule: Rule
    weights: tuple[tuple[str, float], ...]
    resolution: float

    @classmethod
    def of(cls, desk: SimulatedDesk, rule: Rule) -> "Numbers":
        kinds = {severity_of(each): each.weight for each in desk.severities}
        ordered = sorted(kinds.items(), key=lambda kind: -kind[1])
        return cls(rule, tuple(ordered), desk.follow_weight)

    def desk(self, desk: SimulatedDesk) -> SimulatedDesk:
        """The same desk, weighing so."""
        weights = dict(self.weights)
        severities = [replace(each, weight=weights[severity_of(each)]) for each in desk.severities]
        return replace(desk, severities=severities, follow_weight=self.resolution)

    def beside(self) -> Iterator["Numbers"]:
        """One number at its next lower or next higher step. The lightest weight stays: only their ratios count."""
        for name, ladder in LADDERS.items():
            for step in _steps(getattr(self.rule, name), ladder):
                changed: dict[str, Any] = {name: step}
                yield replace(self, rule=replace(self.rule, **changed))
        for place, (kind, weight) in enumerate(self.weights[:-1]):
            for step in _steps(weight, WEIGHTS):
                yield replace(self, weights=(*self.weights[:place], (kind, step), *self.weights[place + 1 :]))
        for step in _steps(self.resolution, RESOLUTION):
            yield replace(self, resolution=step)


def severity_of(severity: Severity) -> str:
    """Without the level that a desk's own severities bear: `maintenance.blocking` is blocking."""
    return severity.code.rpartition(".")[2]


def _steps(value: float, ladder: Sequence[float]) -> Sequence[float]:
    lower, higher = [each for each in ladder if each < value], [each for each in ladder if each > value]
    return (*lower[-1:], *higher[:1])


@dataclass(frozen=True, slots=True)
class Fitted:
    """`cost` of what was found and `before` of the start, on the seeds of the fit."""

    numbers: Numbers
    cost: float
    before: float


def costs(tallies: Sequence[Tally]) -> list[float]:
    """What is made small: per cent of tickets with a broken promise, and a little for lateness; a seed each."""
    return [each.broken + LATE_COST * each.late for each in tallies]


def play(desk: SimulatedDesk, histories: Sequence[History], campaign: Campaign, numbers: Numbers) -> list[Tally]:
    """Lateness is weighed as `desk` weighs it, whatever the numbers that are tried."""
    return campaign.play(numbers.desk(desk), lambda seed: Pull(numbers.rule), histories=histories, judge=desk)


def fit(
    desk: SimulatedDesk,
    start: Rule,
    campaign: Campaign,
    tried: Callable[[Numbers, float], object] = lambda numbers, cost: None,
) -> Fitted:
    """The best numbers found from the desk's own. One step up or down each ladder at a time."""
    histories = campaign.histories(desk)
    known: dict[Numbers, float] = {}

    def of(numbers: Numbers) -> float:
        if numbers not in known:
            known[numbers] = fmean(costs(play(desk, histories, campaign, numbers)))
            tried(numbers, known[numbers])
        return known[numbers]

    first = best = Numbers.of(desk, start)
    better = True
    while better:
        better = False
        for numbers in list(best.beside()):
            if of(numbers) < of(best):
                best, better = numbers, True
    return Fitted(best, of(best), of(first))


@dataclass(frozen=True, slots=True)
class Checked:
    """The found less the start, seed by seed, on seeds that the fit has not seen: its cost, and what the cost is made
    of or leaves out."""

    cost: Interval
    broken: Interval
    late: Interval
    response: Interval

    @property
    def better(self) -> bool:
        """Surely, by the whole 95 % interval of the cost, and surely worse at nothing."""
        return self.cost.high < 0 and all(each.low <= 0 for each in (self.broken, self.late, self.response))


def checked(desk: SimulatedDesk, start: Rule, found: Numbers, campaign: Campaign) -> Checked:
    histories = campaign.histories(desk)
    before = play(desk, histories, campaign, Numbers.of(desk, start))
    after = play(desk, histories, campaign, found)
    cost = Interval.of_difference(costs(after), costs(before))
    return Checked(cost, *(difference(after, before, figure) for figure in ("broken", "late", "response")))


def toml_lines(numbers: Numbers) -> list[str]:
    """As lines of `[plan]` in desk.toml."""
    rule = numbers.rule
    weights = ", ".join(f"{kind} = {weight:g}" for kind, weight in numbers.weights)
    return [
        f"weight = {{ {weights} }}",
        f"resolution_weight = {numbers.resolution:g}",
        f'rule = "{rule.order}"',
        f"patience_minutes = {rule.patience_s / MINUTE:g}",
        f"pace_power = {rule.pace_power:g}",
        f"lost_share = {rule.lost:g}",
        f"hand_over_share = {rule.hand_over_share:g}",
        f"hand_over_minutes = {rule.hand_over_s / MINUTE:g}",
        f"usual_technician_minutes = {rule.usual_s / MINUTE:g}",
        f"oldest_hours = {rule.oldest_s / HOUR:g}",
    ]
