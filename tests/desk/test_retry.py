"""What failed is due anew on a manager's word, and nothing else is."""

from typing import Any

import pytest
from sqlalchemy import select, update

from sla.desk.due import due
from sla.desk.retry import retry, retry_all
from sla.errors import AlreadyDone, Forbidden, NotFound, Unknown
from sla.jobs.fire import fire_due
from sla.store.tables import Message, Timer
from tests.worlds import World, paris

AT = "2026-11-24 10:00"


def failed_timer(world: World) -> int:
    with world.desk.database.writing() as session:
        timer = session.scalars(select(Timer).order_by(Timer.id)).first()
        assert timer is not None
        timer.state, timer.attempts, timer.error = "failed", 5, "OSError: disque plein"
        return timer.id


def test_a_failed_timer_is_due_at_once_and_fires(world: World) -> None:
    """And is as late as it is: it was due two hours ago."""
    number, was_due = failed_timer(world), paris("2026-11-24 08:00")
    with world.desk.database.writing() as session:
        session.execute(update(Timer).where(Timer.id == number).values(due_at=was_due, next_at=was_due))
    timer = world.do("marc", AT, retry, "timers", number)
    assert (timer.state, timer.next_at, timer.attempts, timer.error) == ("pending", paris(AT), 0, None)
    fire_due(world.desk, paris(AT))
    with world.desk.database.reading() as session:
        kept = session.get_one(Timer, number)
    assert (kept.state, kept.due_at, kept.fired_at) == ("fired", was_due, paris(AT))


def test_what_did_not_fail_is_left_alone(world: World) -> None:
    number = failed_timer(world)
    world.do("marc", AT, retry, "timers", number)
    with pytest.raises(AlreadyDone):
        world.do("marc", AT, retry, "timers", number)
    with pytest.raises(NotFound):
        world.do("marc", AT, retry, "messages", 999_999)


def test_a_failed_message_waits_to_be_sent_again_under_its_first_key(world: World) -> None:
    with world.desk.database.writing() as session:
        session.execute(update(Message).values(state="failed", attempts=5, error="550"))
        message = session.scalars(select(Message)).first()
        assert message is not None
        number, key = message.id, message.key
    again = world.do("marc", AT, retry, "messages", number)
    assert (again.state, again.next_at, again.attempts, again.key) == ("pending", paris(AT), 0, key)


def test_what_fails_is_for_a_manager(world: World) -> None:
    for who in ("diane", "clara", "julie"):
        with pytest.raises(Forbidden):
            world.do(who, AT, retry, "timers", 1)
        with pytest.raises(Forbidden):
            world.see(who, AT, due)


@pytest.mark.parametrize(("queue", "table"), [("timers", Timer), ("messages", Message)])
def test_all_that_failed_is_due_anew_and_nothing_else(world: World, queue: str, table: Any) -> None:
    with world.desk.database.writing() as session:
        first, *others = session.scalars(select(table).order_by(table.id)).all()
        assert others
        session.execute(update(table).values(state="failed", attempts=5, error="550"))
        first.state = "pending"
    assert world.do("marc", AT, retry_all, queue) == len(others)
    assert world.do("marc", AT, retry_all, queue) == 0
    with world.desk.database.reading() as session:
        assert {row.attempts for row in session.scalars(select(table).where(table.id > first.id))} == {0}


def test_a_link_that_is_of_no_more_use_is_not_sent_again(world: World) -> None:
    """Its text was emptied: a new one is to be asked for."""
    with world.desk.database.writing() as session:
        session.execute(update(Message).values(state="failed", secret_until=paris(AT)))
        number = session.scalars(select(Message.id)).first()
    with pytest.raises(AlreadyDone) as met:
        world.do("marc", AT, retry, "messages", number)
    assert "il faut en demander un nouveau" in met.value.sentence()
    assert world.do("marc", AT, retry_all, "messages") == 0


def test_there_are_two_queues(world: World) -> None:
    with pytest.raises(Unknown):
        world.do("marc", AT, retry_all, "tickets")
