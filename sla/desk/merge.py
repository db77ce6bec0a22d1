"""`merge`: a ticket that says what another of the same company says already; the other goes on for both."""

from sqlalchemy import select

from sla.desk.acceptance import await_no_more
from sla.desk.appointment_ends import let_go
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import technician_of, tell, tell_client
from sla.desk.timers import TimerKind, cancel
from sla.desk.typed import one_text
from sla.errors import Both, IllegalMove, NotTogether
from sla.store.tables import Estimate, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import OPEN

ITSELF = Both("c’est le même ticket", "it is the same ticket")
ELSEWHERE = Both("il est d’une autre société", "it is another company’s")
ENDED = Both("celui-ci n’est plus ouvert", "that one is not open any more")
FOLLOWED = Both(
    "La demande est regroupée avec une autre, où elle est suivie.",
    "The request was merged into another, where it is followed.",
)


def merge(tx: Tx, number: int, *, into: int, reason: str) -> Ticket:
    """Its promises end, its history stays and leads to the other; who deposited it is told, sees the other and writes
    there. Returns the merged one; `reopen` by support undoes it, as a new cycle."""
    reason = one_text("reason", reason, 2000)
    if into == number:
        raise NotTogether("into", ticket=number, into=into, rule=ITSELF)
    for each in sorted((number, into)):  # both locked, always in this order
        ticket_in_sight(tx, each, lock=True)
    ticket, other = ticket_in_sight(tx, number), ticket_in_sight(tx, into)
    if other.company_id != ticket.company_id:
        raise NotTogether("into", ticket=number, into=into, rule=ELSEWHERE)
    if other.state not in OPEN:
        raise NotTogether("into", ticket=number, into=into, rule=ENDED)
    if ticket.state not in OPEN:
        raise IllegalMove(ticket=ticket.id, state=ticket.state, action=Kind.MERGED)
    let_go(tx, ticket, FOLLOWED)
    _withdraw_offers(tx, ticket)
    await_no_more(tx, ticket.id)
    event = record(tx, ticket, Kind.MERGED, text=reason, into=other.id)
    record(tx, other, Kind.ABSORBED, merged=ticket.id)
    key = f"merged:{ticket.id}:{event.seq}"
    tell_client(tx, ticket, "merged", key=key, into=other, reason=reason)
    people = {each.id: each for each in (*technician_of(tx, ticket), *technician_of(tx, other))}
    told = [each for each in people.values() if each.id != tx.actor.id]
    tell(tx, told, "absorbed", key=f"absorbed:{ticket.id}:{event.seq}", ticket=other, merged=ticket, reason=reason)
    return ticket


def _withdraw_offers(tx: Tx, ticket: Ticket) -> None:
    offered = select(Estimate).where(Estimate.ticket_id == ticket.id, Estimate.state == "offered")
    for estimate in tx.session.scalars(offered):
        estimate.state = "replaced"
        cancel(tx, TimerKind.ESTIMATE_REMINDER, estimate.id)
