"""The wait for the client's decision on an offer: whose it is, when it ends, and when it begins again."""

from sqlalchemy import select

from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.tell import contacts
from sla.desk.timers import TimerKind, cancel
from sla.store.tables import Estimate, Event, Person, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import OPEN, WAITING, State, answered_by_message

SAID = (Kind.ESTIMATE_OFFERED, Kind.ESTIMATE_QUESTIONED, Kind.ANSWERED)


def end_estimate_wait(tx: Tx, ticket: Ticket) -> None:
    """No decision is awaited any more: support has the turn again, if that is what the ticket waited for."""
    if ticket.waiting_for == "estimate":
        record(tx, ticket, Kind.RESUMED, public=False)


def client_has_spoken(tx: Tx, ticket: Ticket) -> None:
    """Its word on an offer ends a question's wait too, as any message of its would."""
    if ticket.waiting_for == "estimate" or answered_by_message(State(ticket.state), ticket.waiting_for):
        record(tx, ticket, Kind.RESUMED, public=False)


def await_decision_again(tx: Tx, ticket: Ticket, answered: Event) -> None:
    """What the client asked about an offer is answered and the offer stands: the decision is the client's again."""
    if State(ticket.state) not in OPEN - WAITING:
        return
    before = select(Event.kind).where(Event.ticket_id == ticket.id, Event.kind.in_(SAID), Event.seq < answered.seq)
    if tx.session.scalars(before.order_by(Event.seq.desc()).limit(1)).one_or_none() != Kind.ESTIMATE_QUESTIONED:
        return
    stands = select(Estimate.id).where(Estimate.ticket_id == ticket.id, Estimate.state == "offered")
    if tx.session.scalars(stands.where(Estimate.valid_until >= tx.now).limit(1)).first() is not None:
        record(tx, ticket, Kind.WAITING_CLIENT, reason="estimate")


def deciding(tx: Tx, ticket: Ticket) -> list[Person]:
    """Who answers for the company on what spends its hours."""
    return contacts(tx, ticket.company_id, "approver", "account")


def close_offer(tx: Tx, estimate: Estimate, state: str) -> None:
    """Nobody is reminded of it and nothing expires any more."""
    estimate.state = state
    for kind in (TimerKind.ESTIMATE_REMINDER, TimerKind.ESTIMATE_END):
        cancel(tx, kind, estimate.id)
