"""`book_session`, `hold_session`, `miss_session`, `cancel_session`: remote takeovers (booklet, « Une prise en main à
distance »)."""

from datetime import datetime

from sla.desk.appointments import book, hold, miss, take_back
from sla.desk.office import Tx
from sla.desk.queueing import LONGEST_APPOINTMENT
from sla.desk.typed import typed_minutes
from sla.errors import BadDuration, Both
from sla.store.tables import Appointment

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


def hold_session(tx: Tx, appointment: int, *, text: str = "") -> Appointment:
    """It took place; that is an answer, and work has begun."""
    return hold(tx, appointment, KIND, text)


def miss_session(tx: Tx, appointment: int, *, text: str = "") -> Appointment:
    """It did not take place: raised to the dispatcher, still owed."""
    return miss(tx, appointment, KIND, text)


def cancel_session(tx: Tx, appointment: int, *, reason: str) -> Appointment:
    """Support takes it back; the client is told why."""
    return take_back(tx, appointment, KIND, reason)
