"""`call_back`, `move_call`, `hold_call`, `miss_call`, `cancel_call`: the calls that support owes, at agreed
instants."""

from datetime import datetime

from sla.desk.appointment_ends import hold, miss, take_back
from sla.desk.appointments import book, move
from sla.desk.office import Tx
from sla.store.tables import Appointment

CALL_MINUTES = 15
KIND = "callback"


def call_back(
    tx: Tx, number: int, *, starts_at: datetime | str, technician: int | None = None, note: str = ""
) -> Appointment:
    """Agree on a call in open hours; a client can't choose who calls."""
    return book(tx, number, KIND, starts_at=starts_at, technician=technician, note=note, minutes=CALL_MINUTES)


def move_call(
    tx: Tx, appointment: int, *, starts_at: datetime | str, technician: int | None = None, reason: str = ""
) -> Appointment:
    """Another instant for a call that is booked, or that was missed and stays owed."""
    return move(tx, appointment, KIND, starts_at=starts_at, technician=technician, reason=reason)


def hold_call(tx: Tx, appointment: int, *, text: str = "") -> Appointment:
    """The client was reached; that is an answer."""
    return hold(tx, appointment, KIND, text)


def miss_call(tx: Tx, appointment: int, *, text: str = "") -> Appointment:
    """Nobody called, or nobody answered: it is raised to the dispatcher and stays owed."""
    return miss(tx, appointment, KIND, text)


def cancel_call(tx: Tx, appointment: int, *, reason: str) -> Appointment:
    """Support or the client takes the call back; both are told why."""
    return take_back(tx, appointment, KIND, reason)
