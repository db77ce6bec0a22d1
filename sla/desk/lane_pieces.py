"""What fills a technician's days: work that the plan expects, appointments, absences, time already worked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from sla.desk.office import Tx
from sla.desk.time_kept import stands
from sla.queue.plan import Plan, Slot
from sla.store.tables import Absence, Appointment, Company, Intervention, Person, Ticket, TimeEntry


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: work (planned), live (begun), done, call, session, off (away). `mark`: as a clock's. `id`: an
    appointment's. `state`: the ticket's, or the appointment's. `holder`: the colleague whose ticket it is."""

    kind: str
    technician: int
    start: datetime
    end: datetime
    title: str
    mark: str = "void"
    ticket: int | None = None
    company: str = ""
    state: str = ""
    id: int | None = None
    due_at: datetime | None = None
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    technician: int
    start: datetime
    end: datetime
    label: str

    def piece(self) -> Piece:
        return Piece("off", self.technician, self.start, self.end, f"Absence\u00a0: {self.label}")


def absences(tx: Tx, since: datetime, until: datetime) -> list[Away]:
    query = select(Absence).where(Absence.ends_at > since, Absence.starts_at < until).order_by(Absence.starts_at)
    return [Away(each.technician_id, each.starts_at, each.ends_at, each.label) for each in tx.session.scalars(query)]


def planned_pieces(tx: Tx, plan: Plan) -> tuple[list[Piece], Mapping[int, int]]:
    """The plan's slots as pieces, and how many awaiting tickets each technician holds."""
    holder = Person.name.label("holder")
    query = select(Ticket.id, Ticket.title, Company.name, Ticket.state, Ticket.technician_id, holder)
    query = query.join(Company, Company.id == Ticket.company_id).outerjoin(Person, Person.id == Ticket.technician_id)
    told = {row.id: row for row in tx.session.execute(query.where(Ticket.awaiting))}
    counts = Counter(row.technician_id for row in told.values() if row.technician_id is not None)
    return [_expected(tx.now, slot, told[slot.ticket]) for slot in plan.slots], counts


def _expected(now: datetime, slot: Slot, ticket: Row[*tuple[Any, ...]]) -> Piece:
    late = slot.late or (slot.due_at is not None and slot.due_at < now)
    return Piece(
        "live" if ticket.state == "in_progress" else "work",
        slot.technician,
        slot.start,
        slot.end,
        ticket.title,
        "void" if slot.due_at is None else "late" if late else "on_time",
        slot.ticket,
        ticket.name,
        ticket.state,
        due_at=slot.due_at,
        holder=ticket.holder if ticket.technician_id not in (None, slot.technician) else "",
    )


MARKS = {"booked": "void", "held": "met", "missed": "late"}


def booked(tx: Tx, since: datetime, until: datetime) -> list[Piece]:
    """Callbacks and sessions, held ones too."""
    query = (
        select(Appointment, Ticket.title, Company.name)
        .join(Ticket, Ticket.id == Appointment.ticket_id)
        .join(Company, Company.id == Ticket.company_id)
        .where(Appointment.state != "cancelled", Appointment.starts_at >= since, Appointment.starts_at < until)
    )
    pieces = []
    for each, title, company in tx.session.execute(query):
        kind = "call" if each.kind == "callback" else "session"
        end = each.starts_at + timedelta(minutes=each.minutes)
        mark = "late" if each.state == "booked" and end < tx.now else MARKS[each.state]
        pieces.append(
            Piece(
                kind, each.technician_id, each.starts_at, end, title, mark, each.ticket_id, company, each.state, each.id
            )
        )
    return pieces


def done(tx: Tx, since: datetime) -> Sequence[Piece]:
    """Time worked, a stretch a piece."""
    query = (
        select(TimeEntry.technician_id, TimeEntry.started_at, TimeEntry.ended_at, Ticket.title, Ticket.id, Company.name)
        .join(Intervention, Intervention.id == TimeEntry.intervention_id)
        .join(Ticket, Ticket.id == Intervention.ticket_id)
        .join(Company, Company.id == Ticket.company_id)
        .where(TimeEntry.started_at >= since, stands())
    )
    return [
        Piece("done", technician, start, end, title, "met", number, company, "done")
        for technician, start, end, title, number, company in tx.session.execute(query)
    ]
