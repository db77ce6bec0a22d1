"""200 open tickets planned over everyone's calendar, absences and appointments included.

Run with `python -m bench.planning`: the pure plan, « au suivant », and one pinned ticket's cost (two plans).
"""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sla.calendar import BusinessCalendar
from sla.queue.dispatch import Technician, Work, choose
from sla.queue.plan import plan
from sla.settings import load

NOW = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
OPEN, ROUNDS = 200, 15


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


def queue() -> list[Work]:
    draw, plans = random.Random(1), load().plan
    items = [item for item in load().catalogue if item.coverage == "maintenance"]
    found = []
    for number in range(1, OPEN + 1):
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


def median_ms(call: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        call()
        spent.append(time.process_time() - begun)
    return statistics.median(spent) * 1000


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
        print(f"| {name} | {median_ms(call):.1f} |")


if __name__ == "__main__":
    main()
