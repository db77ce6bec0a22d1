"""Who is told that a promise is at risk, or broken. 24 November 2026 is a Tuesday."""

from datetime import datetime

from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.deposit import deposit
from sla.desk.escalate import escalate
from sla.desk.warn import warn
from sla.desk.work import work
from sla.store.tables import Message, Person, Ticket
from tests.worlds import World, paris

NOON = paris("2026-11-24 12:00")


def deposited(world: World, who: str = "julie", item: str = "erreurs") -> Ticket:
    """At ten o'clock, major: the first answer is promised for noon."""
    facts = {"item": item, "severity": "major", "title": "OF bloqué", "description": "Erreur 12"}
    ticket: Ticket = world.do(who, "2026-11-24 10:00", deposit, **facts)
    return ticket


def warned(world: World, number: int, share: int, due_at: datetime = NOON, clock: str = "first_response") -> list[str]:
    """Who is told, by first name."""
    at = paris("2026-11-24 11:30")
    held = world.do(SYSTEM, at, warn, number, clock, share, due_at)
    query = select(Person.name).join(Message, Message.person_id == Person.id)
    query = query.where(Message.key.startswith(f"sla_level:{number}:{clock}:"), Message.key.contains(f":{share}:"))
    with world.desk.database.reading() as session:
        told = [name.split()[0] for name in session.scalars(query.order_by(Message.id))]
    assert held == bool(told)
    return told


def test_the_technician_is_told_of_every_level_the_others_as_it_grows(world: World) -> None:
    number = deposited(world).id
    assert warned(world, number, 50) == warned(world, number, 75) == ["Clara"]
    assert warned(world, number, 90) == ["Clara", "Diane"]
    assert warned(world, number, 100) == ["Clara", "Diane", "Marc"]


def test_a_level_is_told_once_however_often_it_is_asked(world: World) -> None:
    number = deposited(world).id
    warned(world, number, 50)
    assert warned(world, number, 50) == ["Clara"]


def test_while_nobody_has_the_ticket_the_dispatchers_are_told_of_every_level(world: World) -> None:
    """Without a contract the ticket waits for a dispatcher's decision, and for no technician."""
    ticket = deposited(world, "sonia")
    assert ticket.technician_id is None
    assert warned(world, ticket.id, 50) == ["Diane"]


def test_a_deadline_that_has_moved_or_a_clock_that_stands_tells_nobody(world: World) -> None:
    number = deposited(world).id
    assert warned(world, number, 90, paris("2026-11-24 12:01")) == []
    assert warned(world, number, 50, clock="next_response") == []
    world.do("clara", "2026-11-24 11:00", answer, number, text="Je regarde.")
    assert warned(world, number, 75) == []


def test_once_handed_over_the_takeover_is_deployments_to_keep(world: World) -> None:
    """840 working minutes are two days: from Tuesday 11:00 to Thursday 11:00."""
    number = deposited(world, item="usage").id
    world.do("sandrine", "2026-11-24 11:00", work, number, minutes=30)
    world.do("sandrine", "2026-11-24 11:00", escalate, number, reason="Trop long pour le support")
    thursday = paris("2026-11-26 11:00")
    assert warned(world, number, 50, thursday, "deployment") == ["Paul"]
    assert warned(world, number, 90, thursday, "deployment") == ["Paul", "Diane"]
