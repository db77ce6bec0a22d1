"""Who can act at the desk and on the portal, for the manager."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from sla.desk.office import Tx
from sla.store.tables import Company, Person, Ticket
from sla.ticket.states import QUEUED


@dataclass(frozen=True, slots=True)
class User:
    """`company`: a contact's; `tickets`: those in hand or asked for that still await something; `unbegun`: those of a
    technician's that `deactivate` gives back to the plan."""

    person: Person
    company: Company | None
    tickets: int
    unbegun: int


def users(tx: Tx) -> Sequence[User]:
    """Support first, by role and name; then contacts, by company and name."""
    asked, given = _awaiting(tx, Ticket.requester_id), _awaiting(tx, Ticket.technician_id)
    unbegun = _awaiting(tx, Ticket.technician_id, Ticket.state.in_(sorted(QUEUED)))
    query = select(Person, Company).outerjoin(Company, Company.id == Person.company_id)
    rows = tx.session.execute(query.order_by(Company.name.is_not(None), Company.name, Person.role, Person.name))
    return [
        User(person, company, (asked if company else given).get(person.id, 0), unbegun.get(person.id, 0))
        for person, company in rows
    ]


def _awaiting(tx: Tx, whose: InstrumentedAttribute[Any], *which: ColumnElement[bool]) -> dict[int, int]:
    query = select(whose, func.count()).where(Ticket.awaiting, *which).group_by(whose)
    return {number: count for number, count in tx.session.execute(query) if number is not None}
