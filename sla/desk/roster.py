"""Who is there: the technicians with what they master, and when they are away."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import select

from sla.calendar import BusinessCalendar
from sla.desk.known import Known, known
from sla.desk.office import Tx
from sla.queue.dispatch import Technician
from sla.settings.desk_rules import TechnicianLine
from sla.store.tables import Absence, Appointment, Person

LONGEST_APPOINTMENT = timedelta(hours=8)


Holes = list[tuple[datetime, datetime, str]]
"""When a technician can't work on tickets, and why."""


def team(
    tx: Tx, hours: BusinessCalendar | None = None, busy: Mapping[int, Holes] = MappingProxyType({})
) -> list[Technician]:
    """The technicians of desk.toml who have an account, with their absences and appointments. `hours`, `busy`: another
    calendar, and what would be booked besides, for a plan of what isn't yet."""
    lines = {line.code: line for line in tx.settings.technicians}
    query = select(Person).where(Person.role == "technician", Person.active, Person.code.in_(lines)).order_by(Person.id)
    away, past = _away(tx), known(tx)
    for each, holes in busy.items():
        away.setdefault(each, []).extend((begin, end) for begin, end, _ in holes)
    return [
        Technician(
            person.id,
            person.name,
            _stretched(lines[person.code or ""], lines[person.code or ""].skills),
            hours or tx.hours,
            tuple(away.get(person.id, ())),
            past.loads.get(person.id, 0.0) * 100 / lines[person.code or ""].capacity,
            _stretched(lines[person.code or ""], _items(person.id, lines[person.code or ""], past)),
        )
        for person in tx.session.scalars(query)
    ]


def _items(person: int, line: TechnicianLine, past: Known) -> dict[str, float]:
    """Slowness by service item: as the desk's own past says, else as configured."""
    learned = {item: pace.learned for (technician, item), pace in past.paces.items() if technician == person}
    return {**line.items, **learned}


def _stretched(line: TechnicianLine, slowness: Mapping[str, float]) -> dict[str, float]:
    """A part-time capacity stretches all of it."""
    return {key: each * 100 / line.capacity for key, each in slowness.items()}


def _away(tx: Tx) -> dict[int, list[tuple[datetime, datetime]]]:
    away: dict[int, list[tuple[datetime, datetime]]] = {}
    for absence in tx.session.scalars(select(Absence).where(Absence.ends_at > tx.now)):
        away.setdefault(absence.technician_id, []).append((absence.starts_at, absence.ends_at))
    since = tx.now - LONGEST_APPOINTMENT
    booked = select(Appointment).where(Appointment.state == "booked", Appointment.starts_at > since)
    for each in tx.session.scalars(booked):
        end = each.starts_at + timedelta(minutes=each.minutes)
        away.setdefault(each.technician_id, []).append((each.starts_at, end))
    return away
