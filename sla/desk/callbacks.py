"""The calls that support owes: booked ones to come, and missed ones that stay owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.errors import Forbidden
from sla.store.tables import Appointment, Company, Person, Ticket

CALLER = aliased(Person)


@dataclass(frozen=True, slots=True)
class Callback:
    """A call owed: to whom (`requester`, `phone`), by whom, about what."""

    id: int
    ticket: int
    title: str
    company: str
    requester: str
    phone: str | None
    technician_id: int
    technician: str
    starts_at: datetime
    minutes: int
    note: str
    state: str


def callbacks(tx: Tx, *, technician: int | None = None, ticket: int | None = None) -> Sequence[Callback]:
    """Booked and missed ones, the earliest first; one technician's or one ticket's if asked. For support only."""
    if tx.actor.role not in SUPPORT:
        raise Forbidden(role=tx.actor.role, action="callbacks")
    query = (
        select(
            Appointment.id,
            Ticket.id.label("ticket"),
            Ticket.title,
            Company.name.label("company"),
            Person.name.label("requester"),
            Person.phone,
            CALLER.id.label("technician_id"),
            CALLER.name.label("technician"),
            Appointment.starts_at,
            Appointment.minutes,
            Appointment.note,
            Appointment.state,
        )
        .join(Ticket, Ticket.id == Appointment.ticket_id)
        .join(Company, Company.id == Ticket.company_id)
        .join(Person, Person.id == Ticket.requester_id)
        .join(CALLER, CALLER.id == Appointment.technician_id)
        .where(Appointment.kind == "callback", Appointment.state.in_(("booked", "missed")))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    if technician is not None:
        query = query.where(Appointment.technician_id == technician)
    if ticket is not None:
        query = query.where(Appointment.ticket_id == ticket)
    return [Callback(**row) for row in tx.session.execute(query).mappings()]
