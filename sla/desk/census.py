"""Who has an account at all; for the service itself."""

from sqlalchemy import select

from sla.desk.actor import Role
from sla.desk.office import Tx
from sla.errors import Forbidden
from sla.store.tables import Person


def is_unused(tx: Tx) -> bool:
    """Whether nobody has an account yet."""
    _for_the_service(tx, "is_unused")
    return tx.session.scalar(select(Person.id).limit(1)) is None


def known_by(tx: Tx, email: str) -> Person | None:
    """The active person with this address."""
    _for_the_service(tx, "known_by")
    known = select(Person).where(Person.email == email.strip().lower(), Person.active)
    return tx.session.scalars(known).one_or_none()


def _for_the_service(tx: Tx, action: str) -> None:
    if tx.actor.role is not Role.SYSTEM:
        raise Forbidden(role=tx.actor.role, action=action)
