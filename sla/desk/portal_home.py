"""What a contact sees of its tickets: what awaits its own move, and the list, open or closed, searched and paged."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from sla.desk.office import Tx
from sla.desk.sight import tickets_seen_by
from sla.desk.ticket_list import matching
from sla.errors import Forbidden, SignInNeeded
from sla.store.tables import Company, Estimate, Ticket
from sla.ticket.states import State

PAGE = 20
ENDED = (State.CLOSED, State.DECLINED, State.MERGED)
"""What a client calls closed; what deployment has taken over still goes on."""


@dataclass(frozen=True, slots=True)
class Move:
    """A ticket whose next move is the client's. `kind`: accept, estimate, question or forfait."""

    ticket: Ticket
    kind: str
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class TicketList:
    """One page of tickets, the last deposited first. `estimates`: the offers that await an answer, by ticket."""

    rows: Sequence[Ticket]
    total: int
    page: int
    pages: int
    open_count: int
    closed_count: int
    estimates: dict[int, Estimate]


def own_company(tx: Tx) -> Company:
    """The contact's company; SignInNeeded by nobody, Forbidden to anyone who has none."""
    if tx.actor.id is None:
        raise SignInNeeded()
    company = tx.session.get(Company, tx.actor.company_id) if tx.actor.is_client and tx.actor.company_id else None
    if company is None:
        raise Forbidden(role=tx.actor.role, action="portal")
    return company


def your_turn(tx: Tx) -> list[Move]:
    """Estimates to decide, work to accept, questions to answer, forfaits to buy; the oldest ticket first."""
    own_company(tx)
    offers = _offers(tx)
    asked = (Ticket.state == State.WAITING_CLIENT) & (Ticket.waiting_for.is_distinct_from("date"))
    waiting = asked | (Ticket.state == State.RESOLVED) | Ticket.id.in_(list(offers))
    found = tx.session.scalars(tickets_seen_by(tx.actor).where(waiting).order_by(Ticket.id))
    return [_move(ticket, offers.get(ticket.id)) for ticket in found]


def _move(ticket: Ticket, offer: Estimate | None) -> Move:
    if ticket.state == State.RESOLVED:
        return Move(ticket, "accept", None)
    if offer is not None:
        return Move(ticket, "estimate", offer)
    return Move(ticket, "forfait" if ticket.waiting_for == "forfait" else "question", None)


def _offers(tx: Tx) -> dict[int, Estimate]:
    """Estimates that are still on offer for the contact's own company, by ticket."""
    query = select(Estimate).join(Ticket, Ticket.id == Estimate.ticket_id)
    query = query.where(Ticket.company_id == tx.actor.company_id, Ticket.state.not_in(ENDED))
    query = query.where(Estimate.state == "offered", Estimate.valid_until >= tx.now)
    return {offer.ticket_id: offer for offer in tx.session.scalars(query)}


def own_tickets(tx: Tx, *, closed: bool = False, text: str = "", page: int = 1) -> TicketList:
    """`text`: every word must be found, accents and case aside, or be the ticket's number."""
    own_company(tx)
    seen = matching(tickets_seen_by(tx.actor), text)
    ended = Ticket.state.in_(ENDED)
    columns = func.count().filter(~ended), func.count().filter(ended)
    counted = seen.with_only_columns(*columns, maintain_column_froms=True).options()
    open_count, closed_count = tx.session.execute(counted).one()
    total = int(closed_count if closed else open_count)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    listed = seen.where(ended if closed else ~ended).order_by(Ticket.id.desc())
    rows = tx.session.scalars(listed.limit(PAGE).offset((page - 1) * PAGE)).all()
    return TicketList(rows, total, page, pages, int(open_count), int(closed_count), _offers(tx))
