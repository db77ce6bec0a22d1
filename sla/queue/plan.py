"""The plan: the dispatch rule played forward over the calendar.

It gives each technician's expected days and each ticket's expected start. Pure: the same queue at the same instant
gives the same plan. Appointments and absences are holes in a technician's hours, and work flows around them.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sla.queue.dispatch import Reason, Technician, Work, allowed, urgency


@dataclass(frozen=True, slots=True)
class Slot:
    """When a technician is expected to work on a ticket. `late` is how far the end passes the deadline, if it does."""

    ticket: int
    technician: int
    start: datetime
    end: datetime
    due_at: datetime | None

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.end > self.due_at


@dataclass(frozen=True, slots=True)
class Plan:
    """`slots` in order of start; `unplaced` are tickets that nobody may take."""

    slots: tuple[Slot, ...]
    unplaced: tuple[int, ...]

    def of(self, technician: int) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.technician == technician)

    def slot(self, ticket: int) -> Slot | None:
        return next((slot for slot in self.slots if slot.ticket == ticket), None)


def plan(team: Sequence[Technician], queue: Sequence[Work], now: datetime) -> Plan:
    """Whoever is free first takes what comes first for them, until nothing is left that anyone may take."""
    by_id = {each.id: each for each in team}
    waiting = sorted(queue, key=urgency)
    free = [(each.free_from(now), index) for index, each in enumerate(team)]
    heapq.heapify(free)
    slots: list[Slot] = []
    while waiting and free:
        at, index = heapq.heappop(free)
        work = next((each for each in waiting if allowed(each, team[index], at, by_id)), None)
        if work is None:
            continue
        waiting.remove(work)
        slot = _slot(work, team[index], at)
        slots.append(slot)
        heapq.heappush(free, (team[index].free_from(slot.end), index))
    return Plan(tuple(slots), tuple(work.ticket for work in waiting))


def _slot(work: Work, technician: Technician, at: datetime) -> Slot:
    slowness = technician.skills.get(work.skill, max(technician.skills.values(), default=1.0))
    end = technician.hours.add(at, timedelta(seconds=round(work.minutes * 60 * slowness)))
    return Slot(work.ticket, technician.id, at, end, work.due_at)


def explain(planned: Slot, work: Work, team: Mapping[int, Technician], among: Sequence[Work]) -> tuple[Reason, ...]:
    """Why this technician: what they master, when they get to it, the margin it leaves, what comes before it."""
    technician = team[planned.technician]
    before = sum(1 for other in among if urgency(other) < urgency(work))
    reasons = [Reason("masters", {"skill": work.skill}), Reason("gets_to_it", {"at": planned.start})]
    if work.pinned == technician.id:
        reasons[0] = Reason("pinned")
    elif work.owner == technician.id:
        reasons[0] = Reason("follow_up")
    if planned.due_at is not None:
        margin = technician.hours.between(planned.end, planned.due_at)
        code = "keeps_due" if margin >= timedelta() else "breaks_due"
        reasons.append(Reason(code, {"margin_s": abs(int(margin.total_seconds())), "due_at": planned.due_at}))
    if before:
        reasons.append(Reason("after_others", {"count": before}))
    return tuple(reasons)
