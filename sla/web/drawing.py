"""Where things stand in the drawings that templates make: bars, axes. Figures only, no markup.

Places are percentages of the drawing's width, as floats; `share` writes them as SVG attributes. An explanation is drawn
by the calendar itself.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from markupsafe import Markup

from sla.calendar import Part, Stretch, laid_out, place, svg_bar
from sla.calendar.words import Lang, clock, length

__all__ = ["Part", "explanation", "laid_out", "length", "place", "share", "time_of_day"]


def share(part: float, whole: float = 100.0) -> str:
    """A share as an SVG attribute, kept within 0–100 %: `share(7, 14)` is "50.0%"."""
    return f"{max(0.0, min(100.0, 100.0 * part / whole)):.1f}%" if whole else "0.0%"


def explanation(stretches: Sequence[Stretch], zone: tzinfo, lang: Lang, now: datetime, ident: str) -> Markup:
    """The bar of an explanation; `ident` is unique on its page."""
    return Markup(svg_bar(stretches, zone, lang, now=now, ident=ident))  # noqa: S704 – the calendar escapes each label


def time_of_day(at: datetime, zone: tzinfo, lang: Lang) -> str:
    """With its seconds where it has any, beside lengths that have them."""
    local = at.astimezone(zone)
    return clock(local.hour, local.minute, lang, local.second)
