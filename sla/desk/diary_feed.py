"""`issue_feed`, `revoke_feed`: a technician's calls and sessions for a calendar elsewhere, at a secret address."""

import secrets
from datetime import timedelta
from typing import Any

import icalendar
from sqlalchemy import select, update

from sla.desk.keys import digest
from sla.desk.office import Tx
from sla.desk.tell import person
from sla.errors import NotFound
from sla.notify.invitation import appointment_event
from sla.store.tables import Appointment, Company, Feed, Person, Ticket

BACK = timedelta(days=31)


def issue_feed(tx: Tx) -> str:
    """A fresh secret for the address of one's own diary, shown this once; the address before it ends."""
    revoke_feed(tx)
    secret = secrets.token_urlsafe(24)
    tx.session.add(Feed(digest=digest(secret), person_id=tx.actor.id or 0, created_at=tx.now))
    return secret


def revoke_feed(tx: Tx) -> None:
    """Whoever has the address reads nothing more."""
    mine = update(Feed).where(Feed.person_id == tx.actor.id, Feed.revoked_at.is_(None))
    tx.session.execute(mine.values(revoked_at=tx.now))


def own_feed(tx: Tx) -> Feed | None:
    """The feed in force, if one was asked for."""
    return tx.session.scalars(
        select(Feed).where(Feed.person_id == tx.actor.id, Feed.revoked_at.is_(None))
    ).one_or_none()


def diary_feed(tx: Tx, secret: str) -> bytes:
    """What its owner holds from a month back on, as iCalendar; NotFound for an address that is unknown or revoked.

    The UIDs are those of the invitations: what was accepted from a mail is not shown twice.
    """
    known = select(Feed).where(Feed.digest == digest(secret), Feed.revoked_at.is_(None))
    feed = tx.session.scalars(known).one_or_none()
    owner = person(tx, feed.person_id) if feed is not None else None
    if owner is None or not owner.active:
        raise NotFound("feed", value="agenda")
    found = icalendar.Calendar()
    for key, value in (("VERSION", "2.0"), ("PRODID", "-//sla//diary//FR"), ("X-WR-CALNAME", f"Support, {owner.name}")):
        found.add(key, value)
    for call, facts in _held_by(tx, owner):
        event = appointment_event(tx.settings, call, owner, facts, stamp=call.booked_at)
        event.add("STATUS", "CONFIRMED")
        found.add_component(event)
    return bytes(found.to_ical())


def _held_by(tx: Tx, owner: Person) -> list[tuple[Appointment, dict[str, Any]]]:
    query = (
        select(Appointment, Ticket, Company, Person)
        .join(Ticket, Ticket.id == Appointment.ticket_id)
        .join(Company, Company.id == Ticket.company_id)
        .join(Person, Person.id == Ticket.requester_id)
        .where(Appointment.technician_id == owner.id, Appointment.state != "cancelled")
        .where(Appointment.starts_at > tx.now - BACK)
        .order_by(Appointment.starts_at, Appointment.id)
    )
    rows = tx.session.execute(query).all()
    return [
        (call, {"ticket": ticket, "company": company, "requester": requester})
        for call, ticket, company, requester in rows
    ]
