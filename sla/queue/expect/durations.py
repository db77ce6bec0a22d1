"""How long work takes at this desk: its own past, by line, shrunk toward the whole desk's where few are known."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from sla.queue.jobs import Job

SHRINK = 20
"""A line with as many pieces of work as this is drawn from its own past half of the time, else from the desk's."""
AS_EXPECTED = (1.0,)


@dataclass(frozen=True, slots=True)
class Ratios:
    """Past durations over expected ones (at full pace), sorted; `lines`: those of each line."""

    all: Sequence[float] = AS_EXPECTED
    lines: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, past: Sequence[tuple[str, float]]) -> "Ratios":
        """From (line, ratio); as expected while nothing is known."""
        lines: dict[str, list[float]] = {}
        for line, ratio in past:
            lines.setdefault(line, []).append(ratio)
        everything = sorted(ratio for _, ratio in past)
        return cls(everything or AS_EXPECTED, {line: sorted(known) for line, known in lines.items()})

    def draw(self, chance: Random, line: str, above: float = 0.0) -> float:
        """One ratio, of those that exceed `above` (what has been spent already, over what was expected)."""
        own = self.lines.get(line, ())
        known = own if own and chance.random() * (len(own) + SHRINK) < len(own) else self.all
        return longer(known, above, chance)


def longer(known: Sequence[float], above: float, chance: Random) -> float:
    """One of the sorted values that exceed `above`; longer than ever goes on half as long again, on average."""
    first = bisect_right(known, above) if above > 0 else 0
    if first == len(known):
        return above * (1 + chance.random())
    return known[first + int(chance.random() * (len(known) - first))]


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What comes after a first answer. `share` of the answers that are followed by work; `pauses` before it, sorted
    working seconds, 0 where it goes on at once; `seconds` expected by line, and `targets` from the deposit by severity
    (no line, no target: none); `weight` beside a first answer's."""

    share: float = 0.0
    pauses: Sequence[float] = (0.0,)
    seconds: Mapping[str, float] = field(default_factory=dict)
    targets: Mapping[str, float] = field(default_factory=dict)
    weight: float = 0.5
    ratios: Ratios = Ratios()

    def job(self, job: Job, owner: int, back: float, pause: float) -> Job:
        """What comes back at `back` after the first answer to `job`; the client's time, `pause`, does not count."""
        target = self.targets.get(job.severity)
        due = None if target is None else job.since + target + pause
        seconds, weight = self.seconds.get(job.line, job.seconds), job.weight * self.weight
        told = job.ticket, job.line, job.skill, job.severity, weight, seconds, due, back, True, owner
        return Job(*told, priority=job.priority)
