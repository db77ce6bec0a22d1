"""`ask_report`: the client wants an interim report of work that goes on."""

from sqlalchemy import select

from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.desk.typed import Reading
from sla.errors import AlreadyDone, Both
from sla.store.tables import Event
from sla.ticket.facts import Kind


def ask_report(tx: Tx, number: int, *, text: str = "") -> Event:
    """Once until it is sent; its technician is told, or the dispatchers."""
    reading = Reading()
    text = reading.text("text", text, 2000, required=False)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    if report_awaited(tx, number):
        raise AlreadyDone(what=Both("un rapport d’étape est déjà demandé", "an interim report is asked for already"))
    event = record(tx, ticket, Kind.REPORT_ASKED, text=text)
    people = technician_of(tx, ticket) or having(tx, "dispatcher")
    tell(tx, people, "report_asked", key=f"report_asked:{number}:{event.seq}", ticket=ticket, text=text)
    return event


def report_awaited(tx: Tx, number: int) -> bool:
    """Whether one was asked for and none has been sent since."""
    kinds = Event.kind.in_((Kind.REPORT_ASKED, Kind.REPORTED))
    query = select(Event.kind).where(Event.ticket_id == number, kinds).order_by(Event.seq.desc()).limit(1)
    return tx.session.scalar(query) == Kind.REPORT_ASKED
