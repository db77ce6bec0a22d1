"""Every ticket within an actor's sight, the last deposited first: by state, searched, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from sla.desk.office import Tx
from sla.desk.permits import EVERYONE
from sla.desk.search_words import words
from sla.desk.sight import tickets_seen_by
from sla.errors import Forbidden
from sla.store.tables import Ticket

MOST = 200


@dataclass(frozen=True, slots=True)
class TicketPage:
    """`total` counts all that match; `following` is the `before` of the next page, None on the last."""

    rows: Sequence[Ticket]
    total: int
    following: int | None


def tickets(
    tx: Tx, *, states: Sequence[str] | None = None, text: str = "", before: int | None = None, limit: int = 50
) -> TicketPage:
    """`before`: only tickets with a smaller number, so that a page stays put while others are deposited."""
    if tx.actor.role not in EVERYONE:
        raise Forbidden(role=tx.actor.role, action="tickets")
    query = matching(tickets_seen_by(tx.actor), text)
    if states is not None:
        query = query.where(Ticket.state.in_(states))
    total = tx.session.scalar(select(func.count()).select_from(query.options().with_only_columns(Ticket.id).subquery()))
    page = query if before is None else query.where(Ticket.id < before)
    limit = min(limit, MOST)
    rows = tx.session.scalars(page.order_by(Ticket.id.desc()).limit(limit + 1)).all()
    return TicketPage(rows[:limit], total or 0, rows[limit - 1].id if len(rows) > limit else None)


def matching(query: Select[Ticket], text: str) -> Select[Ticket]:
    """Every word must be found, accents and case aside, or be the ticket's number."""
    for word in words(text):
        found = Ticket.search.contains(word.text, autoescape=True)
        query = query.where(found if word.number is None else found | (Ticket.id == word.number))
    return query
