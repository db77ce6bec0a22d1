"""`reopen`: « vous pouvez ré-ouvrir vos tickets en cas de réapparition du problème », without limit of time."""

from sla.desk.acceptance import await_no_more
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queued_again import queue_again
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import at_work, tell
from sla.desk.typed import one_text
from sla.errors import IllegalMove
from sla.store.tables import Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State

APART = "Le ticket nº\u00a0{} n’est plus regroupé avec celui-ci\u00a0: il reprend de son côté."


def reopen(tx: Tx, number: int, *, text: str) -> Ticket:
    """Within the acceptance window it goes back to who did it; after, it is a new cycle and the plan chooses again.

    What deployment has in hand, or was merged into another, support alone takes back: its client writes there.
    """
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    if tx.actor.is_client and ticket.state in (State.TO_DEPLOYMENT, State.MERGED):
        raise IllegalMove(ticket=ticket.id, state=ticket.state, action=Kind.REOPENED)
    apart = ticket.merged_into
    event = record(tx, ticket, Kind.REOPENED, text=text)
    await_no_more(tx, ticket.id)
    if ticket.state == State.REOPENED and not ticket.begun:
        queue_again(tx, ticket)
    tell(tx, at_work(tx, ticket), "reopened", key=f"reopened:{ticket.id}:{event.seq}", ticket=ticket, text=text)
    if apart is not None:
        other = ticket_in_sight(tx, apart)
        if other.state != State.MERGED:
            record(tx, other, Kind.NOTED, text=APART.format(ticket.id), public=False)
    return ticket
