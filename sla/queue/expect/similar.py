"""What came of similar requests: recent waits, those of a like request counting most."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from sla.queue.expect.grid import Grid

REMEMBERED = 600
FADES = 150
"""Answers after which one counts e times less."""
UNLIKE = 0.15
"""What a wait counts for each trait of its request that is another."""
HOURS_APART = 2.0
BACKLOG_APART = 0.5
FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Request:
    """What is known of a request when it is deposited: its `traits` (severity, line …), the hour of the day, 0 to 24,
    and how many others await their answer."""

    traits: tuple[str, ...]
    hour: float
    backlog: int


def similar(request: Request, past: Sequence[tuple[Request, float]]) -> Grid:
    """`past`: (request, its wait) in the order in which answers came."""
    known = past[-REMEMBERED:]
    last = len(known) - 1
    return Grid.weighted([(wait, _weight(request, old, last - index)) for index, (old, wait) in enumerate(known)])


def _weight(new: Request, old: Request, age: int) -> float:
    unlike = sum(1 for mine, its in zip(new.traits, old.traits, strict=True) if mine != its)
    apart = (new.hour - old.hour) / HOURS_APART
    crowd = log((new.backlog + 5) / (old.backlog + 5)) / BACKLOG_APART
    return UNLIKE**unlike * exp(-age / FADES - (apart * apart + crowd * crowd) / 2) + FLOOR
