"""Who does what next: the earliest due date among what a technician masters, follow-ups to their owner.

Earliest due date (EDD) keeps the most promises when any order can keep them all (Jackson, 1955); skills and ownership
narrow what each technician may choose from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sla.ticket.clock import Hours

HAND_OVER_SHARE = 8
"""A follow-up leaves its absent owner when less than this many times its own work is left before its deadline."""


@dataclass(frozen=True, slots=True)
class Work:
    """A ticket as the queue sees it. `due_at` is its nearest running deadline (None: none runs); `minutes` the expected
    work of someone at full pace; `owner` who has begun it; `pinned` whom a dispatcher chose."""

    ticket: int
    skill: str
    due_at: datetime | None
    minutes: int
    deposited_at: datetime
    owner: int | None = None
    pinned: int | None = None


@dataclass(frozen=True, slots=True)
class Technician:
    """`skills`: skill → slowness (1.0: full pace); `hours`: the desk's calendar less absences and appointments."""

    id: int
    name: str
    skills: Mapping[str, float]
    hours: Hours

    def masters(self, skill: str) -> bool:
        return skill in self.skills

    def free_from(self, now: datetime) -> datetime:
        return self.hours.next_open(now)


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


def urgency(work: Work) -> tuple[bool, float, datetime, int]:
    """The order of the queue: earliest deadline, none last, then first come."""
    due = work.due_at.timestamp() if work.due_at else 0.0
    return (work.due_at is None, due, work.deposited_at, work.ticket)


def allowed(work: Work, technician: Technician, now: datetime, team: Mapping[int, Technician]) -> bool:
    """Whether this technician may take that work now: pins are obeyed, follow-ups stay with an owner who is there."""
    if work.pinned is not None:
        return work.pinned == technician.id
    if work.owner == technician.id:
        return True
    return technician.masters(work.skill) and (work.owner is None or _let_go(work, technician, now, team))


def _let_go(work: Work, taker: Technician, now: datetime, team: Mapping[int, Technician]) -> bool:
    """An owner who is away lets a follow-up go once its deadline is near, in the working time of who would take it."""
    owner = team.get(work.owner or 0)
    if owner is None:
        return True
    back = owner.free_from(now)
    if back <= taker.free_from(now) or work.due_at is None or back < work.due_at - timedelta(minutes=work.minutes):
        return False
    return taker.hours.between(now, work.due_at) < timedelta(minutes=HAND_OVER_SHARE * work.minutes)


def choose(technician: Technician, queue: Iterable[Work], now: datetime, team: Sequence[Technician]) -> Choice | None:
    """« Au suivant »: what this technician does next; None when nothing that waits is theirs to do."""
    by_id = {each.id: each for each in team}
    mine = [work for work in queue if allowed(work, technician, now, by_id)]
    best = min(mine, key=urgency, default=None)
    return None if best is None else Choice(best, _why(best, technician, len(mine)))


def _why(work: Work, technician: Technician, among: int) -> tuple[Reason, ...]:
    reasons = []
    if work.pinned == technician.id:
        reasons.append(Reason("pinned"))
    elif work.owner == technician.id:
        reasons.append(Reason("follow_up"))
    else:
        reasons.append(Reason("masters", {"skill": work.skill}))
    if work.due_at is not None:
        reasons.append(Reason("earliest_due", {"due_at": work.due_at, "among": among}))
    else:
        reasons.append(Reason("first_come", {"among": among}))
    return tuple(reasons)
