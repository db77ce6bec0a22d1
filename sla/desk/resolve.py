"""`resolve`: support says that the work is done and explains it; the client then tries it (« la recette »)."""

from sla.desk.acceptance import await_acceptance
from sla.desk.actor import Role
from sla.desk.beginning import begin_work
from sla.desk.follow_up import await_report
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import stop_own
from sla.desk.tell import tell_client
from sla.desk.typed import one_text
from sla.errors import IllegalMove
from sla.store.tables import Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State


def resolve(tx: Tx, number: int, *, text: str) -> Ticket:
    """The text is the explanation that stays with the closed ticket. What was handed over, deployment resolves."""
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.state == State.TO_DEPLOYMENT and tx.actor.role is not Role.DEPLOYMENT:
        raise IllegalMove(ticket=ticket.id, state=ticket.state, action=Kind.RESOLVED)
    stop_own(tx, ticket)
    begin_work(tx, ticket)
    event = record(tx, ticket, Kind.RESOLVED, text=text)
    if ticket.accept_until is not None:
        await_acceptance(tx, ticket.id, resolved_at=tx.now, until=ticket.accept_until, seq=event.seq)
    await_report(tx, ticket, event.seq)
    tell_client(tx, ticket, "resolved", key=f"resolved:{ticket.id}:{event.seq}", text=text)
    return ticket
