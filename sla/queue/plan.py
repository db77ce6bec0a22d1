"""The plan: the rule played forward over the calendar.

It gives each technician's expected days and each ticket's expected start. Pure: the same queue at the same instant
gives the same plan. Appointments and absences are holes in a technician's hours, and work flows around them.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sla.queue.axis import Axis
from sla.queue.course import Rank
from sla.queue.dispatch import Reason, Technician, Work, first_come
from sla.queue.jobs import Hand, Job, in_hand
from sla.queue.ranking import Ranking
from sla.queue.rule import DEFAULT, Rule

Placed = tuple[Job, int, float, float]
"""A job, whose it is, and from where to where on the axis."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When a technician is expected to work on a ticket. `late_s`: working seconds by which the end passes the
    deadline; 0: it doesn't."""

    ticket: int
    technician: int
    start: datetime
    end: datetime
    due_at: datetime | None
    late_s: int = 0

    @property
    def late(self) -> bool:
        return self.late_s > 0


@dataclass(frozen=True, slots=True)
class Plan:
    """`slots` in order of start; `unplaced` are tickets that nobody may take."""

    slots: tuple[Slot, ...]
    unplaced: tuple[int, ...]

    def of(self, technician: int) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.technician == technician)

    def slot(self, ticket: int) -> Slot | None:
        return next((slot for slot in self.slots if slot.ticket == ticket), None)

    def in_danger(self, now: datetime) -> tuple[Slot, ...]:
        """Promises that this plan would break and that are not broken yet, the nearest deadline first."""
        threatened = [slot for slot in self.slots if slot.late and slot.due_at is not None and slot.due_at > now]
        return tuple(sorted(threatened, key=lambda slot: (slot.due_at, slot.ticket)))


def plan(team: Sequence[Technician], queue: Sequence[Work], now: datetime, rule: Rule = DEFAULT) -> Plan:
    """Whoever is free first takes what comes first for them, until nothing is left that anyone may take."""
    if not team:
        return Plan((), tuple(sorted(work.ticket for work in queue)))
    axis = Axis(team[0].hours, now)
    due_at = {work.ticket: work.due_at for work in queue}
    placed, left = play([each.hand(axis) for each in team], [work.job(axis) for work in first_come(queue)], rule)
    slots = (
        Slot(job.ticket, hand, axis.begins(start), axis.ends(end), due_at[job.ticket], _late(job, end))
        for job, hand, start, end in placed
    )
    ordered = tuple(sorted(slots, key=lambda slot: (slot.start, slot.end, slot.ticket)))
    return Plan(ordered, tuple(sorted(job.ticket for job in left)))


def _late(job: Job, end: float) -> int:
    return max(0, round(end - job.due)) if job.due is not None else 0


def play(hands: Sequence[Hand], jobs: Iterable[Job], rule: Rule) -> tuple[list[Placed], list[Job]]:
    """The rule played forward from zero, the axis's now: what is placed, and what nobody may take. `jobs` come in order
    of deposit.

    What is in hand is finished first. Of several who are free at once the best match begins, of equals the one who has
    worked least of late.
    """
    team = {hand.id: hand for hand in hands}
    free = {hand.id: hand.free(0.0) for hand in hands}
    jobs = list(jobs)
    placed = [_finished(job, team[number], free, rule) for number, job in in_hand(jobs, team).items()]
    at_work = {job.ticket for job, *_ in placed}
    waiting = Ranking(hands, rule, (job for job in jobs if job.ticket not in at_work))
    heap = [(at, hand) for hand, at in free.items()]
    heapq.heapify(heap)
    while waiting and heap:
        at = heap[0][0]
        together = []
        while heap and heap[0][0] == at:
            together.append(team[heapq.heappop(heap)[1]])
        chosen = match(together, waiting, at, free)
        for hand in together:
            if chosen is None or hand is not chosen[0]:
                later = at if chosen is not None else let_go_later(hand, waiting, at)
                if later is not None:
                    free[hand.id] = later  # what was begun and gets ready meanwhile, in an absence, is others' to take
                    heapq.heappush(heap, (later, hand.id))
        if chosen is not None:
            hand, job, work = chosen
            end = hand.after(at, round(work))
            placed.append((job, hand.id, at, end))
            free[hand.id] = hand.free(end)
            heapq.heappush(heap, (free[hand.id], hand.id))
    return placed, list(waiting)


def _finished(job: Job, hand: Hand, free: dict[int, float], rule: Rule) -> Placed:
    start = free[hand.id]
    end = hand.after(start, round(rule.left(job, hand)))
    free[hand.id] = hand.free(end)
    return job, hand.id, start, end


def match(
    hands: Iterable[Hand], waiting: Ranking, at: float, free: Mapping[int, float]
) -> tuple[Hand, Job, float] | None:
    """Of several who are free at once, who begins, what, and for how long; it waits no more."""
    best: tuple[tuple[Rank, float, float, int], Hand, int] | None = None
    for hand in hands:
        found = waiting.best(hand, at, free)
        if found is not None:
            rank, number = found
            key = (rank, -waiting.seconds(number, hand), -hand.load, -hand.id)
            if best is None or key > best[0]:
                best = key, hand, number
    if best is None:
        return None
    (_, work, _, _), hand, number = best
    return hand, waiting.take(number), -work


def let_go_later(hand: Hand, waiting: Ranking, at: float) -> float | None:
    """When something is theirs to take again, for a technician who has nothing to do until then."""
    later = waiting.next_let_go(hand, at)
    return None if later is None else hand.free(later)


def explain(planned: Slot, work: Work, team: Sequence[Technician], made: Plan, now: datetime) -> tuple[Reason, ...]:
    """Why this technician: what they master, when they get to it, the margin it leaves, what comes before it."""
    technician = next(each for each in team if each.id == planned.technician)
    axis = Axis(technician.hours, now)
    hand, job = technician.hand(axis), work.job(axis)
    reasons = [Reason("masters", {"skill": work.skill}), Reason("gets_to_it", {"at": planned.start})]
    if work.pinned == technician.id:
        reasons[0] = Reason("pinned")
    elif work.owner == technician.id:
        reasons[0] = Reason("follow_up")
    elif any(work.owner == each.id for each in team):
        reasons[0] = Reason("taken_over", {"skill": work.skill})
    if planned.due_at is not None:
        margin = axis.of(planned.due_at) - axis.of(planned.end)
        code = "breaks_due" if planned.late else "keeps_due"
        reasons.append(Reason(code, {"margin_s": abs(round(margin)), "due_at": planned.due_at}))
    if work.usual == technician.id:
        reasons.append(Reason("usual"))
    if (pace := hand.slowness(job)) >= SLOW:
        reasons.append(Reason("slower", {"pace": round(pace, 2), "work_s": round(job.seconds * pace)}))
    before = [slot for slot in made.of(technician.id) if slot.start < planned.start]
    if before:
        reasons.append(Reason("after_others", {"count": len(before)}))
    if work.waits_until is not None:
        reasons.append(Reason("after_appointment", {"at": work.waits_until}))
    return tuple(reasons)


SLOW = 1.15
"""A slowness from which the choice of a technician says so."""
