"""Several processes on one PostgreSQL: Procrastinate runs the looks, our rows decide."""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import procrastinate
import pytest
from sqlalchemy import text

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.office import Desk, Tx
from sla.desk.timers import TimerKind, schedule
from sla.jobs.cluster import Cluster
from sla.jobs.engine import RESCUE, engine, worker_connector
from sla.jobs.hint import Hint
from sla.store.database import Database
from sla.store.engine_schema import migrate_engine
from sla.store.migrate import migrate
from tests.faults.probes import eventually, quieten
from tests.jobs.rows import timers
from tests.postgres import Databases
from tests.worlds import World

JOBS = "SELECT task_name, status FROM procrastinate.procrastinate_jobs ORDER BY id"


@pytest.fixture
def quiet(pg_world: World) -> World:
    return quieten(pg_world)


@pytest.fixture
def two_machines(quiet: World) -> Iterator[list[Cluster]]:
    """Each with its own desk on the same database."""
    machines = [Cluster(Desk.open(quiet.desk.settings)) for _ in range(2)]
    threads = [Thread(target=each.run) for each in machines]
    for thread in threads:
        thread.start()
    yield machines
    for machine in machines:
        machine.stop()
    for thread in threads:
        thread.join()
    for machine in machines:
        machine.desk.close()


def commit(desk: Desk, mark: str, seconds: float) -> None:
    """As a verb on another machine does: a reminder of the furnished forfait, which two people are told."""
    with desk.database.writing() as session:
        tx = Tx(desk, session, SYSTEM, wallclock.now())
        at = tx.now + timedelta(seconds=seconds)
        schedule(tx, TimerKind.LOW_BALANCE, 1, at, due_at=at, mark=mark, data={"share": int(mark)})
    desk.committed()


def asked(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(query))]


def test_two_machines_fire_what_a_third_has_written_once_and_mail_leaves(
    quiet: World, two_machines: list[Cluster], tmp_path: Path
) -> None:
    for mark, seconds in (("25", -60), ("10", 0), ("5", 1.5)):
        commit(quiet.desk, mark, seconds)
    assert eventually(lambda: len(timers(quiet, "low_balance", "fired")) == 3)
    assert eventually(lambda: len(list((tmp_path / "mail").glob("*.eml"))) == 6)
    for timer in timers(quiet, "low_balance", "fired"):
        assert timer.attempts == 1
        assert timer.fired_at is not None
        assert timer.fired_at >= timer.due_at
    workers = "SELECT 1 FROM procrastinate.procrastinate_workers"
    assert eventually(lambda: len(asked(quiet.desk.database, workers)) == 2)


def test_a_commit_leaves_one_job_for_what_is_due_and_none_for_what_is_not(quiet: World) -> None:
    hint = Hint(quiet.desk)
    hint.start()
    commit(quiet.desk, "25", 3600)
    for mark in ("10", "5"):
        commit(quiet.desk, mark, -1)
    assert eventually(lambda: asked(quiet.desk.database, JOBS))
    hint.stop()
    assert asked(quiet.desk.database, JOBS) == [("timers", "todo")]


def test_a_hint_that_can_not_be_given_disturbs_nobody(quiet: World) -> None:
    """The engine's tables are gone; the verb's commit stands, and the thread goes on."""
    with quiet.desk.database.writing() as session:
        session.execute(text("ALTER SCHEMA procrastinate RENAME TO elsewhere"))
    hint = Hint(quiet.desk)
    hint.start()
    commit(quiet.desk, "25", -1)
    time.sleep(0.3)
    with quiet.desk.database.writing() as session:
        session.execute(text("ALTER SCHEMA elsewhere RENAME TO procrastinate"))
    quiet.desk.committed()
    assert eventually(lambda: asked(quiet.desk.database, JOBS))
    hint.stop()


def orphan(database: Database, name: str, *others: str) -> None:
    """A job that a worker had in hand when it died a minute ago; and others that wait."""
    jobs = (
        "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status, worker_id) "
        "SELECT each, each, each, '{}', :worker FROM (SELECT CAST(:name AS text) AS each) AS named"
    )
    with database.writing() as session:
        session.execute(text("SET LOCAL search_path = procrastinate, public"))
        worker = session.scalar(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id")
        )
        session.execute(text(jobs.format("doing")), {"name": name, "worker": worker})
        for other in others:
            session.execute(text(jobs.format("todo")), {"name": other, "worker": None})


@pytest.mark.parametrize("waiting", [(), ("timers",)], ids=["alone", "another waits already"])
def test_the_job_of_a_worker_that_died_is_rescued(quiet: World, waiting: tuple[str, ...]) -> None:
    database, looked = quiet.desk.database, list[str]()
    orphan(database, "timers", *waiting)
    app = engine(worker_connector(database), {"timers": lambda: looked.append("timers")})

    async def work() -> None:
        async with app.open_async():
            await app.configure_task(RESCUE, queue=RESCUE).defer_async(timestamp=0)
            await app.run_worker_async(queues=[RESCUE], wait=False, delete_jobs="always")

    asyncio.run(work())
    assert ("timers", "doing") not in asked(database, JOBS)
    assert [job for job in asked(database, JOBS) if job[0] == "timers"] == [("timers", "todo")]


def what_there_is(database: Database) -> list[tuple[Any, ...]]:
    """Tables, indexes, triggers, types and functions of the engine."""
    names = asked(
        database,
        "SELECT relkind::text, relname FROM pg_class WHERE relnamespace = 'procrastinate'::regnamespace "
        "UNION SELECT 'f', proname FROM pg_proc WHERE pronamespace = 'procrastinate'::regnamespace "
        "UNION SELECT 't', tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
        "WHERE NOT tgisinternal AND c.relnamespace = 'procrastinate'::regnamespace",
    )
    return sorted(names)


def test_the_engine_of_last_year_is_brought_up_to_the_installed_one(quiet: World, postgresql: Databases) -> None:
    """Its own migrations are run, those alone that the database has not seen."""
    migrations = sorted((Path(procrastinate.__file__).parent / "sql" / "migrations").glob("*.sql"))
    older = next(index for index, script in enumerate(migrations) if script.name.startswith("03.01"))
    with postgresql.one("template1") as url:
        database = Database(url)
        with database.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("CREATE SCHEMA procrastinate; CREATE TABLE procrastinate.sla_applied (name text)")
            driver.execute("SET LOCAL search_path = procrastinate")
            for script in migrations[:older]:
                driver.execute(script.read_text())
                driver.execute("INSERT INTO sla_applied VALUES (%s)", (script.name,))
            driver.commit()
        migrate(database)
        assert set(what_there_is(database)) >= {
            each for each in what_there_is(quiet.desk.database) if each[0] in "rft" and "sla_" not in each[1]
        }
        database.close()


def test_migrating_again_changes_nothing(quiet: World) -> None:
    before = what_there_is(quiet.desk.database)
    with quiet.desk.database.engine.begin() as connection:
        migrate_engine(connection)
    assert what_there_is(quiet.desk.database) == before
