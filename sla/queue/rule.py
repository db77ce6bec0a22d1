"""Who does what next, in numbers: the rule that the board, the plan, « au suivant » and the simulation share.

`index` weighs what a broken promise costs against the work that would keep it:
w/(p·f)·exp(−max(0, due − p·f − now)/(K·p̄)), known as apparent tardiness cost (Vepsalainen and Morton, 1987), here by
its logarithm. `edd` is the earliest due date (Jackson, 1955); `priority` and `fifo` are what most desks do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

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

    def rank(self, job: Job, pace: float, now: float, extra: float = 0.0) -> float:
        """How much a job wants to be done by someone of that slowness, `extra` seconds on top; the highest comes
        first."""
        return OLD - job.since if self.old(job, now) else ORDERS[self.order](self, job, pace, now, extra)

    def old(self, job: Job, now: float) -> bool:
        """Whether it has waited so long that it comes before all else."""
        return now - job.since >= self.oldest_s

    def surcharge(self, job: Job, hand: Hand) -> float:
        """What it costs, in seconds, that they must take it over, or that the client knows another."""
        taken_over = self.hand_over_s if job.owner is not None and job.owner != hand.id else 0.0
        return taken_over + (self.usual_s if job.usual is not None and job.usual != hand.id else 0.0)

    def left(self, job: Job, hand: Hand) -> float:
        """The seconds of work that are left to whoever has it in hand, absences not counted."""
        work = job.seconds * (hand.pace(job.line, job.skill) or hand.slowest)
        return max(work - (job.spent or 0.0), work * LEAST_LEFT)

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

    def may(self, job: Job, hand: Hand, now: float, free: Mapping[int, float]) -> bool:
        """Whether a job is theirs to take: pins are obeyed, what was begun stays with an owner who is there."""
        if job.pinned is not None:
            return job.pinned == hand.id
        if job.owner == hand.id:
            return True
        return job.skill in hand.skills and (job.owner is None or self.let_go(job, now, free))

    def best(
        self, hand: Hand, jobs: Iterable[Job], now: float, free: Mapping[int, float]
    ) -> tuple[float, Job, float] | None:
        """What comes first for this technician, of equals the first of `jobs`; its rank and the seconds that they are
        reckoned to take. None if nothing is theirs to do."""
        found: tuple[float, Job, float] | None = None
        for job in jobs:
            if not self.may(job, hand, now, free):
                continue
            pace = hand.pace(job.line, job.skill) or hand.slowest
            rank = self.rank(job, pace, now, self.surcharge(job, hand))
            if found is None or rank > found[0]:
                found = rank, job, pace
        return None if found is None else (found[0], found[1], self.seconds(found[1], hand, found[2]))

    def seconds(self, job: Job, hand: Hand, pace: float) -> float:
        """How long it is reckoned to take them, a hand-over with it."""
        return job.seconds * pace + (self.hand_over_s if job.owner not in (None, hand.id) else 0.0)

    def work(self, job: Job, hand: Hand) -> float | None:
        """The same; None for what they don't master, or what is pinned to another."""
        pace = hand.pace(job.line, job.skill)
        if hand.id in (job.owner, job.pinned):
            return self.seconds(job, hand, pace or hand.slowest)
        return None if pace is None or job.pinned is not None else self.seconds(job, hand, pace)

    def terms(self, job: Job, hand: Hand, now: float) -> dict[str, float]:
        """What the index is made of: weight, expected work of this technician and slack in seconds, slowness, and the
        index itself, which is 1 for work of one minute and weight 1 that is due now."""
        pace, extra = hand.pace(job.line, job.skill) or hand.slowest, self.surcharge(job, hand)
        work = job.seconds * pace + extra
        slack = 0.0 if job.due is None else job.due - work - now
        value = float(f"{exp(_index(self, job, pace, now, extra)) * MINUTE:.4g}")
        return {"weight": job.weight, "work_s": round(work), "slack_s": round(slack), "pace": pace, "index": value}


DEFAULT = Rule()


def _index(rule: Rule, job: Job, pace: float, now: float, extra: float) -> float:
    work = job.seconds * pace + extra
    slack = FAR if job.due is None else job.due - work - now
    urgency = log(max(job.weight, LEAST) / (work * pace**rule.pace_power))
    if slack < 0:
        return urgency + log(max(rule.lost, LEAST))
    return urgency - slack / rule.patience_s


def _edd(rule: Rule, job: Job, pace: float, now: float, extra: float) -> float:
    return -FAR if job.due is None else -job.due


def _fifo(rule: Rule, job: Job, pace: float, now: float, extra: float) -> float:
    return -job.since


def _priority(rule: Rule, job: Job, pace: float, now: float, extra: float) -> float:
    return job.priority * FAR - job.since


Order = Callable[[Rule, Job, float, float, float], float]
ORDERS: dict[str, Order] = {"index": _index, "edd": _edd, "priority": _priority, "fifo": _fifo}
