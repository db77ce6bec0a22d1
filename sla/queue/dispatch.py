"""Who does what next, at this instant and why: the rule of `sla.queue.rule` over tickets and people as the desk knows
them."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import exp, inf
from typing import Any

from sla.queue.axis import Axis
from sla.queue.jobs import Hand, Job
from sla.queue.rule import DEFAULT, MINUTE, Rule
from sla.ticket.clock import Hours

Away = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Work:
    """A ticket as the queue sees it. `due_at` is its nearest running deadline, of the clock `goal` (None: none runs);
    `minutes` the expected work of someone at full pace; `since` from when it has been waiting for support (None: its
    deposit); `owner` who has begun it, `busy_since` from when they have been at it; `pinned` whom a dispatcher chose;
    `usual` who knows the client; `priority` what the severity alone weighs (None: `weight`); `waits_until` the end of
    the appointment that its work waits for."""

    ticket: int
    skill: str
    due_at: datetime | None
    minutes: int
    deposited_at: datetime
    owner: int | None = None
    pinned: int | None = None
    item: str = ""
    severity: str = ""
    weight: float = 1.0
    answered: bool = False
    since: datetime | None = None
    busy_since: datetime | None = None
    usual: int | None = None
    goal: str | None = None
    priority: float | None = None
    waits_until: datetime | None = None

    def job(self, axis: Axis) -> Job:
        """The same as numbers."""
        due = axis.of(self.due_at) if self.due_at is not None else None
        spent = -axis.of(self.busy_since) if self.busy_since is not None else None
        ready = axis.of(self.waits_until) if self.waits_until is not None else -inf
        return Job(
            self.ticket, self.item or self.skill, self.skill, self.severity, self.weight, self.minutes * 60.0, due,
            axis.of(self.since or self.deposited_at), self.answered, self.owner, self.pinned, spent, self.usual,
            self.weight if self.priority is None else self.priority, ready,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Technician:
    """`skills`: skill → slowness (1.0: full pace); `hours`: the desk's calendar; `away`: absences and appointments;
    `load`: the share of their time that they worked of late; `lines`: service item → slowness at it, where it is not
    that of its skill."""

    id: int
    name: str
    skills: Mapping[str, float]
    hours: Hours
    away: Sequence[Away] = ()
    load: float = 0.0
    lines: Mapping[str, float] = field(default_factory=dict)

    def masters(self, skill: str) -> bool:
        return skill in self.skills

    def hand(self, axis: Axis) -> Hand:
        """The same as numbers."""
        return Hand(self.id, self.skills, axis.stretches(self.away) if self.away else (), self.load, self.lines)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a choice: a code that the edges turn into a sentence, and the facts for it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a technician gets, and why."""

    work: Work
    reasons: tuple[Reason, ...]


def choose(
    technician: Technician, queue: Iterable[Work], now: datetime, team: Sequence[Technician], rule: Rule = DEFAULT
) -> Choice | None:
    """« Au suivant »: what this technician does next; None when nothing that waits is theirs to do.

    What someone is at (`busy_since`) makes them busy, and is nobody's next.
    """
    axis = Axis(technician.hours, now)
    everything = {work.ticket: work for work in first_come(queue)}
    jobs = [work.job(axis) for work in everything.values()]
    hands = {each.id: each.hand(axis) for each in team}
    free = {number: hand.free(0.0) for number, hand in hands.items()}
    for job in jobs:
        if job.spent is not None and job.owner in hands:
            free[job.owner] = max(free[job.owner], rule.left(job, hands[job.owner]))
    mine = hands[technician.id]
    open_to = [job for job in jobs if job.spent is None and rule.may(job, mine, 0.0, free)]
    best = rule.best(mine, open_to, 0.0, free)
    if best is None:
        return None
    job = best[1]
    return Choice(
        everything[job.ticket], (_whose(job, mine, free), *rule_reasons(rule, job, mine, len(open_to), everything))
    )


def urgency(work: Work) -> tuple[bool, float, datetime, int]:
    """The order of deadlines, none last, then first come."""
    due = work.due_at.timestamp() if work.due_at else 0.0
    return (work.due_at is None, due, work.deposited_at, work.ticket)


def first_come(queue: Iterable[Work]) -> list[Work]:
    """In order of deposit, which decides between equals: of a night's tickets too, that all wait from the opening."""
    return sorted(queue, key=lambda work: (work.deposited_at, work.ticket))


def _whose(job: Job, hand: Hand, team: Container[int]) -> Reason:
    """Why it may be theirs. Nothing is said to be taken over from someone who has left the team."""
    if job.pinned == hand.id:
        return Reason("pinned")
    if job.owner == hand.id:
        return Reason("follow_up")
    return Reason("taken_over" if job.owner in team else "masters", {"skill": job.skill})


def rule_reasons(rule: Rule, job: Job, hand: Hand, among: int, queue: Mapping[int, Work]) -> Iterable[Reason]:
    """Why it comes first: what the rule weighed, as numbers."""
    due_at = queue[job.ticket].due_at
    due = {} if due_at is None else {"due_at": due_at}
    if rule.aged(job.since, 0.0):
        yield Reason("oldest", {"waited_s": round(-job.since), "among": among})
    elif rule.order == "index":
        yield Reason("weighed", {**due, "among": among, **index_terms(rule, job, hand)})
    elif rule.order == "edd":
        yield Reason("earliest_due" if due else "first_come", {**due, "among": among})
    else:
        yield Reason("in_turn", {"among": among})
    if job.usual == hand.id:
        yield Reason("usual")


def index_terms(rule: Rule, job: Job, hand: Hand) -> dict[str, float]:
    """What the index is made of now: weight, expected work of this technician and slack in seconds (none without a
    deadline), slowness, and the index itself, which is 1 for work of one minute and weight 1 that is due now."""
    work = rule.weighed(job, hand)
    slack = {} if job.due is None else {"slack_s": round(job.due - work)}
    value = float(f"{exp(rule.course(job, hand).at(0.0)[0]) * MINUTE:.4g}")
    facts = {"weight": job.weight, "work_s": round(work), **slack, "pace": hand.slowness(job)}
    return {**facts, "index": value}
