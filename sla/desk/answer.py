"""`answer`: support writes to the client. The first one meets the first-response promise."""

from sla.desk.beginning import begin
from sla.desk.estimate_wait import await_decision_again
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import tell_client
from sla.desk.typed import one_text
from sla.store.tables import Event
from sla.ticket.facts import Kind


def answer(tx: Tx, number: int, *, text: str) -> Event:
    """A technician who answers a ticket that nobody has begun has thereby begun it."""
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    begin(tx, ticket)
    event = record(tx, ticket, Kind.ANSWERED, text=text)
    await_decision_again(tx, ticket, event)
    tell_client(tx, ticket, "answered", key=f"answer:{ticket.id}:{event.seq}", text=text)
    return event
