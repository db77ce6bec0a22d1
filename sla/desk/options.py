"""Whom a ticket could go to: what the plan suggests and why, and what each other choice would cost the rest of the
queue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.desk.queueing import situation
from sla.desk.sight import ticket_in_sight
from sla.errors import Forbidden
from sla.queue.axis import Axis
from sla.queue.dispatch import Reason, Technician, Work, index_terms
from sla.queue.plan import Plan, explain, plan


@dataclass(frozen=True, slots=True)
class Option:
    """One technician who masters the ticket. `margin_s`: in working time, negative: late. None like `start` while the
    ticket waits for someone else. `delayed`: tickets that start later; `broken`: those that then end late; `late_s`:
    how much later past their deadlines all tickets end together, in working seconds. `terms`: what the rule weighs;
    `load`: the share of the last four weeks that they worked; `usual`: whether the client is theirs most often."""

    technician: int
    name: str
    start: datetime | None
    margin_s: int | None
    delayed: Sequence[int]
    broken: Sequence[int]
    late_s: int = 0
    terms: Mapping[str, float] = field(default_factory=dict)
    load: float = 0.0
    usual: bool = False


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
        return Options(None, (), [Option(each.id, each.name, None, None, (), (), load=each.load) for each in able])
    free = replace(work, pinned=None)
    others = [each for each in stand.waiting if each.ticket != number]
    base = plan(stand.people, [*others, free], tx.now, tx.settings.plan.rule)
    found = [_option(tx, each, free, others, stand.people, base) for each in able]
    slot = base.slot(number)
    if slot is None:
        return Options(None, (), found)
    reasons = explain(slot, free, stand.people, base, tx.now)
    suggested = next((each for each in found if each.technician == slot.technician), None)
    return Options(suggested, reasons, found)


def _option(
    tx: Tx, person: Technician, work: Work, others: Sequence[Work], people: Sequence[Technician], base: Plan
) -> Option:
    changed = plan(people, [*others, replace(work, pinned=person.id)], tx.now, tx.settings.plan.rule)
    slot = changed.slot(work.ticket)
    if slot is None:
        return Option(person.id, person.name, None, None, (), (), load=person.load)
    margin = int(tx.hours.between(slot.end, slot.due_at).total_seconds()) if slot.due_at is not None else None
    before = {each.ticket: each for each in base.slots}
    moved = [each for each in changed.slots if each.ticket != work.ticket and each.ticket in before]
    delayed = [each.ticket for each in moved if each.start > before[each.ticket].start]
    broken = [each.ticket for each in moved if each.late and not before[each.ticket].late]
    axis = Axis(tx.hours, tx.now)
    return Option(
        person.id,
        person.name,
        slot.start,
        margin,
        delayed,
        broken,
        sum(each.late_s for each in changed.slots) - sum(each.late_s for each in base.slots),
        index_terms(tx.settings.plan.rule, work.job(axis), person.hand(axis)),
        person.load,
        work.usual == person.id,
    )
