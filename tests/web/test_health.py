"""`/health`: what a probe is told, on either database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from sla import wallclock
from sla.store.tables import Timer
from sla.web.app import create_app
from tests.faults.probes import put, quieten
from tests.jobs.rows import fire
from tests.worlds import World


@pytest.fixture
def quiet(each_world: World) -> World:
    return quieten(each_world)


def asked(world: World, heartbeat: Callable[[], datetime | None] | None = None) -> tuple[int, dict[str, Any]]:
    answer = create_app(world.desk, heartbeat).test_client().get("/health")
    return answer.status_code, answer.get_json()


def ago(**span: float) -> datetime:
    return wallclock.now() - timedelta(**span)


def test_all_is_well(quiet: World) -> None:
    status, told = asked(quiet, wallclock.now)
    assert (status, told["status"], told["database"]) == (200, "ok", "ok")
    assert (told["oldest_overdue_s"], told["failed_timers"]) == (0, 0)


def test_a_timer_that_is_more_than_a_minute_late_is_not_well(quiet: World) -> None:
    put(quiet, 1, start=ago(seconds=50))
    assert asked(quiet)[0] == 200
    put(quiet, 1, start=ago(seconds=75))
    status, told = asked(quiet)
    assert (status, told["status"]) == (503, "failing")
    assert told["oldest_overdue_s"] >= 75


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
