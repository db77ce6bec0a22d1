"""`accept`, `refuse`, `close_unanswered`: the acceptance, which is the client's own (« la recette est à la charge du
client »)."""

from sla.desk.acceptance import await_no_more
from sla.desk.appointment_ends import let_go
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import at_work, tell, tell_client
from sla.desk.typed import Reading, one_text
from sla.desk.who_decided import already_done
from sla.errors import Both
from sla.store.tables import Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State

DECISIONS = (Kind.ACCEPTED, Kind.ACCEPTED_WITH_RESERVATIONS, Kind.REFUSED, Kind.CLOSED, Kind.REOPENED)
CLOSED = Both("Le ticket est clos.", "The ticket is closed.")


def accept(tx: Tx, number: int, *, text: str = "", reservations: bool = False) -> Ticket:
    """Yes; or yes with reservations, which must be said and bring the ticket back for its adjustments."""
    reading = Reading()
    text = reading.text("text", text, required=reservations)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    kind = Kind.ACCEPTED_WITH_RESERVATIONS if reservations else Kind.ACCEPTED
    return _decided(tx, ticket, kind, text)


def refuse(tx: Tx, number: int, *, text: str) -> Ticket:
    """No: it reopens, with what was left of its resolution."""
    text = one_text("text", text)
    return _decided(tx, ticket_in_sight(tx, number, lock=True), Kind.REFUSED, text)


def _decided(tx: Tx, ticket: Ticket, kind: Kind, text: str) -> Ticket:
    if ticket.state != State.RESOLVED and (first := already_done(tx, ticket.id, DECISIONS)) is not None:
        raise first
    if kind is Kind.ACCEPTED and ticket.state == State.RESOLVED:
        let_go(tx, ticket, CLOSED)
    event = record(tx, ticket, kind, text=text)
    await_no_more(tx, ticket.id)
    if ticket.state == State.REOPENED and not ticket.begun:
        enqueue(tx, ticket)
    tell(
        tx,
        at_work(tx, ticket),
        "acceptance",
        key=f"acceptance:{ticket.id}:{event.seq}",
        ticket=ticket,
        decision=kind,
        text=text,
    )
    return ticket


def close_unanswered(tx: Tx, number: int) -> Ticket | None:
    """Effect of the window's timer: closed without an answer, unless something has happened since."""
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.state != "resolved" or ticket.accept_until is None or tx.now < ticket.accept_until:
        return None
    let_go(tx, ticket, CLOSED)
    event = record(
        tx, ticket, Kind.CLOSED, text="Clos sans réponse à la recette, après le délai annoncé.", unanswered=True
    )
    tell_client(tx, ticket, "closed_unanswered", key=f"closed:{ticket.id}:{event.seq}")
    return ticket


def remind_acceptance(tx: Tx, number: int) -> None:
    """Effect of the reminder's timer, once a resolution, whatever moves its window since; an outage that outlasted the
    window leaves nothing to remind of."""
    ticket = ticket_in_sight(tx, number)
    if ticket.state == "resolved" and ticket.accept_until is not None and tx.now < ticket.accept_until:
        tell_client(tx, ticket, "acceptance_reminder", key=f"acceptance_reminder:{ticket.id}:{ticket.resolved_at}")
