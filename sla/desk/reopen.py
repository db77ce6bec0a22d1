"""`reopen`: « vous pouvez ré-ouvrir vos tickets en cas de réapparition du problème », without limit of time."""

from sla.desk.acceptance import await_no_more
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queued_again import queue_again
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.desk.typed import one_text
from sla.errors import IllegalMove
from sla.store.tables import Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State


def reopen(tx: Tx, number: int, *, text: str) -> Ticket:
    """Within the acceptance window it goes back to who did it; after, it is a new cycle and the plan chooses again."""
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    if tx.actor.is_client and ticket.state == State.TO_DEPLOYMENT:
        raise IllegalMove(ticket=ticket.id, state=ticket.state, action=Kind.REOPENED)
    event = record(tx, ticket, Kind.REOPENED, text=text)
    await_no_more(tx, ticket.id)
    if not ticket.begun:
        queue_again(tx, ticket)
    people = technician_of(tx, ticket) or having(tx, "dispatcher")
    tell(tx, people, "reopened", key=f"reopened:{ticket.id}:{event.seq}", ticket=ticket, text=text)
    return ticket
