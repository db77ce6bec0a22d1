"""Who is at work in a simulated desk, on what, and since when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sla.queue.jobs import Hand, Job
from sla.simulation.history import Hole

LEAST_LEFT = 60.0
"""What is reckoned to be left of work that should have been done by now, in seconds."""


@dataclass(slots=True)
class Doing:
    """What a technician has in hand: since when, and how many seconds were truly left then; `mark` tells it from what
    they have in hand later."""

    job: Job
    since: float
    left: float
    mark: int


class Shift:
    """The technicians by number, with what they do, where they are instead, and how long they have worked."""

    def __init__(self, hands: Sequence[Hand]) -> None:
        self.hands = {hand.id: hand for hand in hands}
        self.doing: dict[int, Doing] = {}
        self.away: dict[int, list[Hole]] = {hand.id: [] for hand in hands}
        self.worked = {hand.id: 0.0 for hand in hands}

    def pace(self, hand: int, job: Job) -> float:
        return self.hands[hand].pace(job.line, job.skill) or self.hands[hand].slowest

    def there(self) -> list[Hand]:
        return [hand for hand in self.hands.values() if not self.away[hand.id]]

    def idle(self) -> Iterator[Hand]:
        return (hand for hand in self.there() if hand.id not in self.doing)

    def stop(self, hand: int, now: float) -> Doing | None:
        """What was in hand, with what is left of it."""
        each = self.doing.pop(hand, None)
        if each is not None:
            self.worked[hand] += now - each.since
            each.left -= now - each.since
        return each

    def free(self, now: float) -> dict[int, float]:
        """From when each is free, as far as the desk can tell."""
        free = {hand: max((hole.end for hole in holes), default=now) for hand, holes in self.away.items()}
        for hand, each in self.doing.items():
            rest = each.job.seconds * self.pace(hand, each.job) - (now - each.since)
            free[hand] = max(free[hand], now) + max(LEAST_LEFT, rest)
        return free

    def loads(self, waiting: Iterable[Job], now: float) -> dict[int, float]:
        """Seconds of expected work that each has in hand and that waits for nobody else."""
        loads = dict.fromkeys(self.hands, 0.0)
        for hand, each in self.doing.items():
            loads[hand] = max(LEAST_LEFT, each.job.seconds * self.pace(hand, each.job) - (now - each.since))
        for job in waiting:
            if job.pinned in loads:
                loads[job.pinned] += job.seconds * self.pace(job.pinned, job)
        return loads

    def scene(self, waiting: Iterable[Job], now: float) -> tuple[list[Hand], list[Job]]:
        """Who is there and what awaits, work in hand with what has been spent on it; what was interrupted is as long as
        what is left of it."""
        hands = [
            replace(hand, away=tuple((hole.begin, hole.end) for hole in self.away[hand.id]))
            for hand in self.hands.values()
        ]
        busy = [replace(each.job, owner=hand, spent=now - each.since) for hand, each in self.doing.items()]
        return hands, [*busy, *(replace(job, spent=None) for job in waiting)]
