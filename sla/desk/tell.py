"""Who is told: each message goes to the outbox in the transaction of its cause."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sla.desk.office import Tx
from sla.notify.outbox import post, post_to_chats
from sla.store.tables import Company, Person, Ticket
from sla.ticket.states import State


def tell(
    tx: Tx,
    people: Iterable[Person],
    text: str,
    /,
    *,
    key: str,
    secret_until: datetime | None = None,
    attached: dict[str, Any] | None = None,
    **facts: Any,
) -> None:
    """Leave a message for each person once, and for each chat that wants it; a person is named once even if met in two
    roles. `secret_until`: the text holds a secret of use until then, and is not kept.
    `attached`: the document that goes with it, see `notify.attachment`.

    Every text may also name the `author` of the cause and, for a ticket or a forfait, its `company` and `requester`.
    """
    facts = {"author": tx.actor.name, **_owners(tx, facts), **facts}
    for person in {each.id: each for each in people if each.active}.values():
        post(
            tx.session,
            tx.settings,
            person,
            text,
            key=key,
            now=tx.now,
            was_due=tx.due_at,
            secret_until=secret_until,
            attached=attached,
            **facts,
        )
    if secret_until is None:
        post_to_chats(tx.session, tx.settings, text, key=key, now=tx.now, was_due=tx.due_at, **facts)


def _owners(tx: Tx, facts: dict[str, Any]) -> dict[str, Any]:
    """Fetched by id: a ticket that was just written has no relationship loaded."""
    ticket = facts.get("ticket")
    owned = ticket if ticket is not None else facts.get("pack")
    if owned is None:
        return {}
    company = tx.session.get_one(Company, owned.company_id)
    return (
        {"company": company} if ticket is None else {"company": company, "requester": person(tx, ticket.requester_id)}
    )


def tell_client(tx: Tx, ticket: Ticket, text: str, /, *, key: str, **facts: Any) -> None:
    tell(tx, clients_of(tx, ticket), text, key=key, ticket=ticket, **facts)


def clients_of(tx: Tx, ticket: Ticket) -> list[Person]:
    """Who deposited the ticket; once they have left, who follows their company's account."""
    asked = person(tx, ticket.requester_id)
    return [asked] if asked.active else contacts(tx, ticket.company_id, "account")


def person(tx: Tx, number: int) -> Person:
    found = tx.session.get(Person, number)
    if found is None:
        raise LookupError(f"person {number} is referred to and absent")
    return found


def technician_of(tx: Tx, ticket: Ticket) -> list[Person]:
    return [person(tx, ticket.technician_id)] if ticket.technician_id is not None else []


def at_work(tx: Tx, ticket: Ticket) -> list[Person]:
    """Who acts next on what the client says: its technician, the dispatchers while nobody has it, or deployment."""
    if ticket.state == State.TO_DEPLOYMENT:
        return having(tx, "deployment")
    return technician_of(tx, ticket) or having(tx, "dispatcher")


def having(tx: Tx, *roles: str) -> list[Person]:
    return list(tx.session.scalars(select(Person).where(Person.role.in_(roles), Person.active).order_by(Person.id)))


def contacts(tx: Tx, company_id: int, *portal_roles: str) -> list[Person]:
    query = select(Person).where(Person.company_id == company_id, Person.active)
    return list(tx.session.scalars(query.where(Person.portal_role.in_(portal_roles)).order_by(Person.id)))
