"""How fast each technician does what: slowness learned from the desk's own past, shrunk toward what is configured.

The slowness at a line is the geometric mean of a technician's times over the desk's, weighed n/(n + SHRINK) against the
configured one: with few tickets known it says little, and no one is held faster than full pace.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

SHRINK = 10.0
"""With so many tickets of a line done, half of the slowness is the technician's own past."""
SLOWEST = 3.0


@dataclass(frozen=True, slots=True)
class Done:
    """One ticket that one technician did alone, real minutes."""

    technician: int
    item: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Pace:
    """`configured` and `learned` are slownesses; `tickets` known; `weight`: the share of what was learned in it."""

    configured: float
    learned: float
    tickets: int
    weight: float


def paces(past: Iterable[Done], configured: Mapping[int, Mapping[str, float]]) -> dict[tuple[int, str], Pace]:
    """By technician and line, for those of `configured` (technician → line → slowness) of which something is known."""
    logs: dict[tuple[int, str], list[float]] = {}
    lines: dict[str, list[float]] = {}
    for done in past:
        if done.minutes > 0 and done.item in configured.get(done.technician, {}):
            logs.setdefault((done.technician, done.item), []).append(log(done.minutes))
            lines.setdefault(done.item, []).append(log(done.minutes))
    found = {}
    for (technician, item), own in logs.items():
        desk, said = lines[item], configured[technician][item]
        behind = sum(own) / len(own) - sum(desk) / len(desk)
        weight = len(own) / (len(own) + SHRINK)
        learned = exp(weight * behind + (1 - weight) * log(said))
        found[technician, item] = Pace(said, min(SLOWEST, max(1.0, learned)), len(own), weight)
    return found
