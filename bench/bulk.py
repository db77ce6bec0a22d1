"""Working time of many instants at once, beside the least that NumPy can cost: called by `bench.calendar`.

"Two searches" are `searchsorted` alone, twice, which answers nothing yet; "bare searchsorted" adds the arithmetic
that an answer takes, without checks.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from sla.calendar import BusinessCalendar

Array = NDArray[np.int64]
NUMBER, LISTED, ROUNDS = 200_000, 20_000, 7
HOUR = 3600


class Bare:
    """The table as arrays, and nothing else."""

    def __init__(self, starts: list[int], ends: list[int], worked: list[int]) -> None:
        self.starts, self.ends, self.worked = np.array(starts), np.array(ends), np.array(worked)
        self.shift = self.starts - self.worked[:-1]

    def behind(self, at: Array) -> Array:
        """The working seconds behind each instant."""
        span = np.searchsorted(self.starts, at, "right") - 1
        behind: Array = np.minimum(at, self.ends[span]) - self.shift[span]
        return behind

    def between(self, starts: Array, ends: Array) -> Array:
        """Two searches in the table."""
        return self.behind(ends) - self.behind(starts)

    def add(self, at: Array, amounts: Array) -> Array:
        """Two searches in the table."""
        target: Array = self.behind(at) + amounts
        due: Array = target + self.shift[np.searchsorted(self.worked, target) - 1]
        return due

    def two_searches(self, one: Array, other: Array) -> None:
        """No answer yet."""
        np.searchsorted(self.starts, one, "right")
        np.searchsorted(self.starts, other, "right")


def nanoseconds(call: Callable[[], object], number: int) -> float:
    """The best round's time an instant."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = perf_counter()
        call()
        best = min(best, perf_counter() - begin)
    return best / number * 1e9


def table(calendar: BusinessCalendar, starts: list[int], ends: list[int], worked: list[int]) -> list[str]:
    """Markdown lines. Raises `AssertionError` if the answers differ."""
    bare, dice = Bare(starts, ends, worked), np.random.default_rng(2026)
    first = dice.integers(starts[100], starts[-4000], NUMBER)
    last, amounts = first + dice.integers(0, 14 * 86_400, NUMBER), dice.integers(1, 40 * HOUR, NUMBER)
    assert (calendar.between_many(first, last) == bare.between(first, last)).all()
    assert (calendar.add_many(first, amounts) == bare.add(first, amounts)).all()
    ours = [
        nanoseconds(lambda: calendar.between_many(first, last), NUMBER),
        nanoseconds(lambda: calendar.add_many(first, amounts), NUMBER),
    ]
    bares = [
        nanoseconds(lambda: bare.between(first, last), NUMBER),
        nanoseconds(lambda: bare.add(first, amounts), NUMBER),
    ]
    searches = [nanoseconds(lambda: bare.two_searches(first, last), NUMBER)] * 2
    instants = [datetime.fromtimestamp(at, UTC) for at in first[:LISTED].tolist()]
    later = [datetime.fromtimestamp(at, UTC) for at in last[:LISTED].tolist()]
    spent = [timedelta(seconds=amount) for amount in amounts[:LISTED].tolist()]
    listed = [
        nanoseconds(lambda: calendar.between_many(instants, later), LISTED),
        nanoseconds(lambda: calendar.add_many(instants, spent), LISTED),
    ]
    rows = [
        ("`sla.calendar`, arrays", ours),
        ("bare searchsorted", bares),
        ("two searches", searches),
        ("`sla.calendar`, lists of datetimes", listed),
    ]
    lines = ["| | `between_many` | `add_many` |", "| --- | ---: | ---: |"]
    for name, costs in rows:
        cells = [f"{cost:,.0f} ns ({cost / mine:.2f} ×)" for cost, mine in zip(costs, ours, strict=True)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines
