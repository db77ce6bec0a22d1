"""Open tickets planned over everyone's calendar, absences and appointments included.

Run with `python -m bench.planning`: the pure plan, « au suivant », and one pinned ticket's cost (two plans) with 200
open; then the rule played forward over more and more of them, beside its plainest form, which weighs all that waits
again at each step and gives the same plan.
"""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sla.calendar import BusinessCalendar
from sla.queue.axis import Axis
from sla.queue.dispatch import Technician, Work, choose, first_come
from sla.queue.plan import plan, play
from sla.settings import load
from tests.queue.simply import simply_played

NOW = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
OPEN, ROUNDS = 200, 15
MORE = (50, 200, 1_000, 2_000)


def team(hours: BusinessCalendar) -> list[Technician]:
    """The technicians of config/desk.toml; one away for two days, each with three calls."""
    draw, found = random.Random(2), []
    for number, line in enumerate(load().technicians, 1):
        calls = [NOW + timedelta(hours=draw.randrange(1, 72)) for _ in range(3)]
        away = [(at, at + timedelta(minutes=15)) for at in calls]
        if number == 1:
            away.append((NOW + timedelta(days=1), NOW + timedelta(days=3)))
        found.append(Technician(number, line.name, line.skills, hours, away))
    return found


def queue(count: int = OPEN) -> list[Work]:
    draw, plans = random.Random(1), load().plan
    items = [item for item in load().catalogue if item.coverage == "maintenance"]
    found = []
    for number in range(1, count + 1):
        item, severity = draw.choice(items), draw.choice(["blocking", "major", "minor", "question"])
        due, age = NOW + timedelta(minutes=draw.randrange(-600, 6000)), timedelta(minutes=draw.randrange(1, 7200))
        answered = draw.random() < 0.4
        minutes = plans.minutes(item, severity, responds=not answered)
        owner = draw.randrange(1, 5) if answered else None
        weight = plans.weight[severity] * (0.5 if answered else 1.0)
        work = Work(
            number, item.skill, due, minutes, NOW - age, owner, weight=weight, item=item.code, answered=answered
        )
        found.append(work)
    return found


def medians_ms(*calls: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Of each call, in turn, so that a slow spell of the machine falls on all of them."""
    spent: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, found in zip(calls, spent, strict=True):
            begun = time.process_time()
            call()
            found.append(time.process_time() - begun)
    return [statistics.median(found) * 1000 for found in spent]


def beside_the_simple(count: int) -> list[float]:
    axis, rule = Axis(load().calendar, NOW), load().plan.rule
    hands = [each.hand(axis) for each in team(load().calendar)]
    jobs = [work.job(axis) for work in first_come(queue(count))]
    if sorted(play(hands, jobs, rule)[0], key=str) != sorted(simply_played(hands, jobs, rule)[0], key=str):
        raise RuntimeError("the plans differ")
    return medians_ms(
        lambda: play(hands, jobs, rule), lambda: simply_played(hands, jobs, rule), rounds=ROUNDS if count < 500 else 3
    )


def main() -> None:
    people, waiting = team(load().calendar), queue()
    rule = load().plan.rule
    pinned = [replace(waiting[0], pinned=2), *waiting[1:]]
    rows = (
        ("the plan", lambda: plan(people, waiting, NOW, rule)),
        ("« au suivant »", lambda: choose(people[1], waiting, NOW, people, rule)),
        ("what a pin costs", lambda: (plan(people, waiting, NOW, rule), plan(people, pinned, NOW, rule))),
    )
    print(f"| {OPEN} open tickets, four technicians | ms of processor |\n| --- | ---: |")
    for name, call in rows:
        print(f"| {name} | {medians_ms(call)[0]:.1f} |")
    print("\n| open tickets: the rule played forward | ms of processor | all weighed again at each step | ratio |")
    print("| --- | ---: | ---: | ---: |")
    for count in MORE:
        ours, simple = beside_the_simple(count)
        print(f"| {count:,} | {ours:.1f} | {simple:.1f} | {simple / ours:.1f} × |")


if __name__ == "__main__":
    main()
