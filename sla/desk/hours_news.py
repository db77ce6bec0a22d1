"""What becomes of the hours that tickets wait for, told to those who deposited the tickets: others of their company,
and support, decide about hours."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.permits import APPROVING
from sla.desk.tell import clients_of, person, tell
from sla.store.tables import Company, Ticket

ASKED, WITHDRAWN, DECLINED, COME = "asked", "withdrawn", "declined", "come"


def waiting_for_hours(tx: Tx, company_id: int, *, lock: bool = False) -> Sequence[Ticket]:
    query = select(Ticket).where(Ticket.company_id == company_id, Ticket.awaiting, Ticket.waiting_for == "forfait")
    query = query.order_by(Ticket.id)
    return tx.session.scalars(query.with_for_update() if lock else query).all()


def tell_requesters(
    tx: Tx, company_id: int, tickets: Iterable[Ticket], news: str, *, key: str, hours: int, reason: str = ""
) -> None:
    """One message a person, about all their tickets; whoever follows the account reads it for a requester who has left.
    Those who answer for the company read of a sale or a refusal elsewhere: here they are told only what a colleague has
    asked for or withdrawn."""
    company, own = tx.session.get_one(Company, company_id), dict[int, list[Ticket]]()
    for ticket in tickets:
        for reader in clients_of(tx, ticket):
            own.setdefault(reader.id, []).append(ticket)
    for number, theirs in own.items():
        who = person(tx, number)
        if number == tx.actor.id or (who.portal_role in APPROVING and news not in (ASKED, WITHDRAWN)):
            continue
        facts: dict[str, Any] = {
            "ticket": theirs[0],
            "others": theirs[1:],
            "company": company,
            "news": news,
            "hours": hours,
        }
        tell(tx, [who], "hours_news", key=f"hours_news:{news}:{key}", reason=reason, **facts)
