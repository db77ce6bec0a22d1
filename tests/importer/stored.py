"""What a desk holds after an import, read back."""

import hashlib
from dataclasses import fields

from sqlalchemy import select, text

from sla.store.tables import ClockRow, Event, Row, Ticket
from sla.ticket.clock import Clock
from tests.worlds import World


def ticket(world: World, number: str) -> Ticket:
    """By its number in the log."""
    with world.desk.database.reading() as session:
        return session.scalars(select(Ticket).where(Ticket.reference == f"vieux:{number}")).one()


def clock(world: World, number: str, name: str) -> ClockRow:
    with world.desk.database.reading() as session:
        return session.get_one(ClockRow, (ticket(world, number).id, name))


def history(world: World, number: str) -> list[Event]:
    with world.desk.database.reading() as session:
        found = select(Event).where(Event.ticket_id == ticket(world, number).id).order_by(Event.seq)
        return list(session.scalars(found))


def kinds(world: World, number: str) -> list[str]:
    return [event.kind for event in history(world, number)]


def digest(world: World) -> str:
    """Of every row of every table."""
    found = hashlib.sha256()
    with world.desk.database.reading() as session:
        for table in Row.metadata.sorted_tables:
            rows = session.execute(text(f"SELECT * FROM {table.name}")).all()
            found.update(repr((table.name, sorted(map(repr, rows)))).encode())
    return found.hexdigest()


def same_clock(row: ClockRow, folded: Clock) -> bool:
    """Whether the stored clock says all that the folded one does; how it came to be so is the history's to say."""
    kept = [each.name for each in fields(folded) if each.name not in ("stretches", "lived")]
    return all(getattr(row, name) == getattr(folded, name) for name in kept)
