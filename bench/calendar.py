"""Working time, ours and others': `python -m bench.calendar` from the project's root prints a Markdown table.

One run, one schedule (the booklet's desk with its public holidays), the same instants for all. Each figure is the best
of several rounds. "Bare bisect" is the least that any table can cost: no checks, the table grown beforehand, aware
datetimes in and out; "bare searchsorted" the same for arrays. A package that answers otherwise than ours is marked with
the share of its answers that agree; pandas has no `between`, business-duration no `add`, and neither knows a lunch of
itself: it is given as two halves. Bulk is in `bench/bulk.py`.
Run it as a module: as a script this file's folder would shadow the standard library's `calendar`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from bench import bulk, rivals
from bench.rivals import CALENDAR, FIRST, PARIS, Add, Between, Pair, Task

FEW, MANY, ROUNDS = 20, 2000, 9


@dataclass
class Row:
    name: str
    between: Between | None
    add: Add | None
    number: int


ROWS = [
    Row("`sla.calendar`", CALENDAR.between, CALENDAR.add, MANY),
    Row("bare bisect", rivals.bisect_between, rivals.bisect_add, MANY),
    Row("day walk", rivals.walk_between, rivals.walk_add, FEW),
    Row("business-duration", rivals.duration_between, None, FEW),
    Row("businesstimedelta", rivals.delta_between, rivals.delta_add, FEW),
    Row("pandas `CustomBusinessHour`", None, rivals.pandas_add, FEW),
]


def instants(number: int, longest: timedelta) -> list[Pair]:
    """Pairs of instants in Paris, the second at most `longest` after the first; whole minutes, the same at each run."""
    dice = random.Random(2026)
    begin = datetime(FIRST, 2, 1, tzinfo=UTC)
    found = []
    for _ in range(number):
        start = begin + timedelta(minutes=dice.randrange(2 * 365 * 1440))
        end = start + longest - timedelta(minutes=dice.randrange(1440))
        found.append((start.astimezone(PARIS), end.astimezone(PARIS)))
    return found


def microseconds(call: Callable[..., object], arguments: list[Pair] | list[Task]) -> float:
    """The best round's time a call."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = perf_counter()
        for one, two in arguments:
            call(one, two)
        best = min(best, perf_counter() - begin)
    return best / len(arguments) * 1e6


def agreeing(row: Row, pairs: list[Pair], tasks: list[Task]) -> str:
    """The share of the row's answers that are ours."""
    same = [row.between(*pair) == CALENDAR.between(*pair) for pair in pairs[:FEW]] if row.between else []
    same += [row.add(*task) == CALENDAR.add(*task) for task in tasks[:FEW]] if row.add else []
    return f"{100 * sum(same) // len(same)} %"


def cell(cost: float, ours: float) -> str:
    """A time, and how many times ours it is."""
    return f"{cost:,.2f} µs ({cost / ours:,.1f} ×)"


def table(longest: timedelta, amount: timedelta) -> list[str]:
    """Markdown lines for pairs up to `longest` apart and deadlines of `amount`."""
    pairs = instants(MANY, longest)
    tasks = [(start, amount) for start, _ in pairs]
    lines = ["| | `between` | `add` | same answers |", "| --- | ---: | ---: | ---: |"]
    ours = microseconds(CALENDAR.between, pairs), microseconds(CALENDAR.add, tasks)
    for row in ROWS:
        between = cell(microseconds(row.between, pairs[: row.number]), ours[0]) if row.between else "–"
        add = cell(microseconds(row.add, tasks[: row.number]), ours[1]) if row.add else "–"
        lines.append(f"| {row.name} | {between} | {add} | {agreeing(row, pairs, tasks)} |")
    return lines


def spans_table() -> list[str]:
    """What one call of ours costs over longer and longer spans."""
    lines = ["| span | `between` | `add` |", "| --- | ---: | ---: |"]
    for years in (1, 2, 5, 10):
        pairs = instants(MANY, timedelta(days=365 * years))
        tasks = [(start, CALENDAR.between(start, end)) for start, end in pairs]
        between, add = microseconds(CALENDAR.between, pairs), microseconds(CALENDAR.add, tasks)
        lines.append(f"| {years} years | {between:.2f} µs | {add:.2f} µs |")
    return lines


def main() -> None:
    """Prints the tables."""
    print("Two weeks apart, deadlines of 16 h; in brackets, times ours:\n")
    print("\n".join(table(timedelta(days=14), timedelta(hours=16))))
    print("\nLonger spans:\n")
    print("\n".join(spans_table()))
    print("\nIn bulk, for each instant:\n")
    print("\n".join(bulk.table(CALENDAR, rivals.STARTS, rivals.ENDS, rivals.WORKED)))


if __name__ == "__main__":
    main()
