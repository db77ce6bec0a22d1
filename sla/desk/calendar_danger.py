"""The promises that an edit of the calendar puts in danger: the plan as it is, beside the plan under the new hours.

A promise is in danger where the plan would end its work after the deadline, or with less of the promised time left
than the last warning leaves, and doesn't today. Deadlines that don't move are in danger too: a closure takes the work's
time, not that of a promise kept round the clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sla.calendar import BusinessCalendar
from sla.contract.targets import BREACH_SHARE
from sla.desk.calendar_stand import Stand, stand_under
from sla.desk.office import Tx
from sla.desk.queueing import Holes, queue, team
from sla.queue.dispatch import Work, urgency
from sla.queue.plan import Slot, plan
from sla.store.tables import Company, Ticket

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
    def ticket(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
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


def endangered(tx: Tx, hours: BusinessCalendar, moved: Sequence[MovedDeadline], broken: Sequence[Replaced]) -> Danger:
    """By the plan under the calendar in force and under `hours`, with what moves and the appointments' replacements."""
    waiting = {each.ticket: each for each in queue(tx, most=REACH)}
    left = BREACH_SHARE - max(tx.settings.targets.warning_shares, default=BREACH_SHARE)
    before = stand_under(tx, tx.hours, waiting, team(tx), {}, left)
    new = {(each.ticket, each.clock): each.new for each in moved}
    later = _waiting_longer(waiting, broken)
    after = stand_under(tx, hours, later, team(tx, hours, _booked(broken)), new, left)
    worse = list(_worse(before, after))
    return Danger([_told(tx, before, after, slot) for slot in worse[:SHOWN]], len(worse), left, len(waiting))


def _booked(broken: Sequence[Replaced]) -> dict[int, Holes]:
    """By technician, the times proposed for the broken appointments."""
    holes: dict[int, Holes] = {}
    for each in broken:
        end = each.proposal + timedelta(minutes=each.minutes)
        holes.setdefault(each.technician_id, []).append((each.proposal, end, each.kind))
    return holes


def _waiting_longer(waiting: Mapping[int, Work], broken: Sequence[Replaced]) -> dict[int, Work]:
    """Work that waits for one of the broken appointments waits for its replacement."""
    found = dict(waiting)
    for each in broken:
        work, length = waiting.get(each.ticket), timedelta(minutes=each.minutes)
        if work is not None and work.waits_until == each.starts_at + length:
            found[each.ticket] = replace(work, waits_until=each.proposal + length)
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
