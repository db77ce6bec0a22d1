"""Whatever kills a process, and however many work on one file: no effect is lost, doubled or early."""

import multiprocessing
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, func, select, text, update
from sqlalchemy.exc import OperationalError

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.office import Desk, Tx
from sla.desk.timers import TimerKind, cancel, schedule
from sla.jobs.fire import fire_due
from sla.notify.delivery import deliver_due
from sla.notify.leases import LEASE
from sla.store import database
from sla.store.tables import Message, Timer
from tests.faults.worker import FAILPOINTS, run
from tests.worlds import World

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def quiet(world: World) -> World:
    """A desk that has nothing due and nothing to send."""
    with world.desk.database.writing() as session:
        session.execute(update(Timer).values(state="cancelled"))
        session.execute(update(Message).values(state="sent"))
    return world


def put(world: World, count: int, *, every: timedelta = timedelta(), start: datetime = NOW) -> None:
    """Probes, due one after the other from `start` on."""
    with world.desk.database.writing() as session:
        for number in range(count):
            at = start + number * every
            timer = Timer(
                key=f"probe:{start.isoformat()}:{number}",
                kind="probe",
                subject=number,
                due_at=at,
                reached_at=at,
                data={},
            )
            session.add(timer)


FORKS = multiprocessing.get_context("forkserver")  # a fresh process each, without importing everything anew
FORKS.set_forkserver_preload(["tests.faults.worker"])


class Worker:
    """A process at work on a desk's file."""

    def __init__(self, world: World, mode: str, at: datetime | None = NOW, failpoint: str = "") -> None:
        self.line, theirs = FORKS.Pipe()
        var = world.desk.settings.environment.sla_var
        self.process = FORKS.Process(target=run, args=(theirs, var, mode, at, failpoint), daemon=True)
        self.process.start()
        theirs.close()

    def ready(self) -> "Worker":
        assert self.line.recv() == "ready"
        return self

    def tell_to_stop(self) -> "Worker":
        self.line.send("stop")
        return self

    def ended(self) -> int | None:
        """Its exit code, negative for a signal's."""
        self.process.join(20)
        code = self.process.exitcode
        self.line.close()
        self.process.close()
        return code


def verdict(world: World) -> dict[str, int]:
    """Probes by what became of their effect: each is to have run once, at or after its instant."""
    with world.desk.database.reading() as session:
        found = list(session.scalars(select(Timer).where(Timer.kind == "probe")))
        effects: dict[int, list[datetime]] = {timer.id: [] for timer in found}
        for timer_id, at in session.execute(
            select(Message.subject, Message.created_at).where(Message.key.startswith("probe:"))
        ):
            effects[int(timer_id)].append(at)
    return {
        "lost": sum(1 for timer in found if not effects[timer.id] or timer.state != "fired"),
        "doubled": sum(1 for timer in found if len(effects[timer.id]) > 1),
        "early": sum(1 for timer in found if effects[timer.id] and min(effects[timer.id]) < timer.due_at),
    }


PROMISED = {"lost": 0, "doubled": 0, "early": 0}


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_killed_at_any_point_each_effect_happens_once(quiet: World, failpoint: str) -> None:
    put(quiet, 15)
    assert Worker(quiet, "fire", failpoint=failpoint).ended() == -signal.SIGKILL
    if failpoint != "after_commit":
        assert verdict(quiet) == {"lost": 15, "doubled": 0, "early": 0}  # nothing of the batch was kept
    assert Worker(quiet, "fire").ended() == 0
    assert verdict(quiet) == PROMISED


def test_random_kills_under_three_workers_lose_and_double_nothing(quiet: World) -> None:
    put(quiet, 600)
    chance = random.Random(20261124)
    workers = [Worker(quiet, "fire") for _ in range(3)]
    at_work = 0
    for _ in range(8):
        victim = chance.randrange(3)
        workers[victim].ready()
        time.sleep(chance.uniform(0.02, 0.15))
        at_work += workers[victim].process.is_alive()
        workers[victim].process.kill()
        workers[victim].ended()
        workers[victim] = Worker(quiet, "fire")
    assert [worker.ended() for worker in workers] == [0, 0, 0]
    assert at_work >= 3  # the others had nothing left to do
    assert verdict(quiet) == PROMISED


def test_two_embedded_processes_on_one_file_share_the_work_without_doubling_it(quiet: World) -> None:
    """Each with its own alarm, on real time: 20 overdue, 20 to come over two seconds, both awake for each."""
    now = wallclock.now()
    put(quiet, 20, start=now - timedelta(hours=1))
    put(quiet, 20, every=timedelta(seconds=0.1), start=now + timedelta(seconds=1))
    workers = [Worker(quiet, "alarm", None).ready() for _ in range(2)]
    limit = time.monotonic() + 15
    while verdict(quiet)["lost"] and time.monotonic() < limit:
        time.sleep(0.1)
    assert [worker.tell_to_stop().ended() for worker in workers] == [0, 0]
    assert verdict(quiet) == PROMISED


def test_a_process_told_to_stop_ends_its_batch(quiet: World) -> None:
    """SIGTERM in the midst of a batch: what was begun is whole or not at all."""
    put(quiet, 100)
    worker = Worker(quiet, "fire").ready()
    time.sleep(0.1)
    worker.process.terminate()
    worker.ended()
    assert verdict(quiet)["doubled"] == 0
    assert Worker(quiet, "fire").ended() == 0
    assert verdict(quiet) == PROMISED


def test_cancelling_races_firing_and_one_of_them_wins(quiet: World) -> None:
    """Taken back and without effect, or fired and not to be taken back; never both."""
    for number in range(12):
        with quiet.desk.database.writing() as session:
            tx = Tx(quiet.desk, session, SYSTEM, NOW)
            schedule(tx, TimerKind.LOW_BALANCE, 1, NOW, due_at=NOW, mark=str(number), data={"share": number})
        gate = threading.Barrier(2)

        def take_back(gate: threading.Barrier = gate, number: int = number) -> None:
            gate.wait()
            with quiet.desk.database.writing() as session:
                cancel(Tx(quiet.desk, session, SYSTEM, NOW), TimerKind.LOW_BALANCE, 1, share=number)

        other = threading.Thread(target=take_back)
        other.start()
        gate.wait()
        fire_due(quiet.desk, NOW)
        other.join()
        with quiet.desk.database.reading() as session:
            state = session.scalar(select(Timer.state).where(Timer.key == f"low_balance:1:{number}"))
            told = session.scalar(select(func.count()).where(Message.key.startswith(f"low:1:{number}:")))
        assert (state, told) in {("cancelled", 0), ("fired", 2)}


def test_killed_between_sending_and_keeping_it_a_mail_leaves_again_as_the_same_file(quiet: World) -> None:
    with quiet.desk.database.writing() as session:
        message = Message(key="m:1", recipient="a@exemple.test", subject="S", body="b\n")
        message.created_at = message.next_at = NOW
        session.add(message)
    assert Worker(quiet, "deliver", failpoint="after_sending").ended() == -signal.SIGKILL
    desk, folder = quiet.desk, quiet.desk.settings.environment.sla_var / "mail"
    [first] = [path.read_bytes() for path in folder.iterdir()]
    assert deliver_due(desk.database, desk.settings, NOW + LEASE - timedelta(seconds=1)).looked_at == 0
    assert deliver_due(desk.database, desk.settings, NOW + LEASE).sent == 1
    assert [path.read_bytes() for path in folder.iterdir()] == [first]


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


def test_a_locked_database_counts_against_no_timer(quiet: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It isn't the timer's fault: nothing is marked, and it fires once the lock is gone."""
    with quiet.desk.database.writing() as session:
        tx = Tx(quiet.desk, session, SYSTEM, NOW)
        schedule(tx, TimerKind.LOW_BALANCE, 1, NOW, due_at=NOW, data={"share": 25})
    monkeypatch.setattr(database, "BUSY_MS", 100)
    impatient = Desk.open(quiet.desk.settings)
    with held(quiet.desk.settings.database_url), pytest.raises(OperationalError, match="locked"):
        fire_due(impatient, NOW)
    assert fire_due(impatient, NOW).count == 1
    with impatient.database.reading() as session:
        assert session.scalar(select(Timer.attempts).where(Timer.key == "low_balance:1")) == 1
    impatient.close()
