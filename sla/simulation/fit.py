"""The rule's numbers, fitted on a desk's own kind of days: coordinate by coordinate, while something gets better.

Fit on other seeds than those that are shown: what is fitted on a history looks better on it than it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any

from sla.queue.rule import HOUR, MINUTE, Rule
from sla.simulation.campaign import Campaign
from sla.simulation.history import History
from sla.simulation.policy import Pull
from sla.simulation.simulated_desk import SimulatedDesk

FIRST_SEED = 1000
LATE_COST = 0.02
"""What a weighted minute late, a ticket, counts beside one per cent of broken promises."""
LADDERS: dict[str, tuple[float, ...]] = {
    "patience_s": tuple(MINUTE * each for each in (30, 60, 90, 120, 180, 240, 360, 480)),
    "pace_power": (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0),
    "lost": (0.05, 0.1, 0.25, 0.5, 1.0),
    "hand_over_share": (1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0),
}
MOST_RUNS = 4 * sum(len(ladder) for ladder in LADDERS.values())
"""More rules than a fit tries."""


def cost(desk: SimulatedDesk, histories: Sequence[History], campaign: Campaign, rule: Rule) -> float:
    """What is made small: per cent of tickets with a broken promise, and a little for lateness."""
    found = campaign.play(desk, lambda seed: Pull(rule), histories=histories)
    return fmean(each.broken + LATE_COST * each.late for each in found)


def fit(
    desk: SimulatedDesk,
    start: Rule,
    campaign: Campaign,
    tried: Callable[[Rule, float], object] = lambda rule, cost: None,
) -> tuple[Rule, float, float]:
    """The best rule found from `start`, its cost, and the start's. One step up or down each ladder at a time."""
    histories = campaign.histories(desk)
    known: dict[Rule, float] = {}

    def of(rule: Rule) -> float:
        if rule not in known:
            known[rule] = cost(desk, histories, campaign, rule)
            tried(rule, known[rule])
        return known[rule]

    best, better = start, True
    while better and len(known) < MOST_RUNS:
        better = False
        for name in LADDERS:
            for rule in _beside(best, name):
                if of(rule) < of(best):
                    best, better = rule, True
    return best, of(best), of(start)


def _beside(rule: Rule, name: str) -> Iterator[Rule]:
    """The rule with the next lower and the next higher step of one of its numbers."""
    value, ladder = getattr(rule, name), LADDERS[name]
    lower, higher = [each for each in ladder if each < value], [each for each in ladder if each > value]
    for each in (*lower[-1:], *higher[:1]):
        changed: dict[str, Any] = {name: each}
        yield replace(rule, **changed)


def toml_lines(rule: Rule) -> list[str]:
    """The rule as lines of `[plan]` in desk.toml."""
    return [
        f'rule = "{rule.order}"',
        f"patience_minutes = {rule.patience_s / MINUTE:g}",
        f"pace_power = {rule.pace_power:g}",
        f"lost_share = {rule.lost:g}",
        f"hand_over_share = {rule.hand_over_share:g}",
        f"hand_over_minutes = {rule.hand_over_s / MINUTE:g}",
        f"usual_technician_minutes = {rule.usual_s / MINUTE:g}",
        f"oldest_hours = {rule.oldest_s / HOUR:g}",
    ]
