"""The queue as rows: what waits, who is there, and the plan that follows; and a ticket's way into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select

from sla.calendar import BusinessCalendar
from sla.desk.actor import SYSTEM
from sla.desk.history import record
from sla.desk.office import Tx
from sla.queue.dispatch import Reason, Technician, Work
from sla.queue.plan import Plan, explain, plan
from sla.store.tables import Absence, Appointment, Person, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import QUEUED, State

Holes = list[tuple[datetime, datetime, str]]
"""When a technician can't work on tickets, and why."""
LONGEST_APPOINTMENT = timedelta(hours=8)
AT_WORK = (*QUEUED, State.IN_PROGRESS, State.PLANNED)


def team(
    tx: Tx, hours: BusinessCalendar | None = None, busy: Mapping[int, Holes] = MappingProxyType({})
) -> list[Technician]:
    """The technicians of desk.toml who have an account, with their own hours: the desk's less absences and
    appointments. `hours`, `busy`: another calendar, and what would be booked besides, for a plan of what isn't yet."""
    kept = hours or tx.hours
    lines = {line.code: line for line in tx.settings.technicians}
    query = select(Person).where(Person.role == "technician", Person.active, Person.code.in_(lines)).order_by(Person.id)
    away = _holes(tx)
    for each, holes in busy.items():
        away.setdefault(each, []).extend(holes)
    found = []
    for person in tx.session.scalars(query):
        line = lines[person.code or ""]
        theirs = kept.minus(away[person.id]) if person.id in away else kept
        pace = {skill: slowness * 100 / line.capacity for skill, slowness in line.skills.items()}
        found.append(Technician(person.id, person.name, pace, theirs))
    return found


def _holes(tx: Tx) -> dict[int, Holes]:
    holes: dict[int, Holes] = {}
    for absence in tx.session.scalars(select(Absence).where(Absence.ends_at > tx.now)):
        holes.setdefault(absence.technician_id, []).append((absence.starts_at, absence.ends_at, absence.label))
    since = tx.now - LONGEST_APPOINTMENT
    booked = select(Appointment).where(Appointment.state == "booked", Appointment.starts_at > since)
    for each in tx.session.scalars(booked):
        end = each.starts_at + timedelta(minutes=each.minutes)
        holes.setdefault(each.technician_id, []).append((each.starts_at, end, each.kind))
    return holes


def queue(tx: Tx, arriving: int | None = None, most: int | None = None) -> list[Work]:
    """Every ticket that a technician can work on now, or so many of the most urgent; what waits for someone else is
    not in it.

    One that is still new awaits a dispatcher's decision (no contract), unless it is the one `arriving`.
    """
    rows = select(
        Ticket.id,
        Ticket.item,
        Ticket.severity,
        Ticket.due_at,
        Ticket.deposited_at,
        Ticket.answered_at,
        Ticket.begun,
        Ticket.pinned,
        Ticket.technician_id,
    ).where(Ticket.awaiting, Ticket.state.in_(AT_WORK))
    rows = rows.where((Ticket.state != State.NEW) | (Ticket.id == arriving))
    if most is not None:
        rows = rows.order_by(Ticket.due_at.is_(None), Ticket.due_at, Ticket.deposited_at, Ticket.id).limit(most)
    return [_work(tx, row) for row in tx.session.execute(rows)]


def _work(tx: Tx, row: Row[*tuple[Any, ...]]) -> Work:
    number, code, severity, due_at, deposited_at, answered_at, begun, pinned, technician = row
    item = tx.settings.catalogue.get(code)
    minutes = tx.settings.plan.minutes(item, severity, answered=answered_at is not None)
    owner, chosen = (technician if begun else None), (technician if pinned else None)
    return Work(number, item.skill, due_at, minutes, deposited_at, owner, chosen)


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is there, what waits, and the plan that follows at this instant."""

    people: Sequence[Technician]
    waiting: Sequence[Work]
    plan: Plan


def situation(tx: Tx) -> Situation:
    people, waiting = team(tx), queue(tx)
    return Situation(people, waiting, plan(people, waiting, tx.now))


def planned(tx: Tx) -> Plan:
    """The plan as it stands at this instant."""
    return situation(tx).plan


def enqueue(tx: Tx, ticket: Ticket) -> None:
    """Give the ticket the technician that the plan finds for it, with the reasons; nobody, if nobody masters it.

    Whoever caused it, the choice is the service's own.
    """
    tx.session.flush()
    people, waiting = team(tx), queue(tx, ticket.id)
    slot = plan(people, waiting, tx.now).slot(ticket.id)
    if slot is None:
        return
    work = next(each for each in waiting if each.ticket == ticket.id)
    reasons = explain(slot, work, {each.id: each for each in people}, waiting)
    data: dict[str, Any] = {"expected_start": slot.start.isoformat(), "expected_end": slot.end.isoformat()}
    record(
        tx.as_actor(SYSTEM),
        ticket,
        Kind.ASSIGNED,
        public=False,
        technician=slot.technician,
        reasons=[told(each) for each in reasons],
        **data,
    )


def told(reason: Reason) -> dict[str, object]:
    """A reason as history keeps it: its code and its facts, instants as RFC 3339."""
    facts: dict[str, Any] = {
        key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in reason.facts.items()
    }
    return {"code": reason.code, **facts}
