"""Who works at the desk and for whom: the names that support's pages offer to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from sla.desk.actor import Role
from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.errors import Forbidden
from sla.store.tables import Company, Person

DESK = SUPPORT | {Role.DEPLOYMENT}


@dataclass(frozen=True, slots=True)
class Colleague:
    """A technician; `skills` are the codes of desk.toml that they master."""

    id: int
    name: str
    skills: frozenset[str]


def technicians(tx: Tx) -> Sequence[Colleague]:
    """Active technicians in the order of their accounts; not for clients."""
    _for_the_desk(tx, "technicians")
    query = select(Person.id, Person.name, Person.code).where(Person.role == "technician", Person.active)
    lines = {line.code: frozenset(line.skills) for line in tx.settings.technicians}
    rows = tx.session.execute(query.order_by(Person.id))
    return [Colleague(number, name, lines.get(code or "", frozenset())) for number, name, code in rows]


def companies(tx: Tx) -> Sequence[tuple[int, str]]:
    """Every company's number and name, by name; not for clients."""
    _for_the_desk(tx, "companies")
    return [
        (number, name) for number, name in tx.session.execute(select(Company.id, Company.name).order_by(Company.name))
    ]


def _for_the_desk(tx: Tx, action: str) -> None:
    if tx.actor.role not in DESK:
        raise Forbidden(role=tx.actor.role, action=action)
