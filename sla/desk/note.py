"""`note`: an internal note, never seen by the client and meeting no promise."""

from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.typed import Reading
from sla.store.tables import Event
from sla.ticket.facts import Kind


def note(tx: Tx, number: int, *, text: str) -> Event:
    reading = Reading()
    text = reading.text("text", text)
    reading.no_secret("text", text)
    reading.finish()
    return record(tx, ticket_in_sight(tx, number, lock=True), Kind.NOTED, text=text, public=False)
