"""What an actor can see. Every ticket, forfait and company is fetched through here, scoped in the query itself."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from sla.desk.actor import Actor, PortalRole, Role
from sla.desk.office import Tx
from sla.errors import NotFound, SignInNeeded
from sla.store.tables import ClockRow, Company, Person, Ticket
from sla.ticket.clock import ClockName

PEOPLE = (joinedload(Ticket.company), joinedload(Ticket.requester), joinedload(Ticket.technician))


def tickets_seen_by(actor: Actor) -> Select[Ticket]:
    """The tickets within an actor's sight: a requester's own, a company's, those ever handed to deployment, or all."""
    query = select(Ticket).options(*PEOPLE)
    if actor.role is Role.SYSTEM:
        return query
    if actor.id is None:
        raise SignInNeeded()
    if actor.role is Role.DEPLOYMENT:
        handed = select(ClockRow.ticket_id).where(ClockRow.name == ClockName.DEPLOYMENT)
        return query.where(Ticket.id.in_(handed))
    if not actor.is_client:
        return query
    query = query.where(Ticket.company_id == actor.company_id)
    return query.where(Ticket.id.in_(_own(actor))) if actor.portal_role is PortalRole.REQUESTER else query


def _own(actor: Actor) -> Select[int]:
    """A requester's own tickets, and those into which they were merged, from one to the next."""
    own = select(Ticket.id, Ticket.merged_into).where(Ticket.requester_id == actor.id).cte("own", recursive=True)
    into = select(Ticket.id, Ticket.merged_into).join(own, Ticket.id == own.c.merged_into)
    own = own.union(into.where(Ticket.company_id == actor.company_id))
    return select(own.c.id)


def ticket_in_sight(tx: Tx, number: int, *, lock: bool = False) -> Ticket:
    """The ticket, or NotFound: one that exists elsewhere is refused like one that doesn't."""
    query = tickets_seen_by(tx.actor).where(Ticket.id == number)
    if lock:
        # Read again as it stands by then; and those who merely refer to it (a message) need not wait.
        query = query.with_for_update(of=Ticket, key_share=True).execution_options(populate_existing=True)
    found = tx.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("ticket", value=number)
    return found


def company_in_sight(tx: Tx, number: int | None) -> Company:
    """A contact's own company whatever it asks for another; anyone else's choice."""
    if tx.actor.is_client and number not in (None, tx.actor.company_id):
        raise NotFound("company", value=number)
    wanted = tx.actor.company_id if tx.actor.is_client else number
    found = tx.session.get(Company, wanted) if wanted is not None else None
    if found is None:
        raise NotFound("company", value=number)
    return found


def lock_diary(tx: Tx, person: int) -> None:
    """What a person does at which time is decided by one transaction at a time: no two calls, no two stretches of work
    at once. Asked for after any ticket's lock; the person's row is known afterwards as it then stands."""
    query = select(Person).where(Person.id == person).with_for_update(key_share=True, of=Person)
    tx.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def colleague(tx: Tx, number: int, *roles: str) -> Person:
    """An active person of support in one of the roles."""
    found = tx.session.get(Person, number)
    if found is None or not found.active or found.role not in roles:
        raise NotFound("person", value=number)
    return found
