"""The same histories under a policy, seed after seed; a desk beside another, and what differs between the two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sla.queue.rule import Rule
from sla.simulation.history import FIRST_DAY, History, draw
from sla.simulation.policy import Policy, Pull, Push, least_loaded, most_skilled, round_robin
from sla.simulation.run import Estimate, Run
from sla.simulation.simulated_desk import SimulatedDesk
from sla.simulation.tally import Interval, Tally, tally

PUSHES = {"round-robin": round_robin, "least-loaded": least_loaded, "most-skilled": most_skilled}
NEVER = 1e12


def policy_of(order: str, rule: Rule) -> Policy:
    """`index`: the desk's rule; `edd`, `priority`, `fifo`: another order with the same hand-over; or a push by name."""
    if order in PUSHES:
        return Push(PUSHES[order], Rule("fifo", oldest_s=NEVER))
    return Pull(replace(rule, order=order))


@dataclass(frozen=True, slots=True)
class Campaign:
    """So many seeds from `first_seed` on, so many open days each."""

    seeds: int = 30
    days: int = 30
    first_day: date = FIRST_DAY
    first_seed: int = 0

    def histories(self, desk: SimulatedDesk) -> list[History]:
        seeds = range(self.first_seed, self.first_seed + self.seeds)
        return [draw(desk, seed, self.days, self.first_day) for seed in seeds]

    def play(
        self,
        desk: SimulatedDesk,
        policy: Callable[[int], Policy],
        done: Callable[[int], object] = lambda count: None,
        *,
        histories: Sequence[History] | None = None,
        estimate: Estimate | None = None,
        judge: SimulatedDesk | None = None,
    ) -> list[Tally]:
        """`policy`: of a seed, made anew for each run. `done` is told of each run that has ended. `judge`: the desk by
        whose weights lateness counts, where it is not the one that is played."""
        found = []
        for seed, history in enumerate(histories if histories is not None else self.histories(desk)):
            run = Run(desk, history, policy(seed), estimate=estimate)
            found.append(tally(judge or desk, run, run.play(), history.open_s))
            done(1)
        return found


FIGURES: tuple[tuple[str, str, int], ...] = (
    ("broken", "Promesses rompues, % des tickets", 2),
    ("late", "Retard pondéré par ticket, min", 2),
    ("wait", "Attente moyenne de la première réponse, min", 0),
    ("response", "Neuf réponses sur dix en moins de, min", 0),
    ("load_mean", "Charge moyenne, %", 0),
    ("tickets", "Tickets", 0),
)


def interval(tallies: Sequence[Tally], figure: str) -> Interval:
    return Interval.of([float(getattr(each, figure)) for each in tallies])


def difference(tallies: Sequence[Tally], others: Sequence[Tally], figure: str) -> Interval:
    """Of the first less the second, seed by seed."""
    pair = ([float(getattr(each, figure)) for each in found] for found in (tallies, others))
    return Interval.of_difference(*pair)
