"""What a test of a verb reads of the rows, and the usual tickets it starts from. 1 June 2026 is a Monday."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.deposit import deposit
from sla.desk.history import life_of
from sla.desk.office import Tx
from sla.desk.readiness import CONDITIONS, set_readiness
from sla.desk.take import take
from sla.errors import Refused
from sla.jobs.fire import fire_due
from sla.store.tables import ClockRow, Event, Forfait, LedgerEntry, Message, Row, Ticket, Timer
from sla.ticket.life import Life
from tests.worlds import World, paris

MONDAY = "2026-06-01"
ERROR, USAGE, LIGHT, INCLUDED_INSTALL = "erreurs", "usage", "parametrage", "installation_questions"
NETWORK, CONSULTING = "informatique_reseau", "conseil"


def a_ticket(world: World, at: str = f"{MONDAY} 09:00", who: str = "julie", **given: Any) -> int:
    """A major software error of julie's (acme), unless said otherwise: included, answered by 11:00."""
    facts = {"item": ERROR, "severity": "major", "title": "Écran figé", "description": "Rien ne répond.", **given}
    return int(world.do(who, at, deposit, **facts).id)


def in_hand(world: World, at: str = f"{MONDAY} 09:30", who: str = "clara", **given: Any) -> int:
    """The same, taken and answered by a technician at that instant."""
    number = a_ticket(world, **given)
    world.do(who, at, take, number)
    world.do(who, at, answer, number, text="Je regarde.")
    return number


def prepared(world: World, number: int, at: str, who: str = "clara") -> int:
    """The five conditions of an intervention answered: all ready."""
    world.do(who, at, set_readiness, number, answers={each.code: ("ready", "") for each in CONDITIONS})
    return number


def refused(
    world: World, error: type[Refused], who: Any, at: str, verb: Callable[..., Any], /, *args: Any, **kwargs: Any
) -> Refused:
    """The verb is refused with exactly that error, and no row of any table has come, gone or changed."""
    before = everything(world)
    with pytest.raises(error) as raised:
        world.do(who, at, verb, *args, **kwargs)
    assert type(raised.value) is error
    assert raised.value.sentence("fr")
    assert raised.value.sentence("en")
    assert everything(world) == before
    return raised.value


def everything(world: World) -> dict[str, list[Any]]:
    """Every row of every table."""
    tables = Row.metadata.sorted_tables
    with world.desk.database.reading() as session:
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


def ticket(world: World, number: int) -> Ticket:
    with world.desk.database.reading() as session:
        return session.get_one(Ticket, number)


def clock(world: World, number: int, name: str) -> ClockRow:
    with world.desk.database.reading() as session:
        return session.get_one(ClockRow, (number, name))


def life(world: World, number: int) -> Life:
    def read(tx: Tx) -> Life:
        return life_of(tx, tx.session.get_one(Ticket, number))

    return world.see(SYSTEM, MONDAY, read)  # type: ignore[no-any-return]


def events(world: World, number: int) -> list[Event]:
    with world.desk.database.reading() as session:
        return list(session.scalars(select(Event).where(Event.ticket_id == number).order_by(Event.seq)))


def kinds(world: World, number: int) -> list[str]:
    return [event.kind for event in events(world, number)]


def balance(world: World, forfait: int | None = None) -> int:
    with world.desk.database.reading() as session:
        return session.get_one(Forfait, forfait or world.forfait).balance_quarters


def ledger(world: World, forfait: int | None = None) -> list[tuple[str, int]]:
    query = select(LedgerEntry.kind, LedgerEntry.quarters).where(LedgerEntry.forfait_id == (forfait or world.forfait))
    with world.desk.database.reading() as session:
        return [(kind, quarters) for kind, quarters in session.execute(query.order_by(LedgerEntry.id))]


def told(world: World, key: str) -> list[str]:
    """Whom the messages with such a key went to, by address before the @."""
    query = select(Message.recipient).where(Message.key.startswith(key)).order_by(Message.id)
    with world.desk.database.reading() as session:
        return [address.partition("@")[0] for address in session.scalars(query)]


def due(world: World, kind: str, subject: int) -> list[datetime]:
    """The instants at which that subject's pending timers are to be sent."""
    query = select(Timer.due_at).where(Timer.kind == kind, Timer.subject == subject, Timer.state == "pending")
    with world.desk.database.reading() as session:
        return list(session.scalars(query.order_by(Timer.due_at)))


def count(world: World, table: type[Row]) -> int:
    with world.desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def fire(world: World, at: str) -> int:
    """Everything that is due by then; how many timers took effect."""
    fired = 0
    while (batch := fire_due(world.desk, paris(at))).looked_at:
        fired += batch.count
    return fired
