"""An explanation drawn: a bar of its stretches as an SVG element, for a page under a strict content policy."""

from collections.abc import Sequence
from datetime import timedelta, tzinfo
from html import escape

from .reason import Stretch, told_together
from .telling import span, told
from .words import NBSP, Lang, length

WIDTH, HEIGHT = 1000, 24
LONGEST_SKIP = timedelta(hours=2)


def svg_bar(
    stretches: Sequence[Stretch],
    zone: tzinfo,
    lang: Lang = "fr",
    *,
    longest_skip: timedelta | None = LONGEST_SKIP,
    title: str | None = None,
) -> str:
    """An `<svg>` 1000 units wide: one `<rect>` a stretch, neighbouring skips as one, empty text for no stretches.

    Widths are elapsed time, skips no wider than `longest_skip` (None: however long they are), or nights would be all
    there is to see. Colour comes from the page: `fill="currentColor"`, and the classes `counted` or `skipped` with
    `reason-…`. No `style`, no script, no id. `title` is what a screen reader says, else the sentences of `told`; each
    rectangle has its own.
    """
    shown = told_together(stretches)
    widths = [_weight(stretch, longest_skip) for stretch in shown]
    if not sum(widths):
        return ""
    whole = escape(told(stretches, zone, lang) if title is None else title)
    rects: list[str] = []
    at = 0.0
    for stretch, weight in zip(shown, widths, strict=True):
        width = WIDTH * weight / sum(widths)
        rects.append(_rect(stretch, at, width, zone, lang))
        at += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="explanation" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{whole}" preserveAspectRatio="none"><title>{whole}</title>{"".join(rects)}</svg>'
    )


def _weight(stretch: Stretch, longest_skip: timedelta | None) -> float:
    longest = stretch.seconds if longest_skip is None else longest_skip.total_seconds()
    return stretch.seconds if stretch.counted else min(stretch.seconds, longest)


def _rect(stretch: Stretch, at: float, width: float, zone: tzinfo, lang: Lang) -> str:
    kind = "counted" if stretch.counted else "skipped"
    top, height = (0, HEIGHT) if stretch.counted else (HEIGHT // 3, HEIGHT // 3)  # told apart without colour
    colon = f"{NBSP}:" if lang == "fr" else ":"
    counted = f" ({length(stretch.seconds)})" if stretch.counted else ""
    return (
        f'<rect class="{kind} reason-{stretch.reason.replace("_", "-")}" x="{at:.2f}" y="{top}" width="{width:.2f}"'
        f' height="{height}" fill="currentColor" fill-opacity="{1 if stretch.counted else 0.3}">'
        f"<title>{escape(f'{span(stretch, zone, lang)}{colon} {stretch.label_in(lang)}{counted}')}</title></rect>"
    )
