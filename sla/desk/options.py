"""Whom a ticket could go to: what the plan suggests and why, and what each other choice would cost the rest of the
queue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.desk.queueing import situation
from sla.desk.sight import ticket_in_sight
from sla.errors import Forbidden
from sla.queue.dispatch import Reason, Technician, Work
from sla.queue.plan import Plan, explain, plan


@dataclass(frozen=True, slots=True)
class Option:
    """One technician who masters the ticket. `margin_s`: in their own working time, negative: late. None like `start`
    while the ticket waits for someone else. `delayed`: tickets that start later; `broken`: those that then end late."""

    technician: int
    name: str
    start: datetime | None
    margin_s: int | None
    delayed: Sequence[int]
    broken: Sequence[int]


@dataclass(frozen=True, slots=True)
class Options:
    """`suggested`: whom the plan would choose if nobody were pinned; None when it can't place the ticket."""

    suggested: Option | None
    reasons: Sequence[Reason]
    each: Sequence[Option]


def options(tx: Tx, number: int) -> Options:
    """For support only; one plan for each technician who masters the ticket."""
    if tx.actor.role not in SUPPORT:
        raise Forbidden(role=tx.actor.role, action="options")
    ticket = ticket_in_sight(tx, number)
    skill = tx.settings.catalogue.get(ticket.item).skill
    stand = situation(tx)
    able = [each for each in stand.people if each.masters(skill)]
    work = next((each for each in stand.waiting if each.ticket == number), None)
    if work is None:
        return Options(None, (), [Option(each.id, each.name, None, None, (), ()) for each in able])
    free = replace(work, pinned=None)
    others = [each for each in stand.waiting if each.ticket != number]
    base = plan(stand.people, [*others, free], tx.now)
    found = [_option(tx, each, free, others, stand.people, base) for each in able]
    slot = base.slot(number)
    if slot is None:
        return Options(None, (), found)
    reasons = explain(slot, free, {each.id: each for each in stand.people}, [*others, free])
    suggested = next((each for each in found if each.technician == slot.technician), None)
    return Options(suggested, reasons, found)


def _option(
    tx: Tx, person: Technician, work: Work, others: Sequence[Work], people: Sequence[Technician], base: Plan
) -> Option:
    changed = plan(people, [*others, replace(work, pinned=person.id)], tx.now)
    slot = changed.slot(work.ticket)
    if slot is None:
        return Option(person.id, person.name, None, None, (), ())
    margin = None
    if slot.due_at is not None:
        behind = slot.end > slot.due_at
        size = person.hours.between(min(slot.end, slot.due_at), max(slot.end, slot.due_at)).total_seconds()
        margin = int(-size if behind else size)
    before = {each.ticket: each for each in base.slots}
    moved = [each for each in changed.slots if each.ticket != work.ticket and each.ticket in before]
    delayed = [each.ticket for each in moved if each.start > before[each.ticket].start]
    broken = [each.ticket for each in moved if each.late and not before[each.ticket].late]
    return Option(person.id, person.name, slot.start, margin, delayed, broken)
