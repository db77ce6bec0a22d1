"""Where things stand in the drawings that templates make: bars, timelines, axes. Figures only, no markup.

Places are percentages of the drawing's width, as floats; `share` writes them as SVG attributes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

SKIP_WIDTH = 5.2
SKIPS_AT_MOST = 45.0


class Stretch(Protocol):
    """A stretch that counts, or one that is skipped: its reason as a code and, in `label`, as people read it."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def counted(self) -> bool: ...
    @property
    def reason(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Piece:
    """One piece of a timeline. `kind`: spent, left, skip or wait; `reason` as read; `x` and `width` in %."""

    kind: str
    start: datetime
    end: datetime
    reason: str
    x: float = 0.0
    width: float = 0.0

    @property
    def seconds(self) -> int:
        return round(self.end.timestamp() - self.start.timestamp())

    @property
    def counts(self) -> bool:
        return self.kind in ("spent", "left")

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    def place(self, at: datetime) -> float:
        """Where an instant of this piece stands."""
        return self.x + self.width * (at.timestamp() - self.start.timestamp()) / max(self.seconds, 1)


def share(part: float, whole: float = 100.0) -> str:
    """A share as an SVG attribute, kept within 0–100 %: `share(7, 14)` is "50.0%"."""
    return f"{max(0.0, min(100.0, 100.0 * part / whole)):.1f}%" if whole else "0.0%"


def timeline(stretches: Iterable[Stretch], now: datetime) -> list[Piece]:
    """Counted stretches to scale, skipped ones at a fixed width, neighbours of a kind joined, cut at `now`."""
    pieces: list[Piece] = []
    for stretch in stretches:
        for piece in _cut(stretch, now):
            last = pieces[-1] if pieces else None
            if last and not last.counts and last.kind == piece.kind and last.end == piece.start:
                pieces[-1] = replace(last, end=piece.end, reason=_joined(last.reason, piece.reason))
            else:
                pieces.append(piece)
    return _laid_out(pieces)


def now_on(pieces: Sequence[Piece], now: datetime) -> float | None:
    """Where `now` stands on a timeline, or None when it is outside."""
    found = [piece for piece in pieces if piece.start <= now < piece.end]
    return found[0].place(now) if found else None


def place(pieces: Sequence[Piece], at: datetime) -> float:
    """Where an instant stands, before the first piece at 0, after the last at 100."""
    if not pieces or at <= pieces[0].start:
        return 0.0
    found = [piece for piece in pieces if piece.start <= at <= piece.end]
    return found[0].place(at) if found else 100.0


def _cut(stretch: Stretch, now: datetime) -> list[Piece]:
    if not stretch.counted:
        kind = "wait" if stretch.reason.startswith("waiting") else "skip"
        return [Piece(kind, stretch.start, stretch.end, stretch.label)]
    if stretch.start < now < stretch.end:
        return [Piece("spent", stretch.start, now, ""), Piece("left", now, stretch.end, "")]
    return [Piece("spent" if stretch.end <= now else "left", stretch.start, stretch.end, "")]


def _joined(first: str, second: str) -> str:
    return first if second in first.split(", ") else f"{first}, {second}"


def _laid_out(pieces: list[Piece]) -> list[Piece]:
    counted = sum(piece.seconds for piece in pieces if piece.counts)
    skips = sum(not piece.counts for piece in pieces)
    fixed = (min(SKIP_WIDTH, SKIPS_AT_MOST / skips) if counted else 100.0 / skips) if skips else 0.0
    scale = (100.0 - fixed * skips) / counted if counted else 0.0
    laid, x = [], 0.0
    for piece in pieces:
        width = piece.seconds * scale if piece.counts else fixed
        laid.append(replace(piece, x=x, width=width))
        x += width
    return laid
