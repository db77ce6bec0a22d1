"""`/health`: what a probe is told, on either database."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import select, text, update
from sqlalchemy.exc import InternalError
from structlog.testing import capture_logs

from sla import wallclock
from sla.desk import overdue
from sla.desk.deposit import deposit
from sla.jobs.alarm import Alarm
from sla.store import database as store
from sla.store.database import PROVED_S, Database
from sla.store.heartbeats import beat, last_beat
from sla.store.tables import Heartbeat, Timer
from tests.faults.probes import put, quieten
from tests.jobs.rows import fire
from tests.web.visitor import site
from tests.worlds import BUSY_MS, World


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands still: so long ago is so long ago, however slow the machine."""
    instant = wallclock.now()
    monkeypatch.setattr(wallclock, "now", lambda: instant)


@pytest.fixture
def quiet(each_world: World) -> World:
    return quieten(each_world)


def asked(
    world: World, heartbeat: Callable[[], datetime | None] | None = None, lang: str = "fr"
) -> tuple[int, dict[str, Any]]:
    with capture_logs():  # written out with all that each call held, an error takes seconds
        answer = site(world.desk, heartbeat).test_client().get("/health", headers={"Accept-Language": lang})
    return answer.status_code, answer.get_json()


def ago(**span: float) -> datetime:
    return wallclock.now() - timedelta(**span)


def test_all_is_well(quiet: World) -> None:
    status, told = asked(quiet, wallclock.now)
    assert (status, told["status"], told["database"]) == (200, "ok", "ok")
    assert (told["oldest_overdue_s"], told["failed_timers"], told["says"]) == (0, 0, ["tout va bien"])
    assert asked(quiet, lang="en")[1]["says"] == ["all is well"]


def test_a_timer_that_is_more_than_a_minute_late_is_not_well(quiet: World) -> None:
    put(quiet, 1, start=ago(seconds=50))
    assert asked(quiet)[0] == 200
    put(quiet, 1, start=ago(seconds=75))
    status, told = asked(quiet)
    assert (status, told["status"]) == (503, "failing")
    assert told["oldest_overdue_s"] >= 75


@pytest.mark.parametrize(("late_s", "told"), [(60, 200), (61, 503)])
def test_a_timer_may_be_a_minute_late_and_no_more(quiet: World, late_s: int, told: int) -> None:
    put(quiet, 1, start=ago(seconds=late_s))
    status, body = asked(quiet)
    assert (status, body["oldest_overdue_s"]) == (told, late_s)


@pytest.mark.parametrize(("silent_s", "told"), [(120, 200), (121, 503)])
@pytest.mark.parametrize("own", [True, False], ids=["own alarm", "another's"])
def test_an_alarm_may_be_silent_for_two_minutes_and_no_more(quiet: World, own: bool, silent_s: int, told: int) -> None:
    if own:
        status, body = asked(quiet, lambda: ago(seconds=silent_s))
    else:
        beat(quiet.desk.database, ago(seconds=silent_s))
        status, body = asked(quiet)
    assert (status, body["alarm_silent_s"]) == (told, silent_s)


def test_a_timer_whose_action_is_gone_is_kept_and_counted(quiet: World) -> None:
    """`probe` is no kind that this version knows: it is parked, raised to the manager, and no longer late."""
    put(quiet, 2, start=ago(minutes=5))
    assert fire(quiet, wallclock.now()).failed == 2
    status, told = asked(quiet)
    assert (status, told["failed_timers"]) == (200, 2)
    with quiet.desk.database.writing() as session:
        session.execute(update(Timer).values(state="cancelled"))
    assert asked(quiet)[1]["failed_timers"] == 0


def test_an_alarm_that_has_not_looked_for_two_minutes_is_not_well(quiet: World) -> None:
    assert asked(quiet, lambda: ago(seconds=100))[0] == 200
    assert asked(quiet, lambda: ago(seconds=130))[0] == 503


def test_a_database_that_can_only_be_read_is_not_well(pg_world: World) -> None:
    with pg_world.desk.database.writing() as session:
        name = session.scalar(text("SELECT current_database()"))
        session.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    pg_world.desk.database.engine.dispose()
    status, told = asked(pg_world)
    assert (status, told["database"]) == (503, "read-only")


def written(world: World) -> int:
    """How often a row was written only to see whether it can be."""
    with world.desk.database.reading() as session:
        return session.scalar(select(Heartbeat.beats).where(Heartbeat.name == "writable")) or 0


def test_however_often_anybody_asks_a_row_is_written_once_in_a_few_seconds(quiet: World) -> None:
    """Nobody needs to sign in to ask."""
    before = written(quiet)
    with freeze_time("2026-11-24 09:00") as clock:
        assert [asked(quiet)[0] for _ in range(10)] == [200] * 10
        assert written(quiet) == before + 1
        clock.tick(PROVED_S)
        asked(quiet)
        assert written(quiet) == before + 2


def test_a_write_that_fails_is_known_at_once_though_one_went_well_a_moment_ago(pg_world: World) -> None:
    assert asked(pg_world)[1]["database"] == "ok"
    with pg_world.desk.database.writing() as session:
        name = session.scalar(text("SELECT current_database()"))
        session.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    pg_world.desk.database.engine.dispose()
    with pytest.raises(InternalError, match="read-only"):
        pg_world.do("julie", wallclock.now(), deposit, item="erreurs", severity="minor", title="A", description="a")
    assert asked(pg_world)[1]["database"] == "read-only"


def test_what_is_not_well_is_said_in_words(quiet: World) -> None:
    put(quiet, 1, start=ago(seconds=130))
    assert asked(quiet)[1]["says"] == ["la plus ancienne échéance a 2\u00a0min de retard"]
    assert asked(quiet, lambda: ago(minutes=3), "en")[1]["says"] == [
        "the oldest timer is 2\u00a0min late",
        "the clock has not looked for 3\u00a0min",
    ]


def test_the_alarm_of_another_process_is_known_by_its_sign_of_life(quiet: World) -> None:
    """`sla web` has no alarm of its own: the sign of life is in the database."""
    assert asked(quiet)[1]["alarm_silent_s"] is None
    beat(quiet.desk.database, ago(minutes=3))
    assert asked(quiet)[0] == 503
    beat(quiet.desk.database, ago(seconds=100))
    assert asked(quiet)[0] == 200
    beat(quiet.desk.database, ago(minutes=9))  # a clock that is behind takes nothing back
    assert asked(quiet)[0] == 200


def test_a_sign_of_life_from_before_the_clock_was_set_back_proves_nothing(quiet: World) -> None:
    """An hour ahead: nothing may have looked since. The next look by the clock as it is now counts again."""
    beat(quiet.desk.database, ago(hours=-1))
    assert asked(quiet)[0] == 503
    beat(quiet.desk.database, ago(seconds=5))
    assert asked(quiet)[0] == 200


def test_one_alarm_that_lives_is_enough(quiet: World) -> None:
    beat(quiet.desk.database, ago(minutes=3))
    assert asked(quiet, wallclock.now)[0] == 200


def test_an_alarm_leaves_its_sign_of_life(quiet: World) -> None:
    assert Alarm(quiet.desk)._fire() == 0
    with quiet.desk.database.reading() as session:
        left = last_beat(session)
    assert left == wallclock.now()


@contextmanager
def locked(database: Database, table: str) -> Iterator[None]:
    """Until the block ends, or for a minute: who waits as long as those who write finds all well."""
    held, over = Event(), Event()

    def hold() -> None:
        with database.writing() as session:
            session.execute(text(f"LOCK TABLE {table}" if database.shared else "SELECT 1"))
            held.set()
            over.wait(60)

    holder = Thread(target=hold)
    holder.start()
    held.wait()
    try:
        yield
    finally:
        over.set()
        holder.join()


@pytest.mark.parametrize("table", ["heartbeats", "timers"])
def test_of_a_database_that_is_locked_whoever_asks_is_told_soon(
    quiet: World, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite is locked as a whole. Those who write wait as long as before."""
    for module in (store, overdue):
        monkeypatch.setattr(module, "PATIENCE_MS", 100)
    with locked(quiet.desk.database, table):
        status, told = asked(quiet)
    assert (status, told["says"]) == (503, ["la base de données ne peut pas être écrite"])
    assert asked(quiet)[0] == 200
    if not quiet.desk.database.shared:
        with quiet.desk.database.reading() as session:
            assert session.scalar(text("PRAGMA busy_timeout")) == BUSY_MS


def test_a_file_that_can_only_be_read_is_not_well(sqlite_world: World) -> None:
    path = sqlite_world.desk.settings.environment.sla_var / "sla.sqlite3"
    sqlite_world.desk.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    sqlite_world.desk.database = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    status, told = asked(sqlite_world)
    assert (status, told["database"]) == (503, "OperationalError")
    assert told["says"] == ["la base de données ne peut pas être écrite"]


def test_a_file_that_is_no_database_any_more_is_not_well(sqlite_world: World) -> None:
    path = sqlite_world.desk.settings.environment.sla_var / "sla.sqlite3"
    sqlite_world.desk.close()
    path.write_bytes(b"not a database at all, but a file full of something else" * 100)
    status, told = asked(sqlite_world)
    assert (status, told["status"], told["database"]) == (503, "failing", "DatabaseError")
