"""How a simulated desk decides who does what: technicians pull by a rule, or tickets are pushed at their deposit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sla.queue.course import Rank
from sla.queue.jobs import Hand, Job
from sla.queue.rule import Rule
from sla.simulation.shift import Shift

Found = tuple[Rank, Job, float] | None


@dataclass(slots=True)
class Pull:
    """Whoever is free takes what the rule puts first for them. `follows`: how often they heed it, else they take any
    that they may."""

    rule: Rule = field(default_factory=Rule)
    follows: float = 1.0
    chance: Random = field(default_factory=lambda: Random(0))

    def enter(self, job: Job, shift: Shift, waiting: Iterable[Job], now: float) -> Job:
        """The job as it joins the queue."""
        return job

    def choose(self, hand: Hand, jobs: Sequence[Job], now: float, free: Mapping[int, float]) -> Found:
        found = self.rule.best(hand, jobs, now, free)
        if found is None or self.follows >= 1.0 or self.chance.random() < self.follows:
            return found
        allowed = [one for job in jobs if (one := self.rule.best(hand, [job], now, free))]
        return self.chance.choice(allowed)


def round_robin(job: Job, able: Sequence[Hand], load: Mapping[int, float], turn: int) -> Hand:
    return able[turn % len(able)]


def least_loaded(job: Job, able: Sequence[Hand], load: Mapping[int, float], turn: int) -> Hand:
    return min(able, key=lambda hand: (load[hand.id], hand.id))


def most_skilled(job: Job, able: Sequence[Hand], load: Mapping[int, float], turn: int) -> Hand:
    return min(able, key=lambda hand: (hand.pace(job.line, job.skill), load[hand.id], hand.id))


Chooser = Callable[[Job, Sequence[Hand], Mapping[int, float], int], Hand]


@dataclass(slots=True)
class Push:
    """Each ticket gets its technician at its deposit, among those who master it and are there, and stays with them."""

    chooser: Chooser
    rule: Rule = field(default_factory=lambda: Rule(order="fifo"))
    turn: int = 0

    def enter(self, job: Job, shift: Shift, waiting: Iterable[Job], now: float) -> Job:
        if job.owner is not None:
            return replace(job, pinned=job.owner)
        able = [hand for hand in shift.there() if hand.pace(job.line, job.skill) is not None]
        if not able:
            return job
        chosen = self.chooser(job, able, shift.loads(waiting, now), self.turn)
        self.turn += 1
        return replace(job, pinned=chosen.id)

    def choose(self, hand: Hand, jobs: Sequence[Job], now: float, free: Mapping[int, float]) -> Found:
        return self.rule.best(hand, jobs, now, free)


Policy = Pull | Push
