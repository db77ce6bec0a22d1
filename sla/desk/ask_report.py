"""`ask_report`: the client wants an interim report of work that goes on."""

from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.desk.typed import Reading
from sla.desk.unanswered import await_asked_report, report_awaited
from sla.errors import AlreadyDone, Both
from sla.store.tables import Event
from sla.ticket.facts import Kind


def ask_report(tx: Tx, number: int, *, text: str = "") -> Event:
    """Once until it is sent; its technician is told, or the dispatchers, and reminded of it."""
    reading = Reading()
    text = reading.text("text", text, 2000, required=False)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    if report_awaited(tx, number) is not None:
        raise AlreadyDone(what=Both("un rapport d’étape est déjà demandé", "an interim report is asked for already"))
    event = record(tx, ticket, Kind.REPORT_ASKED, text=text)
    people = technician_of(tx, ticket) or having(tx, "dispatcher")
    tell(tx, people, "report_asked", key=f"report_asked:{number}:{event.seq}", ticket=ticket, text=text)
    await_asked_report(tx, number, event.seq)
    return event
