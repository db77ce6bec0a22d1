"""What the queue knows of the desk's past: who works how much, who knows which client, who does what how fast.

All of it ends at the last midnight and is read once a day, from what was written by then: acts of today change nothing.
Only what corrects the past itself (time put right, an absence noted afterwards) is known by a process from the moment
at which it first looks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from sla.desk.office import Tx
from sla.queue.axis import Axis
from sla.queue.pace import Done, Pace, paces
from sla.store.tables import Absence, Event, Intervention, Person, Ticket
from sla.ticket.facts import Kind

LOAD_DAYS, CLIENT_DAYS, PACE_DAYS = 28, 180, 365
NAMES, BEGINS = (Kind.ASSIGNED, Kind.TAKEN), (Kind.TAKEN, Kind.SESSION_HELD)
USUAL_TICKETS, USUAL_SHARE = 3, 0.5
"""Who has had at least so many of a client's tickets, and more than this share of them, is the client's usual one."""


@dataclass(frozen=True, slots=True)
class Known:
    """`loads`: technician → share of the last four weeks that they worked, their absences left out; `usual`: company →
    technician; `paces`: by (technician, service item)."""

    loads: Mapping[int, float]
    usual: Mapping[int, int]
    paces: Mapping[tuple[int, str], Pace] = field(default_factory=dict)


def known(tx: Tx) -> Known:
    """As of the last midnight."""
    day, found = tx.desk.remembered
    if day != tx.today or not isinstance(found, Known):
        found = Known(_loads(tx), _usual(tx), _paces(tx))
        tx.desk.remembered = tx.today, found
    return found


def _loads(tx: Tx) -> dict[int, float]:
    """Of whoever worked although they were away for all of it, as if they had been there for a day."""
    since = Intervention.day >= tx.today - timedelta(days=LOAD_DAYS), Intervention.day < tx.today
    query = select(Intervention.technician_id, func.sum(Intervention.minutes)).where(*since)
    worked = tx.session.execute(query.group_by(Intervention.technician_id)).all()
    until = tx.settings.midnight(tx.today)
    start = tx.settings.midnight(tx.today - timedelta(days=LOAD_DAYS))
    axis, away = Axis(tx.hours, start), _away(tx, start, until)
    opened = axis.of(until)
    gone = {number: sum(end - begin for begin, end in axis.stretches(spells)) for number, spells in away.items()}
    return {
        number: int(minutes) * 60 / max(1.0, opened / LOAD_DAYS, opened - gone.get(number, 0.0))
        for number, minutes in worked
    }


def _away(tx: Tx, start: datetime, until: datetime) -> dict[int, list[tuple[datetime, datetime]]]:
    query = select(Absence.technician_id, Absence.starts_at, Absence.ends_at)
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for number, begin, end in tx.session.execute(query.where(Absence.starts_at < until, Absence.ends_at > start)):
        found.setdefault(number, []).append((begin, min(end, until)))
    return found


def _usual(tx: Tx) -> dict[int, int]:
    """Who had most of a company's tickets, merely assigned ones not counted."""
    since, until = (tx.settings.midnight(tx.today - timedelta(days=days)) for days in (CLIENT_DAYS, 0))
    had = _whose(until).subquery()
    query = select(Ticket.company_id, had.c.technician, func.count()).join(had, had.c.ticket_id == Ticket.id)
    query = query.where(Ticket.deposited_at >= since, Ticket.deposited_at < until)
    companies: dict[int, dict[int, int]] = {}
    for company, technician, count in tx.session.execute(query.group_by(Ticket.company_id, had.c.technician)):
        companies.setdefault(company, {})[technician] = count
    found = {}
    for company, counts in companies.items():
        technician, most = max(counts.items(), key=lambda each: (each[1], -each[0]))
        if most >= USUAL_TICKETS and most > USUAL_SHARE * sum(counts.values()):
            found[company] = technician
    return found


def _whose(until: datetime) -> Select[Any]:
    """Whose each ticket was at an instant, of those that somebody had begun by then: what the history said, whatever
    has been written in it since."""
    named = select(Event.ticket_id, func.max(Event.seq).label("seq"))
    named = named.where(Event.kind.in_(NAMES), Event.at < until).group_by(Event.ticket_id)
    begun = select(Event.ticket_id).where(Event.kind.in_(BEGINS), Event.at < until)
    last = named.where(Event.ticket_id.in_(begun)).subquery()
    technician = Event.data["technician"].as_integer().label("technician")
    return select(Event.ticket_id, technician).join(
        last, (last.c.ticket_id == Event.ticket_id) & (last.c.seq == Event.seq)
    )


def _paces(tx: Tx) -> dict[tuple[int, str], Pace]:
    configured = configured_paces(tx)
    return paces(_done(tx, tx.today - timedelta(days=PACE_DAYS), tx.today), configured)


def _done(tx: Tx, first: date, until: date) -> Sequence[Done]:
    """Tickets, resolved once by then, on which one technician worked alone."""
    midnight = tx.settings.midnight(until)
    resolved = select(Event.ticket_id).where(Event.kind == Kind.RESOLVED, Event.at < midnight)
    query = (
        select(func.min(Intervention.technician_id), Ticket.item, func.sum(Intervention.minutes))
        .join(Ticket, Ticket.id == Intervention.ticket_id)
        .where(Ticket.id.in_(resolved), Intervention.day >= first, Intervention.day < until)
        .group_by(Ticket.id, Ticket.item)
        .having(func.count(Intervention.technician_id.distinct()) == 1)
    )
    return [Done(technician, item, minutes) for technician, item, minutes in tx.session.execute(query)]


def configured_paces(tx: Tx) -> dict[int, dict[str, float]]:
    """Technician → service item → the slowness that desk.toml gives it, or its skill."""
    lines = {line.code: line for line in tx.settings.technicians}
    people = select(Person.id, Person.code).where(Person.role == "technician", Person.active, Person.code.in_(lines))
    return {
        number: {item.code: pace for item in tx.settings.catalogue if (pace := lines[code].pace(item)) is not None}
        for number, code in tx.session.execute(people)
        if code is not None
    }
