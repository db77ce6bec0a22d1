"""The promises that an edit of the calendar puts in danger: the plan as it is, beside the plan under the new hours.

A promise is in danger where the plan would end its work after the deadline, or with less of the promised time left
than the last warning leaves, and doesn't today. Deadlines that don't move are in danger too: a closure takes the work's
time, not that of a promise kept round the clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from sla.calendar import BusinessCalendar
from sla.contract.targets import BREACH_SHARE
from sla.desk.office import Tx
from sla.desk.queueing import Holes, queue, team
from sla.queue.dispatch import Technician, Work, urgency
from sla.queue.plan import Plan, Slot, plan
from sla.store.tables import ClockRow, Company, Ticket
from sla.ticket.life import ALWAYS

REACH = 500
"""Of the tickets that await, so many of the most urgent are planned: beyond them lie weeks that nobody can foresee."""
SHOWN = 20


class MovedDeadline(Protocol):
    @property
    def ticket(self) -> int: ...
    @property
    def clock(self) -> str: ...
    @property
    def new(self) -> datetime: ...


class Replaced(Protocol):
    """A broken appointment and the instant that would replace it."""

    @property
    def kind(self) -> str: ...
    @property
    def technician_id(self) -> int: ...
    @property
    def minutes(self) -> int: ...
    @property
    def proposal(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Entrusted:
    """Who would keep the promise, when they would be done, and how many others would then miss theirs."""

    technician: int
    name: str
    end: datetime
    broken: int


@dataclass(frozen=True, slots=True)
class Endangered:
    """`old_due`, `old_end` → `due_at`, `end`: the deadline and the end of the work that the plan expects, as they are
    and as they would be. `margin_s`: working seconds between the two, negative when late. `proposal`: None where
    nobody would do better."""

    ticket: int
    company: str
    title: str
    clock: str
    technician: str
    old_due: datetime
    old_end: datetime
    due_at: datetime
    end: datetime
    margin_s: int
    proposal: Entrusted | None


@dataclass(frozen=True, slots=True)
class Danger:
    """`found`: the first of `count`, by deadline. `left_share`: per cent of the promised time that must be left.
    `planned`: how many tickets were planned."""

    found: Sequence[Endangered]
    count: int
    left_share: int
    planned: int


@dataclass(frozen=True, slots=True)
class Promised:
    """A ticket's nearest deadline under one calendar; `least` is the working time that should be left before it."""

    due_at: datetime
    clock: str
    least: timedelta
    hours: BusinessCalendar

    def margin(self, end: datetime) -> timedelta:
        return self.hours.between(end, self.due_at)

    def danger(self, end: datetime) -> int:
        """0: none; 1: too little left; 2: late."""
        if end > self.due_at:
            return 2
        return int(self.margin(end) < self.least)


@dataclass(frozen=True, slots=True)
class Stand:
    """Who is there, what waits, what is promised of it, and the plan, under one calendar."""

    people: Sequence[Technician]
    waiting: Mapping[int, Work]
    promised: Mapping[int, Promised]
    plan: Plan

    def late(self) -> set[int]:
        return {slot.ticket for slot in self.plan.slots if slot.late}


def endangered(tx: Tx, hours: BusinessCalendar, moved: Sequence[MovedDeadline], broken: Sequence[Replaced]) -> Danger:
    """By the plan under the calendar in force and under `hours`, with what moves and the appointments' replacements."""
    waiting = {each.ticket: each for each in queue(tx, most=REACH)}
    left = BREACH_SHARE - max(tx.settings.targets.warning_shares, default=BREACH_SHARE)
    before = _stand(tx, tx.hours, waiting, team(tx), {}, left)
    new = {(each.ticket, each.clock): each.new for each in moved}
    after = _stand(tx, hours, waiting, team(tx, hours, _booked(broken)), new, left)
    worse = list(_worse(before, after))
    return Danger([_told(tx, before, after, slot) for slot in worse[:SHOWN]], len(worse), left, len(waiting))


def _booked(broken: Sequence[Replaced]) -> dict[int, Holes]:
    """By technician, the times proposed for the broken appointments."""
    holes: dict[int, Holes] = {}
    for each in broken:
        end = each.proposal + timedelta(minutes=each.minutes)
        holes.setdefault(each.technician_id, []).append((each.proposal, end, each.kind))
    return holes


def _stand(
    tx: Tx,
    hours: BusinessCalendar,
    waiting: Mapping[int, Work],
    people: Sequence[Technician],
    new: Mapping[tuple[int, str], datetime],
    left: int,
) -> Stand:
    promised = _promised(tx, hours, list(waiting), new, left)
    works = {
        number: replace(work, due_at=promised[number].due_at if number in promised else None)
        for number, work in waiting.items()
    }
    return Stand(people, works, promised, plan(people, list(works.values()), tx.now, tx.settings.plan.rule))


def _promised(
    tx: Tx, hours: BusinessCalendar, tickets: Sequence[int], new: Mapping[tuple[int, str], datetime], left: int
) -> dict[int, Promised]:
    """Of each ticket the nearest of its running deadlines."""
    columns = ClockRow.ticket_id, ClockRow.name, ClockRow.due_at, ClockRow.target_s, Ticket.level, Ticket.severity
    query = select(*columns).join(Ticket, Ticket.id == ClockRow.ticket_id)
    query = query.where(ClockRow.ticket_id.in_(tickets), ClockRow.mark == "running", ClockRow.due_at.is_not(None))
    always = tx.settings.targets.round_the_clock
    found: dict[int, Promised] = {}
    for ticket, clock, old, target_s, level, severity in tx.session.execute(query):
        due = new.get((ticket, clock), old)
        if due is None or (ticket in found and (found[ticket].due_at, found[ticket].clock) <= (due, clock)):
            continue
        counted = ALWAYS if (level, severity) in always else hours
        found[ticket] = Promised(due, clock, timedelta(seconds=target_s) * left / BREACH_SHARE, counted)
    return found


def _worse(before: Stand, after: Stand) -> Iterator[Slot]:
    """The places in the new plan of the tickets whose promise is in more danger there than in the old one."""
    old = {slot.ticket: slot for slot in before.plan.slots}
    for slot in sorted(after.plan.slots, key=lambda slot: urgency(after.waiting[slot.ticket])):
        then = old.get(slot.ticket)
        if then is None or slot.ticket not in after.promised or slot.ticket not in before.promised:
            continue
        if after.promised[slot.ticket].danger(slot.end) > before.promised[slot.ticket].danger(then.end):
            yield slot


def _told(tx: Tx, before: Stand, after: Stand, slot: Slot) -> Endangered:
    ticket = tx.session.get_one(Ticket, slot.ticket)
    company = tx.session.get_one(Company, ticket.company_id).name
    old, new = before.promised[slot.ticket], after.promised[slot.ticket]
    was = before.plan.slot(slot.ticket)
    margin = int(new.margin(slot.end).total_seconds())
    names = {each.id: each.name for each in after.people}
    return Endangered(
        ticket.id, company, ticket.title, new.clock, names[slot.technician],
        old.due_at, was.end if was is not None else slot.end, new.due_at, slot.end, margin, _proposal(tx, after, slot),
    )  # fmt: skip


def _proposal(tx: Tx, after: Stand, slot: Slot) -> Entrusted | None:
    """Another technician who masters it and, were it theirs, would be done in less danger; of several who delays the
    fewest others beyond their deadlines, then who is done first."""
    work, promise = after.waiting[slot.ticket], after.promised[slot.ticket]
    late = after.late()
    found: list[Entrusted] = []
    for person in after.people:
        if person.id == slot.technician or not person.masters(work.skill):
            continue
        works = {**after.waiting, work.ticket: replace(work, pinned=person.id)}
        other = plan(after.people, list(works.values()), tx.now, tx.settings.plan.rule)
        place = other.slot(work.ticket)
        if place is not None and promise.danger(place.end) < promise.danger(slot.end):
            broken = {each.ticket for each in other.slots if each.late} - late - {work.ticket}
            found.append(Entrusted(person.id, person.name, place.end, len(broken)))
    return min(found, key=lambda each: (each.broken, each.end, each.technician), default=None)
