"""Who does what next, in numbers: the rule that the board, the plan, « au suivant » and the simulation share.

`index` weighs what a broken promise costs against the work that would keep it:
w/(p·f)·exp(−max(0, due − p·f − now)/(K·p̄)), known as apparent tardiness cost (Vepsalainen and Morton, 1987), here by
its logarithm. `edd` is the earliest due date (Jackson, 1955); `priority` and `fifo` are what most desks do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log
from operator import attrgetter

from sla.queue.jobs import Hand, Job

FAR = 1e9
"""As far as no deadline is, in seconds."""
OLD = 1e12
LEAST = 1e-6

MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Rule:
    """`patience_s`: K·p̄, how far ahead a deadline begins to weigh. `hand_over_share`: a follow-up leaves an owner who
    is busy or away when less than so many times its work is left. `hand_over_s`, `usual_s`: what it costs that another
    takes it over, that one whom the client doesn't know does. `oldest_s`: what has waited longer comes first."""

    order: str = "index"
    patience_s: float = 120 * MINUTE
    hand_over_share: float = 8.0
    hand_over_s: float = 5 * MINUTE
    usual_s: float = 0.0
    oldest_s: float = 70 * HOUR

    def rank(self, job: Job, work: float, now: float) -> float:
        """How much a job that takes `work` seconds wants to be done; the highest comes first."""
        waited = now - job.since
        return OLD + waited if waited >= self.oldest_s else ORDERS[self.order](self, job, work, now)

    def work(self, job: Job, hand: Hand) -> float | None:
        """The seconds that this technician is reckoned to take; None for what they may not."""
        if job.owner == hand.id or job.pinned == hand.id:
            return job.seconds * (hand.pace(job.line, job.skill) or hand.slowest)
        pace = hand.pace(job.line, job.skill)
        if pace is None or job.pinned is not None:
            return None
        taken_over = self.hand_over_s if job.owner is not None else 0.0
        unknown = self.usual_s if job.usual is not None and job.usual != hand.id else 0.0
        return job.seconds * pace + taken_over + unknown

    def let_go(self, job: Job, now: float, free: Mapping[int, float]) -> bool:
        """Whether one begun by another may be taken over. `free`: from when each technician of the desk is."""
        back = free.get(job.owner or 0)
        if back is None:
            return True
        return back > now and self.let_go_at(job) < now

    def let_go_at(self, job: Job) -> float:
        """The instant after which an owner who is busy or away loses it."""
        old = job.since + self.oldest_s
        return old if job.due is None else min(old, job.due - self.hand_over_share * job.seconds)

    def best(
        self, hand: Hand, jobs: Iterable[Job], now: float, free: Mapping[int, float]
    ) -> tuple[float, Job, float] | None:
        """What comes first for this technician, its rank and its reckoned work; None if nothing is theirs to do."""
        found: tuple[float, Job, float] | None = None
        for job in jobs:
            work = self.work(job, hand)
            if work is None:
                continue
            if (
                job.owner is not None
                and job.owner != hand.id
                and job.pinned != hand.id
                and not self.let_go(job, now, free)
            ):
                continue
            rank = self.rank(job, work, now)
            if found is None or rank > found[0] or (rank == found[0] and _first(job) < _first(found[1])):
                found = rank, job, work
        return found


_first = attrgetter("since", "ticket")


def _index(rule: Rule, job: Job, work: float, now: float) -> float:
    slack = FAR if job.due is None else job.due - work - now
    urgency = log(max(job.weight, LEAST) / work)
    return urgency - slack / rule.patience_s if slack > 0 else urgency


def _edd(rule: Rule, job: Job, work: float, now: float) -> float:
    return -FAR if job.due is None else -job.due


def _fifo(rule: Rule, job: Job, work: float, now: float) -> float:
    return -job.since


def _priority(rule: Rule, job: Job, work: float, now: float) -> float:
    return job.weight * FAR - job.since


ORDERS: dict[str, Callable[[Rule, Job, float, float], float]] = {
    "index": _index,
    "edd": _edd,
    "priority": _priority,
    "fifo": _fifo,
}
