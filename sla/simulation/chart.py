"""A figure of several desks, each with its interval, as text and as SVG."""

from collections.abc import Sequence
from html import escape

from sla.simulation.tally import Interval

Row = tuple[str, Interval]
WIDTH = 40
HEIGHT, LEFT, RIGHT, BAR = 34, 240, 470, 14


def text_bars(rows: Sequence[Row]) -> list[str]:
    """A line for each: a bar to the mean, and the interval drawn over its end."""
    most = max((each.high for _, each in rows), default=0.0) or 1.0
    widest = max((len(name) for name, _ in rows), default=0)
    lines = []
    for name, each in rows:
        mean, low, high = (round(WIDTH * max(0.0, value) / most) for value in (each.mean, each.low, each.high))
        bar = "".join("█" if at < min(mean, low) else "▒" if at < high else " " for at in range(WIDTH))
        lines.append(f"{name:<{widest}}  {bar}  {each.mean:.2f}".replace(".", ","))
    return lines


def svg_bars(title: str, rows: Sequence[Row]) -> str:
    """The same as a drawing of its own, readable by a screen reader: its title and each value are text."""
    most = max((each.high for _, each in rows), default=0.0) or 1.0
    height = 40 + HEIGHT * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="{height}" role="img" font-family="sans-serif" '
        f'font-size="13"><title>{escape(title)}</title><text x="0" y="18" font-weight="bold">{escape(title)}</text>'
    ]
    for index, (name, each) in enumerate(rows):
        top = 34 + HEIGHT * index
        mean, low, high = (LEFT + RIGHT * max(0.0, value) / most for value in (each.mean, each.low, each.high))
        middle = top + BAR / 2
        parts.append(
            f'<text x="0" y="{top + 12}">{escape(name)}</text>'
            f'<rect x="{LEFT}" y="{top}" width="{mean - LEFT:.1f}" height="{BAR}" fill="#3b6ea5"/>'
            f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}" stroke="#111" stroke-width="2"/>'
            f'<text x="{high + 8:.1f}" y="{top + 12}">{_decimal(each)}</text>'
        )
    return "".join([*parts, "</svg>\n"])


def _decimal(each: Interval) -> str:
    return f"{each.mean:.2f} ± {each.half:.2f}".replace(".", ",")
