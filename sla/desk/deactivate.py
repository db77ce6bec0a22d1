"""`deactivate` and `reactivate`: an account that signs in no more, and what it leaves is somebody's."""

from collections.abc import Iterable

from sqlalchemy import select, update

from sla import wording
from sla.desk.actor import SYSTEM, PortalRole, Role
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.desk.stints import running_of
from sla.desk.tell import contacts
from sla.errors import AlreadyDone, Both, NotFound, Refused
from sla.store.tables import Appointment, Feed, Key, Person, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import OPEN, QUEUED, State


class StillNeeded(Refused):
    """Something would be nobody's: it is given to somebody first."""

    code, status = "still_needed", 409
    fr = "Le compte {who} ne peut pas encore être désactivé : {what}."
    en = "The account of {who} can’t be deactivated yet: {what}."


ONESELF = Both("c’est le vôtre", "it is your own")
LAST_MANAGER = Both("c’est le dernier compte de responsable", "it is the last manager’s")


def deactivate(tx: Tx, person: int) -> Person:
    """It signs in no more, its tokens and feeds end, nothing is mailed to it. What a technician has not begun goes back
    to the plan; what they have begun or agreed on is given to a colleague before. A contact's tickets stay its
    company's, and are told to whoever follows the company's account."""
    _tickets(tx, person, OPEN)  # locked before their technician, as everywhere: the other way round is a deadlock
    found = _locked(tx, person)
    if not found.active:
        raise AlreadyDone(what=Both("ce compte est déjà désactivé", "this account is deactivated already"))
    if found.id == tx.actor.id:
        raise StillNeeded(who=_of(found), what=ONESELF)
    LEAVING.get(Role(found.role), _nothing)(tx, found)
    found.active = False
    for secret in (Key, Feed):
        mine = update(secret).where(secret.person_id == found.id, secret.revoked_at.is_(None))
        tx.session.execute(mine.values(revoked_at=tx.now))
    tx.session.flush()
    for ticket in _tickets(tx, found.id, QUEUED) if found.role == Role.TECHNICIAN else ():
        _back_to_the_plan(tx, ticket)
    return found


def reactivate(tx: Tx, person: int) -> Person:
    """It signs in again; tokens and feeds are issued anew."""
    found = _locked(tx, person)
    if found.active:
        raise AlreadyDone(what=Both("ce compte est déjà actif", "this account is active already"))
    found.active = True
    return found


def _locked(tx: Tx, person: int) -> Person:
    query = select(Person).where(Person.id == person).with_for_update()
    found = tx.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound("person", value=person)
    return found


def _nothing(tx: Tx, person: Person) -> None:
    """Nothing is a dispatcher's own: a manager does all that they do."""


def _manager(tx: Tx, person: Person) -> None:
    if _alone(tx, person):
        raise StillNeeded(who=_of(person), what=LAST_MANAGER)


def _deployment(tx: Tx, person: Person) -> None:
    """What was handed over is nobody else's."""
    over = select(Ticket.id).where(Ticket.state == State.TO_DEPLOYMENT, Ticket.awaiting).order_by(Ticket.id)
    if _alone(tx, person) and (handed := tx.session.scalars(over).all()):
        fr = "personne d’autre n’aurait les demandes du service déploiement (nº {}), ajoutez-lui d’abord un compte"
        en = "nobody else would have what the deployment desk took over ({}), add an account to it first"
        raise StillNeeded(who=_of(person), what=_named(fr, en, handed))


def _alone(tx: Tx, person: Person) -> bool:
    """All of their role locked: two that deactivate each other at once would leave none."""
    query = select(Person).where(Person.role == person.role, Person.active).order_by(Person.id).with_for_update()
    return all(each.id == person.id for each in tx.session.scalars(query))


def _technician(tx: Tx, person: Person) -> None:
    running = running_of(tx, person.id)
    if running is not None:
        fr, en = "son minuteur tourne sur le ticket nº {}", "a timer runs on ticket {}"
        raise StillNeeded(who=_of(person), what=_named(fr, en, [running.ticket_id]))
    owed = select(Appointment.ticket_id).where(Appointment.technician_id == person.id)
    met = tx.session.scalars(owed.where(Appointment.state.in_(("booked", "missed"))).distinct()).all()
    if met:
        fr = "des rendez-vous sont à tenir (ticket nº {}), confiez-les d’abord à un collègue"
        raise StillNeeded(who=_of(person), what=_named(fr, "give the appointments of tickets {} to a colleague", met))
    begun = [ticket.id for ticket in _tickets(tx, person.id, OPEN - QUEUED)]
    if begun:
        fr = "des tickets sont en cours (nº {}), affectez-les d’abord à un collègue"
        raise StillNeeded(who=_of(person), what=_named(fr, "assign the tickets begun ({}) to a colleague first", begun))


def _contact(tx: Tx, person: Person) -> None:
    own = select(Ticket.id).where(Ticket.requester_id == person.id, Ticket.awaiting).order_by(Ticket.id)
    waiting = tx.session.scalars(own).all()
    others = [each for each in contacts(tx, person.company_id or 0, PortalRole.ACCOUNT) if each.id != person.id]
    if waiting and not others:
        fr = "personne d’autre ne suivrait ses tickets (nº {}), ajoutez d’abord un référent du compte"
        en = "nobody else would follow its tickets ({}), add a contact for the account first"
        raise StillNeeded(who=_of(person), what=_named(fr, en, waiting))


LEAVING = {
    Role.TECHNICIAN: _technician,
    Role.CLIENT: _contact,
    Role.MANAGER: _manager,
    Role.DEPLOYMENT: _deployment,
}


def _of(person: Person) -> Both:
    return Both(wording.of(person.name), person.name)


def _named(french: str, english: str, tickets: Iterable[int]) -> Both:
    listed = ", ".join(str(each) for each in sorted(tickets))
    return Both(french.format(listed), english.format(listed))


def _tickets(tx: Tx, technician: int, states: Iterable[str]) -> list[Ticket]:
    query = select(Ticket).where(Ticket.technician_id == technician, Ticket.state.in_(sorted(states)))
    return list(tx.session.scalars(query.order_by(Ticket.id).with_for_update()))


def _back_to_the_plan(tx: Tx, ticket: Ticket) -> None:
    """A pin to someone who has gone no longer holds."""
    if ticket.pinned:
        record(tx.as_actor(SYSTEM), ticket, Kind.UNPINNED, public=False)
    enqueue(tx, ticket)
