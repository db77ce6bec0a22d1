"""Where the stretches of an explanation stand in a drawing, in per cent of its width: figures only, no markup."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from .reason import Stretch, told_together
from .words import Lang

SKIP_WIDTH = 5.2
SKIPS_AT_MOST = 45.0
WAITING = "waiting"
"""What the reason of a stretch begins with that the drawer put between the calendar's own, such as `waiting_client`."""

Kind = Literal["spent", "left", "skip", "wait"]


@dataclass(frozen=True, slots=True)
class Part:
    """Counted and `spent` before now or `left` after it; or not counted, for a reason of the calendar (`skip`) or of
    who asks (`wait`). `label` is empty for what counts under no name of its own."""

    kind: Kind
    start: datetime
    end: datetime
    label: str
    x: float = 0.0
    width: float = 0.0

    @property
    def seconds(self) -> int:
        return int((self.end - self.start).total_seconds())

    @property
    def counts(self) -> bool:
        return self.kind in ("spent", "left")

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    def place(self, at: datetime) -> float:
        """Where an instant of this part stands."""
        return self.x + self.width * (at - self.start).total_seconds() / max(self.seconds, 1)


def laid_out(
    stretches: Sequence[Stretch], now: datetime | None = None, lang: Lang = "fr", *, to_scale: bool = False
) -> list[Part]:
    """Counted stretches to scale, cut at `now` (None: all of them `left`); neighbouring skips as one, each as wide as
    any other, or nights would be all there is to see. `to_scale`: skips to scale too."""
    parts: list[Part] = []
    for kind, run in groupby(stretches, key=_sort):
        if kind == "counted":
            parts += [part for stretch in run for part in _cut(stretch, now, lang)]
        else:
            parts += [Part(kind, each.start, each.end, each.label_in(lang)) for each in told_together(list(run))]
    return _placed(parts, to_scale=to_scale)


def place(parts: Sequence[Part], at: datetime) -> float:
    """Where an instant stands, before the first part at 0, after the last at 100."""
    if not parts or at <= parts[0].start:
        return 0.0
    found = [part for part in parts if part.start <= at <= part.end]
    return found[0].place(at) if found else 100.0


def now_on(parts: Sequence[Part], now: datetime | None) -> float | None:
    """Where `now` stands, None when it is outside."""
    found = [part for part in parts if now is not None and part.start <= now < part.end]
    return found[0].place(now) if found and now is not None else None


def _sort(stretch: Stretch) -> Literal["counted", "skip", "wait"]:
    return "counted" if stretch.counted else "wait" if stretch.reason.startswith(WAITING) else "skip"


def _cut(stretch: Stretch, now: datetime | None, lang: Lang) -> list[Part]:
    label = "" if stretch.reason == "open" else stretch.label_in(lang)
    if now is not None and stretch.start < now < stretch.end:
        return [Part("spent", stretch.start, now, label), Part("left", now, stretch.end, label)]
    spent = now is not None and stretch.end <= now
    return [Part("spent" if spent else "left", stretch.start, stretch.end, label)]


def _placed(parts: list[Part], *, to_scale: bool) -> list[Part]:
    skips = sum(not part.counts for part in parts)
    counted = sum(part.seconds for part in parts if part.counts or to_scale)
    fixed = 0.0 if to_scale or not skips else min(SKIP_WIDTH, SKIPS_AT_MOST / skips) if counted else 100.0 / skips
    scale = (100.0 - (0.0 if to_scale else fixed * skips)) / counted if counted else 0.0
    placed, x = [], 0.0
    for part in parts:
        width = part.seconds * scale if part.counts or to_scale else fixed
        placed.append(replace(part, x=x, width=width))
        x += width
    return placed
