"""What may still arrive and go first: the desk's own past days, drawn one after another."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from sla.queue.expect.scene import DRAWN
from sla.queue.jobs import Job


@dataclass(frozen=True, slots=True)
class Days:
    """`days`: of each past working day, what was deposited, in order; `since` of a job is working seconds from that
    day's opening (what came by night is at 0), `due` counts from its deposit. `length`: a working day's seconds."""

    days: Sequence[Sequence[Job]]
    length: float

    def draw(self, chance: Random, day: float) -> Iterator[Job]:
        """Without end: the rest of one past day from `day` seconds after its opening, then whole days; `since` counts
        from now."""
        if not any(self.days):
            return
        now, opening = day, -day
        while True:
            drawn = self.days[int(chance.random() * len(self.days))]
            first = bisect_left(drawn, now, key=lambda job: job.since) if now else 0
            for job in drawn[first:]:
                yield _moved(job, opening)
            now, opening = 0.0, opening + self.length


def _moved(job: Job, opening: float) -> Job:
    at = opening + job.since
    due = None if job.due is None else at + job.due
    return Job(DRAWN, job.line, job.skill, job.severity, job.weight, job.seconds, due, at, priority=job.priority)
