"""The alarm clock of one process, on real time: it fires what is due at its instant, and sends what that leaves."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.office import Tx
from sla.desk.timers import TimerKind, schedule
from sla.jobs.alarm import Alarm
from sla.jobs.drain import Drain
from tests.faults.probes import eventually, quieten
from tests.jobs.rows import timers
from tests.worlds import World


@pytest.fixture
def quiet(world: World) -> World:
    return quieten(world)


@pytest.fixture
def alarm(quiet: World) -> Iterator[Alarm]:
    alarm = Alarm(quiet.desk)
    alarm.start()
    yield alarm
    alarm.stop()


def write(tx: Tx, mark: str, seconds: int) -> None:
    """A reminder of the furnished forfait, which the account and the manager are told."""
    at = tx.now + timedelta(seconds=seconds)
    schedule(tx, TimerKind.LOW_BALANCE, 1, at, due_at=at, mark=mark, data={"share": int(mark)})


def commit(world: World, mark: str, seconds: int) -> None:
    """As a verb does: one transaction, then the hooks."""
    with world.desk.database.writing() as session:
        write(Tx(world.desk, session, SYSTEM, wallclock.now()), mark, seconds)
    world.desk.committed()


def test_what_is_due_already_fires_at_the_start_and_its_mail_leaves(quiet: World, tmp_path: Path) -> None:
    commit(quiet, "25", -60)
    alarm = Alarm(quiet.desk)
    alarm.start()
    try:
        assert eventually(lambda: timers(quiet, "low_balance", "fired"))
        assert eventually(lambda: len(list((tmp_path / "mail").glob("*.eml"))) == 2)
    finally:
        alarm.stop()


def test_a_commit_sets_the_alarm_to_the_earliest_instant(quiet: World) -> None:
    """Set for an hour ahead, then for two seconds ahead: the second fires, not before its instant, and the first waits.
    The sweep finds neither: it comes once a day here."""
    alarm = Alarm(quiet.desk, sweep_seconds=86_400)
    alarm.start()
    try:
        commit(quiet, "10", 3600)
        commit(quiet, "25", 2)
        assert eventually(lambda: timers(quiet, "low_balance", "fired"))
    finally:
        alarm.stop()
    [fired] = timers(quiet, "low_balance", "fired")
    assert fired.fired_at is not None
    assert fired.fired_at >= fired.due_at
    assert [timer.data["share"] for timer in timers(quiet, "low_balance", "pending")] == [10]


def test_many_commits_at_once_lose_no_wake(quiet: World, alarm: Alarm) -> None:
    for number in range(25):
        commit(quiet, str(number), 0)
    assert eventually(lambda: len(timers(quiet, "low_balance", "fired")) == 25)


def test_stopped_it_fires_nothing_and_started_again_it_catches_up(quiet: World, alarm: Alarm) -> None:
    alarm.stop()
    commit(quiet, "25", 0)
    time.sleep(0.3)
    assert not timers(quiet, "low_balance", "fired")
    again = Alarm(quiet.desk)
    again.start()
    try:
        assert eventually(lambda: timers(quiet, "low_balance", "fired"))
    finally:
        again.stop()


def test_its_heartbeat_is_its_last_look(quiet: World) -> None:
    alarm, before = Alarm(quiet.desk), wallclock.now()
    assert alarm.heartbeat is None
    alarm.start()
    try:
        assert eventually(lambda: alarm.heartbeat is not None)
        assert alarm.heartbeat is not None
        assert before <= alarm.heartbeat <= wallclock.now()
    finally:
        alarm.stop()


def test_a_clock_set_back_an_hour_does_not_keep_the_alarm_from_looking(
    quiet: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes a timer that is due now, by the new clock: the sweep doesn't wait for the hour to pass."""
    alarm = Alarm(quiet.desk, channels=(), sweep_seconds=1)
    alarm.start()
    try:
        assert eventually(lambda: alarm.heartbeat is not None)

        class SetBack(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "SetBack":
                return super().now(tz) - timedelta(hours=1)

        monkeypatch.setattr("apscheduler.schedulers.base.datetime", SetBack)
        monkeypatch.setattr(wallclock, "now", lambda: SetBack.now(UTC))
        with quiet.desk.database.writing() as session:
            write(Tx(quiet.desk, session, SYSTEM, wallclock.now()), "25", 0)
        assert eventually(lambda: timers(quiet, "low_balance", "fired"))
    finally:
        alarm.stop()
    [fired] = timers(quiet, "low_balance", "fired")
    assert fired.fired_at is not None
    assert fired.fired_at >= fired.due_at


def test_a_round_that_fails_does_not_stop_the_clock(alarm: Alarm) -> None:
    """Something like a disk that was full: the next wake finds the drain ready."""
    tries: list[int] = []

    def work() -> int:
        tries.append(len(tries))
        if len(tries) == 1:
            raise OSError("no space left on device")
        return 0

    drain = Drain(alarm._scheduler, "frail", work, lambda: None)
    drain.wake()
    assert eventually(lambda: len(tries) == 1)
    assert eventually(lambda: not drain._running)
    drain.wake()
    assert eventually(lambda: len(tries) == 2)
