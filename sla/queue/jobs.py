"""The queue as numbers: working seconds on the desk's own axis, where nights don't exist.

Zero is any instant that whoever asks has chosen: now for a plan, the first morning for a simulation.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Hand:
    """A technician. `skills`: skill → slowness (1.0: full pace); `away`: stretches of the axis, in order and apart;
    `load`: the share of their time that they worked of late; `lines`: service item → slowness at it, where it is not
    that of its skill."""

    id: int
    skills: Mapping[str, float]
    away: Sequence[Span] = ()
    load: float = 0.0
    lines: Mapping[str, float] = field(default_factory=dict)

    @property
    def slowest(self) -> float:
        """Their slowness at what they don't master."""
        return max((*self.skills.values(), *self.lines.values()), default=1.0)

    def pace(self, line: str, skill: str) -> float | None:
        """Their slowness at a line of the catalogue; None if they don't master it."""
        known = self.skills.get(skill)
        return known if known is None else self.lines.get(line, known)

    def slowness(self, job: "Job") -> float:
        """The same at a job, or their slowest at what they don't master."""
        return self.pace(job.line, job.skill) or self.slowest

    def free(self, at: float) -> float:
        """The first instant at or after `at` at which they are there."""
        for begin, end in self.away:
            if begin <= at < end:
                at = end
        return at

    def after(self, at: float, work: float) -> float:
        """When work begun at `at` ends, absences left out."""
        for begin, end in self.away:
            if end <= at:
                continue
            if at + work <= begin:
                break
            work -= max(0.0, begin - at)
            at = end
        return at + work


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work on a ticket: its first answer, or what follows it (`answered`).

    `line`: the service item; `weight`: of the severity, and less for what follows an answer; `seconds`: expected at
    full pace; `due`: the nearest running deadline, None if none runs; `since`: from when it has been waiting for
    support. `owner`: who has begun the ticket; `pinned`: whom a dispatcher chose; `usual`: who knows the client;
    `spent`: how long its owner has been at it, None while nobody is. `priority`: of the severity alone, for the order
    that looks at nothing else. `ready`: nobody begins it before then.
    """

    ticket: int
    line: str
    skill: str
    severity: str
    weight: float
    seconds: float
    due: float | None
    since: float
    answered: bool = False
    owner: int | None = None
    pinned: int | None = None
    spent: float | None = None
    usual: int | None = None
    priority: float = 0.0
    ready: float = -inf


def in_hand(jobs: Iterable[Job], there: Container[int]) -> dict[int, Job]:
    """By technician of those who are `there`, what they are at; of several the one begun last."""
    found: dict[int, Job] = {}
    for job in jobs:
        if job.spent is None or job.owner is None or job.owner not in there:
            continue
        if job.pinned in (None, job.owner):
            known = found.get(job.owner)
            if known is None or (known.spent or 0.0) > job.spent:
                found[job.owner] = job
    return found
