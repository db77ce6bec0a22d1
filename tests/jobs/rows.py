"""What a test reads of timers and of the outbox."""

from datetime import datetime, timedelta

from sqlalchemy import select

from sla.jobs.fire import Fired, fire_due
from sla.store.tables import Message, Person, Timer
from tests.worlds import World, paris


def fire(world: World, at: str | datetime) -> Fired:
    """Everything due at an instant (text: at the desk), until nothing is."""
    instant = paris(at) if isinstance(at, str) else at
    total = Fired()
    while (batch := fire_due(world.desk, instant)).looked_at:
        total = Fired(
            total.count + batch.count,
            total.retried + batch.retried,
            total.failed + batch.failed,
            max(total.lateness_s, batch.lateness_s),
        )
    return total


def timers(world: World, kind: str, state: str | None = None) -> list[Timer]:
    query = select(Timer).where(Timer.kind == kind).order_by(Timer.due_at, Timer.id)
    with world.desk.database.reading() as session:
        return list(session.scalars(query if state is None else query.where(Timer.state == state)))


def due(world: World, kind: str, state: str = "pending") -> list[datetime]:
    return [timer.due_at for timer in timers(world, kind, state)]


def told(world: World, key: str) -> list[str]:
    """First names of those who were left a message whose key begins so, in order."""
    query = select(Person.name).join(Message, Message.person_id == Person.id).where(Message.key.startswith(key))
    with world.desk.database.reading() as session:
        return [name.split()[0] for name in session.scalars(query.order_by(Message.id))]


def fires_once_at(world: World, kind: str, at: str) -> Timer:
    """The next timer of a kind acts at that very instant: not a second earlier, and not again after."""
    instant = paris(at)
    fire(world, instant - timedelta(seconds=1))
    before = timers(world, kind, "fired")
    assert due(world, kind)[0] == instant
    fire(world, instant)
    now_fired = timers(world, kind, "fired")
    assert [timer.fired_at for timer in now_fired if timer.id not in {each.id for each in before}] == [instant]
    fire(world, instant)
    assert len(timers(world, kind, "fired")) == len(before) + 1
    return now_fired[-1]
