"""`comment`: the client writes on its ticket; a question that support had asked is thereby answered."""

from sla.contract.decision import Outcome
from sla.desk.actor import SYSTEM
from sla.desk.coverage import coverage_for
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.desk.typed import one_text
from sla.store.tables import Event, Ticket
from sla.ticket.facts import Kind


def comment(tx: Tx, number: int, *, text: str) -> Event:
    """A message buys no hours: a ticket that waits for some goes on waiting."""
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    lacked_hours = ticket.waiting_for == "forfait"
    event = record(tx, ticket, Kind.COMMENTED, text=text)
    if lacked_hours:
        _wait_on(tx.as_actor(SYSTEM), ticket)
    people = technician_of(tx, ticket) or having(tx, "dispatcher")
    tell(tx, people, "client_wrote", key=f"comment:{ticket.id}:{event.seq}", ticket=ticket, text=text)
    return event


def _wait_on(tx: Tx, ticket: Ticket) -> None:
    decision = coverage_for(tx, ticket.company_id, ticket.item)
    if decision.outcome is Outcome.WAITS_FORFAIT:
        record(tx, ticket, Kind.WAITING_CLIENT, text=decision.reason_fr, reason="forfait")
    elif ticket.technician_id is None:
        enqueue(tx, ticket)
