"""Who does what next, in numbers: the rule that the board, the plan, « au suivant » and the simulation share.

`index` weighs what a broken promise costs against the work that would keep it:
w/(p·f)·exp(−max(0, due − p·f − now)/(K·p̄)), known as apparent tardiness cost (Vepsalainen and Morton, 1987), here by
its logarithm. `edd` is the earliest due date (Jackson, 1955); `priority` and `fifo` are what most desks do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import floor, inf, log

from sla.queue.course import Course, Rank
from sla.queue.jobs import Hand, Job

FAR = 1e9
"""As far as no deadline is, in seconds."""
OLD = 1e12
LEAST = 1e-6
LEAST_LEFT = 0.25
"""The share of its work that is reckoned to be left to what should have been done by now."""

MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Rule:
    """`patience_s`: K·p̄, how far ahead a deadline begins to weigh. `pace_power`: how much more than by its length slow
    work counts against a technician, who leaves it to the faster. `lost`: the share of its weight that is left to what
    can't be kept any more. `hand_over_share`: a follow-up leaves an owner who is busy or away when less than so many
    times its work is left. `hand_over_s`, `usual_s`: what it costs that another takes it over, that one whom the client
    doesn't know does. `oldest_s`: what has waited longer comes first."""

    order: str = "index"
    patience_s: float = 180 * MINUTE
    pace_power: float = 3.0
    lost: float = 0.25
    hand_over_share: float = 8.0
    hand_over_s: float = 5 * MINUTE
    usual_s: float = 0.0
    oldest_s: float = 70 * HOUR

    def best(
        self, hand: Hand, jobs: Iterable[Job], now: float, free: Mapping[int, float]
    ) -> tuple[Rank, Job, float] | None:
        """What comes first for this technician, of equals the first of `jobs`; its rank and the seconds that they are
        reckoned to take. None if nothing is theirs to do. `free`: from when each technician of the desk is."""
        ranked = [(self.rank(job, hand, now), job) for job in jobs if self.may(job, hand, now, free)]
        if not ranked:
            return None
        rank, job = max(ranked, key=lambda each: each[0])
        return rank, job, self.seconds(job, hand)

    def able(self, job: Job, hand: Hand) -> bool:
        """Whether they could do it at all: pins are obeyed, what one has begun needs no skill."""
        if job.pinned is not None:
            return job.pinned == hand.id
        return job.owner == hand.id or job.skill in hand.skills

    def may(self, job: Job, hand: Hand, now: float, free: Mapping[int, float]) -> bool:
        """Whether it is theirs to take: one who is busy or away may lose what they have begun."""
        if now < job.ready or not self.able(job, hand):
            return False
        if job.pinned is not None or job.owner in (None, hand.id) or job.owner not in free:
            return True
        return free[job.owner] > now >= self.let_go_at(job)

    def let_go_at(self, job: Job) -> float:
        """From which second on they do: its deadline is near then, or it has aged."""
        near = inf if job.due is None else job.due - self.hand_over_share * job.seconds
        return floor(min(near, job.since + self.oldest_s)) + 1.0

    def rank(self, job: Job, hand: Hand, now: float) -> Rank:
        """How much a job wants to be done by them."""
        if self.aged(job.since, now):
            return OLD - job.since, OLD - job.since
        return self.course(job, hand).at(now)

    def aged(self, since: float, now: float) -> bool:
        """Whether what has waited since then comes before all else."""
        return now - since >= self.oldest_s

    def course(self, job: Job, hand: Hand) -> Course:
        """Its rank before it has aged."""
        if self.order != "index":
            return Course(PLAIN[self.order](job))
        work, slope = self.weighed(job, hand), 1 / self.patience_s
        urgency = log(max(job.weight, LEAST) / (work * hand.slowness(job) ** self.pace_power))
        if job.due is None:
            return Course(urgency - slope * FAR)
        until = job.due - work
        return Course(urgency + log(max(self.lost, LEAST)), until, urgency - slope * until, slope)

    def seconds(self, job: Job, hand: Hand) -> float:
        """How long it is reckoned to take them, a hand-over with it."""
        return job.seconds * hand.slowness(job) + (self.hand_over_s if job.owner not in (None, hand.id) else 0.0)

    def weighed(self, job: Job, hand: Hand) -> float:
        """The same as it weighs: what it is worth that the client knows another counts as work too."""
        return self.seconds(job, hand) + (self.usual_s if job.usual not in (None, hand.id) else 0.0)

    def left(self, job: Job, hand: Hand) -> float:
        """The seconds of work that are left to whoever has it in hand, absences not counted."""
        work = job.seconds * hand.slowness(job)
        return max(work - (job.spent or 0.0), work * LEAST_LEFT)


DEFAULT = Rule()
PLAIN: dict[str, Callable[[Job], float]] = {
    "edd": lambda job: -FAR if job.due is None else -job.due,
    "priority": lambda job: job.priority * FAR - job.since,
    "fifo": lambda job: -job.since,
}
ORDERS = ("index", *PLAIN)
