"""`comment`: the client writes on its ticket; a question that support had asked is thereby answered."""

from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import at_work, tell
from sla.desk.typed import one_text
from sla.store.tables import Event
from sla.ticket.facts import Kind


def comment(tx: Tx, number: int, *, text: str) -> Event:
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    event = record(tx, ticket, Kind.COMMENTED, text=text)
    tell(tx, at_work(tx, ticket), "client_wrote", key=f"comment:{ticket.id}:{event.seq}", ticket=ticket, text=text)
    return event
