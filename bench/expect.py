"""Is what clients are told true, and better than what other desks say? `python -m bench.expect [LOG.csv] [--seeds 10]`.

A desk of four under stress (`desks/four_technicians.toml`), 50 working days a seed: ten to learn durations, ten to
calibrate, thirty to score, on seeds that nothing was fitted on. With a log, its first 70 % to learn and the rest to
score. Nothing that is predicted with had not come by then.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.expect_scores import Scores, table
from bench.foretold import OURS, Foretold
from bench.log_waits import walked
from sla.simulation.desk_file import read_simulated_desk
from sla.simulation.history import draw
from sla.simulation.policy import Pull
from sla.simulation.run import Run

DESK = Path(__file__).parent / "desks" / "four_technicians.toml"
DAYS = 50
FIRST_SEED = 5001
NAIVE = ("static quantiles", "rolling mean of the last 10", "last wait", "last 100")


def stress(seed: int) -> tuple[Scores, list[float]]:
    desk = read_simulated_desk(DESK)
    watcher = Foretold(desk)
    Run(desk, draw(desk, seed, DAYS), Pull(), watcher=watcher).play()
    return watcher.scores, watcher.took


def simulated(seeds: int) -> None:
    """The first table: each predictor's pinball at 0.8, and its ratio to the naive ones."""
    scores, took = Scores(), list[float]()
    with ProcessPoolExecutor() as pool:
        for found, seconds in pool.map(stress, range(FIRST_SEED, FIRST_SEED + seeds)):
            scores.join(found)
            took += seconds
    severities = [severity.code for severity in read_simulated_desk(DESK).severities]
    heads = ["stress desk, first answer", "pinball at 0.8, min", "ours is", "mean error, min", "80 % window covers"]
    print(table([*heads, *severities, "its width, min"], [_row(scores, rule, severities) for rule in scores.by]))
    took.sort()
    middle, most = took[len(took) // 2], took[int(len(took) * 0.99)]
    count = len(scores.by[OURS])
    print(f"\n{count:,} predictions, {seeds} seeds; one takes {middle * 1000:.0f} ms of processor, ", end="")
    print(f"99 in 100 less than {most * 1000:.0f} ms, the longest {took[-1] * 1000:.0f} ms.")


def _row(scores: Scores, rule: str, kinds: Sequence[str] = ()) -> list[str]:
    share = scores.loss(OURS) / scores.loss(rule)
    cells = [rule, f"{scores.loss(rule):.2f}", f"{share:.2f} ×", f"{scores.error(rule):.1f}"]
    covered = [scores.covered(rule), *(scores.covered(rule, kind) for kind in kinds)]
    return [*cells, *(f"{each:.1f} %" for each in covered), f"{scores.width(rule):,.0f}"]


def logged(path: Path) -> None:
    """The second table: for each goal, each predictor beside the best naive one."""
    rows = []
    for goal, found in walked(path):
        scores = found.scores
        loss = min(scores.loss(rule) for rule in NAIVE)
        error = min(scores.error(rule) for rule in NAIVE)
        for rule in scores.by:
            cells = [f"{scores.loss(rule):,.1f}", f"{scores.loss(rule) / loss:.3f} ×", f"{scores.error(rule):,.1f}"]
            covered = f"{scores.covered(rule):.1f} %"
            rows.append([f"{goal}: {rule}", *cells, f"{scores.error(rule) / error:.3f} ×", covered])
        rows.append([f"{goal}: scored {len(scores.by[OURS])}, never {goal} {found.unanswered}", "", "", "", "", ""])
    heads = ["log, from the deposit until", "pinball at 0.8, min", "of the best naive", "mean error, min"]
    print(table([*heads, "of the best naive", "80 % window covers"], rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", nargs="?", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    asked = parser.parse_args()
    if asked.seeds:
        simulated(asked.seeds)
    if asked.log is not None:
        print()
        logged(asked.log)


if __name__ == "__main__":
    main()
