"""What an older service stored is what the histories say now, once the upgraded one has started."""

import pytest
from sqlalchemy import delete, select, text, update

from sla.desk import catch_up as module
from sla.desk.actor import SYSTEM
from sla.desk.catch_up import catch_up
from sla.desk.office import Tx
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.desk.sessions import book_session
from sla.desk.timers import TimerKind, schedule
from sla.desk.verify import differences
from sla.errors import Forbidden
from sla.store.tables import ClockRow, Ticket, Timer, VerdictRow
from tests.desk.at_once import WAIT_FOR_ME, meanwhile
from tests.desk.kept import a_ticket, due, fire, in_hand, refused, ticket
from tests.faults.probes import eventually
from tests.worlds import World, paris

AT = "2026-06-01 14:00"


def older(world: World) -> int:
    """Three tickets, of which one has a session ahead and one was answered late, resolved and reopened; stored as
    before verdicts were kept and planned tickets stayed planned, with a deadline read otherwise. Marked, as an upgrade
    marks it."""
    planned = in_hand(world)
    world.do("clara", "2026-06-01 10:00", book_session, planned, starts_at="2026-06-02T10:00")
    late = in_hand(world, "2026-06-01 12:00")
    world.do("clara", "2026-06-01 12:10", resolve, late, text="Fait.")
    world.do("julie", "2026-06-01 13:30", reopen, late, text="Cela recommence.")
    a_ticket(world, "2026-06-01 13:40")
    with world.desk.database.writing() as session:
        session.execute(delete(VerdictRow))
        session.execute(update(Ticket).where(Ticket.id == planned).values(state="in_progress"))
        of = ClockRow.ticket_id == 3, ClockRow.name == "first_response"
        session.execute(update(ClockRow).where(*of).values(due_at=paris("2026-06-05 09:00")))
        session.execute(update(Timer).where(Timer.kind == "sla_level", Timer.subject == 3).values(state="cancelled"))
    marked(world)
    return planned


def marked(world: World, upgrade: str = "upgrade") -> None:
    def mark(tx: Tx) -> None:
        schedule(tx, TimerKind.REFOLD, 0, tx.now, mark=upgrade, due_at=tx.now, data={"after": 0})

    mark.__name__ = "catch_up"  # whatever may catch up
    world.do(SYSTEM, AT, mark)


def caught_up(world: World) -> int:
    batches = 0
    while world.do(SYSTEM, AT, catch_up):
        batches += 1
    return batches


def test_all_is_the_fold_of_the_history_again(each_world: World) -> None:
    planned = older(each_world)
    assert len(each_world.see(SYSTEM, AT, differences)) > 5
    assert caught_up(each_world) == 1
    assert each_world.see(SYSTEM, AT, differences) == []
    assert ticket(each_world, planned).state == "planned"
    assert paris("2026-06-01 15:40") in due(each_world, "sla_level", 3)  # the first response, due two hours after


def test_in_batches_and_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at a time: a batch of two and one of the third; what is caught up is not done again."""
    monkeypatch.setattr(module, "BATCH", 2)
    older(world)
    assert caught_up(world) == 2
    assert world.see(SYSTEM, AT, differences) == []
    assert world.do(SYSTEM, AT, catch_up) is False


def test_the_next_upgrade_catches_up_with_all_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its batches end where the last one's did."""
    monkeypatch.setattr(module, "BATCH", 2)
    older(world)
    assert caught_up(world) == 2
    marked(world, "later")
    assert caught_up(world) == 2


def test_what_a_process_that_ended_has_left_is_done_by_the_clock(world: World) -> None:
    older(world)
    fire(world, "2026-06-01 14:01")
    assert world.see(SYSTEM, "2026-06-01 14:01", differences) == []
    with world.desk.database.reading() as session:
        assert session.scalars(select(Timer.state).where(Timer.kind == TimerKind.REFOLD)).all() == ["fired"]


def test_a_second_process_that_starts_meanwhile_begins_once_all_is_caught_up(
    pg_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One ticket at a time: the first process is at the first of three when the second looks."""
    monkeypatch.setattr(module, "BATCH", 1)
    older(pg_world)
    with pg_world.desk.database.writing() as first:
        assert catch_up(Tx(pg_world.desk, first, SYSTEM, paris(AT)))
        second, _ = meanwhile(lambda: caught_up(pg_world))
        assert eventually(lambda: first.scalar(text(WAIT_FOR_ME)))
    second.join()
    assert pg_world.see(SYSTEM, AT, differences) == []


def test_a_ticket_that_the_tables_refuse_keeps_neither_the_others_nor_the_start(world: World) -> None:
    planned = older(world)
    with world.desk.database.writing() as session:
        refuses = f"BEGIN SELECT RAISE(ABORT, 'no') WHERE NEW.id = {planned}; END"
        session.execute(text(f"CREATE TRIGGER refused BEFORE UPDATE ON tickets {refuses}"))
    assert caught_up(world) == 1
    assert ticket(world, planned).state == "in_progress"
    assert paris("2026-06-01 15:40") in due(world, "sla_level", 3)


def test_it_is_the_service_s(world: World) -> None:
    refused(world, Forbidden, "marc", AT, catch_up)
