"""A forfait's balance over its validity period, as the paths of a drawing. Figures only, no markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEFT, RIGHT, TOP, FLOOR = 30.0, 316.0, 8.0, 108.0
SHORTEST = 30
"""Days that are drawn at least."""


@dataclass(frozen=True)
class Curve:
    """A forfait's burn-down in a box of 320 × 132: `d` of the paths, the last point, the axis labels (place, text), and
    the day at which the drawing ends."""

    real: str
    estimate: str
    cone: str
    x: float
    y: float
    levels: list[tuple[float, int]]
    exhausted: float | None
    last: date


def curve(
    points: Sequence[tuple[date, int]],
    total: int,
    first: date,
    last: date,
    today: date,
    forecast: tuple[date, date, date] | None = None,
) -> Curve:
    """`points`: (day, quarters left after it), in order. `forecast`: day of exhaustion, earliest, latest; what is long
    used up before its last day is drawn no further than it takes to see it fall."""
    if forecast:
        seen = max(forecast[2] - first, today - first) * 4 // 3
        last = min(last, first + max(seen, timedelta(days=SHORTEST)))

    def across(d: date) -> float:
        span = max((last - first).days, 1)
        return LEFT + (RIGHT - LEFT) * min(max((d - first).days, 0), span) / span

    def down(left: int) -> float:
        return FLOOR - (FLOOR - TOP) * max(left, 0) / max(total, 1)

    path, left = [f"M{LEFT:.1f} {down(total):.1f}"], total
    for d, after in points:
        path.append(f"H{across(d):.1f}V{down(after):.1f}")
        left = after
    x, y = round(across(today), 1), round(down(left), 1)
    path.append(f"H{x:.1f}")
    estimate = cone = ""
    if forecast:
        soon, late = across(forecast[1]), across(forecast[2])
        estimate = f"M{x:.1f} {y:.1f}L{across(forecast[0]):.1f} {FLOOR:.1f}"
        cone = f"M{x:.1f} {y:.1f}L{soon:.1f} {FLOOR:.1f}H{late:.1f}Z"
    hours = total // 4
    step = 10 if hours >= 30 else 5
    levels = [(round(down(h * 4), 1), h) for h in range(0, hours + 1, step)]
    return Curve("".join(path), estimate, cone, x, y, levels, across(forecast[0]) if forecast else None, last)
