"""Who does what next: the rules that desks use beside ours, on one simulated desk, in one run.

Run with `python -m bench.queue` (`--seeds 3 --days 10` for a look, `--desk FILE` for another desk, `--log CSV` for
days shaped as a real log's, see `bench.log_shapes`). Every rule meets
the same histories: tickets, durations, absences and bursts are drawn from the seed alone. Push: each ticket gets its
technician at its deposit, among those who master it and are there, and stays with them. Pull: whoever is free takes
what the rule puts first among what they master. Follow-ups stay with whoever answered; « ours » and the second EDD let
them go when the owner is busy or away and the deadline is near.

Seeds 0 to 29. The constants of the rule (`sla.queue.rule.Rule`) were fitted on seeds 1000 to 1011, coordinate by
coordinate, on the desk under stress and at 95 % load. A second fit, weights included, on seeds 20000 to 20059
(`sla simulate --desk bench/desks/four_technicians.toml --fit --seeds 60 --days 30`) found nothing better on 30000 to
30059 that was not slower.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import fmean, median

import click

from bench.log_shapes import shaped_by
from sla.queue.jobs import Job
from sla.queue.rule import Rule
from sla.simulation.campaign import Campaign, difference, interval
from sla.simulation.capacity import capacity
from sla.simulation.desk_file import read_simulated_desk
from sla.simulation.history import FIRST_DAY, Case, History
from sla.simulation.policy import Policy, Pull, Push, least_loaded, most_skilled, round_robin
from sla.simulation.run import Estimate
from sla.simulation.simulated_desk import SimulatedDesk, Stress
from sla.simulation.tally import Interval, Tally

DESK = Path(__file__).parent / "desks" / "four_technicians.toml"
LOADS = (0.70, 0.85, 0.95)
STRESS = "stress"
DOUBTED = ("85% load", STRESS)
EDD = "EDD pull"
HOLDS = (EDD, "EDD pull, hand-over")
FIGURES = {"broken": "promises broken", "late": "lateness", "response": "the slowest responses"}
"""What ours is to be nowhere worse at than the earliest due date, beyond the paired interval."""
WRONG = 1.65
WORST = 4
Contender = tuple[str, Callable[[int], Policy], Estimate | None]


def bound(order: str) -> Rule:
    """A rule by which follow-ups stay with their owner, and nothing comes first for its age."""
    return Rule(order, hand_over_share=-1e9, oldest_s=1e12)


def truth(case: Case, job: Job) -> float:
    return (case.follow or 0.0) if job.answered else case.answer


def mean(desk: SimulatedDesk, job: Job) -> float:
    return desk.by_line[job.line].resolution.mean if job.answered else desk.first_response.mean


def wrong(desk: SimulatedDesk, factor: float) -> Estimate:
    return lambda case, job: mean(desk, job) * factor


def wrong_by_chance(desk: SimulatedDesk) -> Estimate:
    return lambda case, job: mean(desk, job) * WRONG ** Random(f"{case.number}:{job.answered}").choice((-1, 1))


RULES: tuple[Contender, ...] = (
    ("round-robin push", lambda seed: Push(round_robin), None),
    ("least-loaded push", lambda seed: Push(least_loaded), None),
    ("skill-based push", lambda seed: Push(most_skilled), None),
    ("FIFO pull", lambda seed: Pull(bound("fifo")), None),
    ("priority-FIFO pull", lambda seed: Pull(bound("priority")), None),
    ("EDD pull", lambda seed: Pull(bound("edd")), None),
    ("EDD pull, hand-over", lambda seed: Pull(Rule("edd")), None),
    ("ours", lambda seed: Pull(Rule()), None),
    ("ours, true durations", lambda seed: Pull(Rule()), truth),
)


def doubts(desk: SimulatedDesk) -> tuple[Contender, ...]:
    return (
        ("ours, durations × 1.65", lambda seed: Pull(Rule()), wrong(desk, WRONG)),
        ("ours, durations ÷ 1.65", lambda seed: Pull(Rule()), wrong(desk, 1 / WRONG)),
        ("ours, each × or ÷ 1.65", lambda seed: Pull(Rule()), wrong_by_chance(desk)),
        ("ours, followed 7 times in 10", lambda seed: Pull(Rule(), 0.7, Random(f"{seed}:follows")), None),
    )


def desks(desk: SimulatedDesk) -> list[tuple[str, SimulatedDesk]]:
    best = capacity(desk, week_s(desk))
    calm = replace(desk, stress=Stress())
    loaded = [
        (f"{load:.0%} load", replace(calm, arrivals=replace(desk.arrivals, per_week=load * best))) for load in LOADS
    ]
    return [*loaded, (STRESS, desk)]


def like(desk: SimulatedDesk, log: Path) -> SimulatedDesk:
    """The same load, of days shaped as the log's."""
    shaped, load = shaped_by(desk, log), desk.arrivals.per_week / capacity(desk, week_s(desk))
    return replace(shaped, arrivals=replace(shaped.arrivals, per_week=load * capacity(shaped, week_s(shaped))))


def week_s(desk: SimulatedDesk) -> float:
    """The working seconds of a week without closures."""
    week = (FIRST_DAY + timedelta(days=day) for day in range(7))
    return sum((end - begin).total_seconds() for day in week for begin, end in desk.calendar.hours_of(day))


def said(value: Interval, digits: int) -> str:
    return f"{value.mean:,.{digits}f} ± {value.half:,.{digits}f}"


def table(name: str, found: Mapping[str, list[Tally]]) -> None:
    """Each rule's figures, and seed by seed what they are less those of the earliest due date."""
    heads = ("broken, % of tickets", f"less {EDD}", "weighted minutes late, a ticket", f"less {EDD}")
    print(f"\n| {' | '.join((name, *heads, '90th percentile of the response, min'))} |\n| --- {'| ---: ' * 5}|")
    for rule, tallies in found.items():
        cells = [said(interval(tallies, "response"), 0)]
        for figure in ("late", "broken"):
            less = "" if rule == EDD else said(difference(tallies, found[EDD], figure), 2)
            cells = [said(interval(tallies, figure), 2), less, *cells]
        print(f"| {rule} | {' | '.join(cells)} |")


def asked(history: History, desk: SimulatedDesk) -> float:
    """The work of all its tickets at full pace, of the time that the technicians were there, in per cent."""
    there = len(desk.hands) * history.open_s - sum(hole.end - hole.begin for hole in history.holes)
    return 100 * sum(case.answer + (case.follow or 0.0) for case in history.cases) / there


def spread(name: str, tallies: Sequence[Tally], loads: Sequence[float]) -> None:
    """Whether all seeds break as much, or a few of them all."""
    worst = sorted(zip(tallies, loads, strict=True), key=lambda each: -each[0].broken)[:WORST]
    told = "; ".join(f"{each.broken:.1f} % where {load:.0f} % was asked" for each, load in worst)
    middle, above = median(each.broken for each in tallies), sum(each.broken > 1 for each in tallies)
    print(f"ours seed by seed, {name}: median {middle:.2f} %, above 1 % in {above} of {len(tallies)}; most: {told}")
    print(f"asked of what full pace could do, {name}: {fmean(loads):.0f} % on average")


def verdicts(name: str, found: Mapping[str, list[Tally]]) -> None:
    """What was to be reached, and the differences seed by seed."""
    ours = found["ours"]
    for rule in HOLDS:
        worse = [label for figure, label in FIGURES.items() if difference(ours, found[rule], figure).low > 0]
        print(f"ours is surely worse than {rule}, {name}, at: {', '.join(worse) or 'nothing'}")
        print(f"ours less {rule}, {name}: {said(difference(ours, found[rule], 'broken'), 2)} points")
    broken = {rule: interval(tallies, "broken").mean for rule, tallies in found.items()}
    shares = [f"{broken['ours'] / max(1e-9, broken[rule]):.1%}" for rule in ("round-robin push", "priority-FIFO pull")]
    print(f"of round-robin's: {shares[0]}; of priority-FIFO's: {shares[1]}")
    for rule in (each for each in broken if each.startswith("ours, ")):
        print(f"{rule}, beside ours: {said(difference(found[rule], ours, 'broken'), 2)} points")


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--seeds", type=int, default=30)
    given.add_argument("--days", type=int, default=30)
    given.add_argument("--desk", type=Path, default=DESK)
    given.add_argument("--log", type=Path)
    wanted = given.parse_args()
    base, campaign = read_simulated_desk(wanted.desk), Campaign(wanted.seeds, wanted.days)
    if wanted.log is not None:
        base = like(base, wanted.log)
    places = [(name, desk, [*RULES, *(doubts(desk) if name in DOUBTED else ())]) for name, desk in desks(base)]
    length = wanted.seeds * sum(len(rules) for _, _, rules in places)
    with click.progressbar(length=length, label="bench.queue", file=sys.stderr) as bar:
        results = []
        for name, desk, rules in places:
            histories = campaign.histories(desk)
            found = {}
            for rule, policy, estimate in rules:
                found[rule] = campaign.play(desk, policy, bar.update, histories=histories, estimate=estimate)
            results.append((name, found, [asked(each, desk) for each in histories]))
    print(f"{wanted.seeds} seeds of {wanted.days} open days, means and 95 % intervals over seeds")
    for name, found, loads in results:
        table(name, found)
        print()
        verdicts(name, found)
        spread(name, found["ours"], loads)


if __name__ == "__main__":
    main()
