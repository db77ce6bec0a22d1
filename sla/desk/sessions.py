"""`book_session`, `move_session`, `start_session`, `hold_session`, `miss_session`, `cancel_session`: remote takeovers
(booklet, « Une prise en main à distance »)."""

from datetime import datetime

from sqlalchemy import select

from sla.desk.agreed_work import not_agreed
from sla.desk.appointment_ends import hold, miss, take_back
from sla.desk.appointments import book, ended, move
from sla.desk.beginning import begin_work
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.one_timer import cleared
from sla.desk.queueing import LONGEST_APPOINTMENT
from sla.desk.readiness import require_answered
from sla.desk.stints import Timed
from sla.desk.typed import typed_minutes
from sla.desk.work_limits import begin_timed
from sla.errors import BadDuration, Both, NotFound
from sla.store.tables import Appointment
from sla.ticket.facts import Kind

KIND = "session"
EIGHT_HOURS = Both("Une prise en main dure huit heures au plus.", "A session lasts eight hours at most.")


def book_session(
    tx: Tx,
    number: int,
    *,
    starts_at: datetime | str,
    minutes: int | str = 60,
    technician: int | None = None,
    note: str = "",
) -> Appointment:
    """The ticket is planned until the session is held; `minutes` as typed time, at most eight hours."""
    length = typed_minutes(minutes)
    if length * 60 > LONGEST_APPOINTMENT.total_seconds():
        raise BadDuration("minutes", value=str(minutes), rule=EIGHT_HOURS)
    return book(tx, number, KIND, starts_at=starts_at, technician=technician, note=note, minutes=length)


def move_session(
    tx: Tx, appointment: int, *, starts_at: datetime | str, technician: int | None = None, reason: str = ""
) -> Appointment:
    """Another instant for a session that is booked, or that was missed and stays owed; a client can't choose who holds
    it."""
    return move(tx, appointment, KIND, starts_at=starts_at, technician=technician, reason=reason)


def start_session(tx: Tx, appointment: int, *, instead: bool = False) -> Timed:
    """It begins, and its technician's timer with it; not with a condition of the checklist unanswered, nor TMA work
    that is not agreed on. `instead`: a timer that runs elsewhere is stopped first, its time logged."""
    made = _booked(tx, appointment)
    found = cleared(tx, made.ticket_id, instead=instead)
    ticket, running = found.ticket, found.running
    require_answered(tx, ticket.id)
    refusal = not_agreed(tx, ticket)
    if refusal is not None:
        raise refusal
    begin_work(tx, ticket)
    record(tx, ticket, Kind.SESSION_STARTED, appointment=made.id)
    return Timed(running or begin_timed(tx, ticket, found.technician.id), stopped=found.stopped)


def hold_session(tx: Tx, appointment: int, *, text: str = "") -> Appointment:
    """It took place; that is an answer, and work has begun. It can't have with a condition unanswered."""
    require_answered(tx, _booked(tx, appointment).ticket_id)
    return hold(tx, appointment, KIND, text)


def _booked(tx: Tx, appointment: int) -> Appointment:
    query = select(Appointment).where(Appointment.id == appointment, Appointment.kind == KIND)
    made = tx.session.scalars(query).one_or_none()
    if made is None:
        raise NotFound("appointment", value=appointment)
    if made.state not in ("booked", "missed"):
        raise ended(tx, made)
    return made


def miss_session(tx: Tx, appointment: int, *, text: str = "") -> Appointment:
    """It did not take place: raised to the dispatcher, still owed."""
    return miss(tx, appointment, KIND, text)


def cancel_session(tx: Tx, appointment: int, *, reason: str) -> Appointment:
    """Support takes it back; the client is told why."""
    return take_back(tx, appointment, KIND, reason)
