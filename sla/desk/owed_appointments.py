"""The callbacks and remote sessions that support owes: booked ones to come, and missed ones that stay owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.errors import Forbidden
from sla.store.tables import Appointment, Company, Person, Ticket

HOLDER = aliased(Person)


@dataclass(frozen=True, slots=True)
class OwedAppointment:
    """`kind`: callback or session; to whom (`requester`, `phone`), by whom, about what. `state`: booked or missed."""

    id: int
    kind: str
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


def owed_appointments(tx: Tx, *, technician: int | None = None, ticket: int | None = None) -> Sequence[OwedAppointment]:
    """Booked and missed ones, the earliest first; one technician's or one ticket's if asked. For support only."""
    if tx.actor.role not in SUPPORT:
        raise Forbidden(role=tx.actor.role, action="owed_appointments")
    query = (
        select(
            Appointment.id,
            Appointment.kind,
            Ticket.id.label("ticket"),
            Ticket.title,
            Company.name.label("company"),
            Person.name.label("requester"),
            Person.phone,
            HOLDER.id.label("technician_id"),
            HOLDER.name.label("technician"),
            Appointment.starts_at,
            Appointment.minutes,
            Appointment.note,
            Appointment.state,
        )
        .join(Ticket, Ticket.id == Appointment.ticket_id)
        .join(Company, Company.id == Ticket.company_id)
        .join(Person, Person.id == Ticket.requester_id)
        .join(HOLDER, HOLDER.id == Appointment.technician_id)
        .where(Appointment.state.in_(("booked", "missed")))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    if technician is not None:
        query = query.where(Appointment.technician_id == technician)
    if ticket is not None:
        query = query.where(Appointment.ticket_id == ticket)
    return [OwedAppointment(**row) for row in tx.session.execute(query).mappings()]
