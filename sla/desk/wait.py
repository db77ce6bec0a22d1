"""`wait_for_client`, `wait_for_publisher`, `resume`: whose turn it is, and the clocks that follow."""

from sla.desk.beginning import begin
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.publisher_errors import link
from sla.desk.queueing import enqueue
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import tell_client
from sla.desk.typed import Reading, one_text
from sla.store.tables import Ticket
from sla.ticket.facts import Kind


def wait_for_client(tx: Tx, number: int, *, text: str) -> Ticket:
    """Ask the client something: the question is a public answer, and the resolution clock stands until it replies."""
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    begin(tx, ticket)
    event = record(tx, ticket, Kind.ANSWERED, text=text)
    record(tx, ticket, Kind.WAITING_CLIENT, reason="question")
    tell_client(tx, ticket, "question", key=f"question:{ticket.id}:{event.seq}", text=text)
    return ticket


def wait_for_publisher(tx: Tx, number: int, *, reference: str, text: str = "") -> Ticket:
    """The error went up to the publisher under its `reference`, which links whoever else has it; the text, if any, is
    an answer to the client."""
    reading = Reading()
    reference = reading.line("reference", reference, 80)
    text = reading.text("text", text, required=False)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    begin(tx, ticket)
    if text:
        event = record(tx, ticket, Kind.ANSWERED, text=text)
        tell_client(tx, ticket, "answered", key=f"answer:{ticket.id}:{event.seq}", text=text)
    record(tx, ticket, Kind.WAITING_PUBLISHER, reason="publisher", reference=reference)
    link(tx, ticket, reference)
    return ticket


def resume(tx: Tx, number: int, *, text: str = "") -> Ticket:
    """Support ends the wait itself: the client rang back, or the publisher has answered."""
    ticket = ticket_in_sight(tx, number, lock=True)
    reading = Reading()
    text = reading.text("text", text, required=False)
    reading.finish()
    record(tx, ticket, Kind.RESUMED, text=text, public=False)
    if ticket.technician_id is None:
        enqueue(tx, ticket)
    return ticket
