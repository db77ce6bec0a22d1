"""What is kept of each prediction once its answer has come, and the rows of the tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from sla.queue.expect.grid import Grid
from sla.queue.expect.loss import pinball

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Scored:
    """One prediction against what happened, in minutes."""

    kind: str
    pinball: float
    error: float
    within: bool
    width: float

    @classmethod
    def of(cls, kind: str, grid: Grid, wait: float) -> "Scored":
        low, high = grid.at(0.1), grid.at(0.9)
        error = abs(grid.at(0.5) - wait) / MINUTE
        return cls(kind, pinball(grid.at(0.8), wait, 0.8) / MINUTE, error, low <= wait <= high, (high - low) / MINUTE)


@dataclass(slots=True)
class Scores:
    """By predictor, the naive ones first."""

    by: dict[str, list[Scored]] = field(default_factory=dict)

    def add(self, kind: str, grids: Mapping[str, Grid], wait: float) -> None:
        for rule, grid in grids.items():
            self.by.setdefault(rule, []).append(Scored.of(kind, grid, wait))

    def join(self, other: "Scores") -> None:
        for rule, rows in other.by.items():
            self.by.setdefault(rule, []).extend(rows)

    def loss(self, rule: str) -> float:
        return fmean(each.pinball for each in self.by[rule])

    def error(self, rule: str) -> float:
        return fmean(each.error for each in self.by[rule])

    def covered(self, rule: str, kind: str | None = None) -> float:
        """Per cent of the windows that held their answer."""
        found = [each.within for each in self.by[rule] if kind in (None, each.kind)]
        return 100 * sum(found) / len(found) if found else 0.0

    def width(self, rule: str) -> float:
        return fmean(each.width for each in self.by[rule])


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Markdown; the first column is text."""
    lines = [f"| {' | '.join(heads)} |", f"| --- {'| ---: ' * (len(heads) - 1)}|"]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)])
