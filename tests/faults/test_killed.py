"""Whatever kills, stops or cuts off a process, and however many work on one database: no effect is lost, doubled or
early. Each on SQLite and on PostgreSQL."""

import os
import random
import signal
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.office import Tx
from sla.desk.timers import TimerKind, cancel, schedule
from sla.jobs.fire import fire_due
from sla.notify.delivery import deliver_due
from sla.notify.leases import LEASE
from sla.store.tables import Message, Timer
from tests.faults.probes import NOW, PROMISED, Worker, eventually, fired, put, quieten, verdict
from tests.faults.worker import FAILPOINTS
from tests.worlds import World

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
DUE, KILLS, ENOUGH = (3_000, 20, 150) if LONG else (150, 5, 150)


@pytest.fixture
def quiet(each_world: World) -> World:
    return quieten(each_world)


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_killed_at_any_point_each_effect_happens_once(quiet: World, failpoint: str) -> None:
    put(quiet, 15)
    assert Worker(quiet, failpoint=failpoint).ended() == -signal.SIGKILL
    if failpoint != "after_commit":
        assert verdict(quiet) == {"lost": 15, "doubled": 0, "early": 0}  # nothing of the batch was kept
    assert Worker(quiet).ended() == 0
    assert verdict(quiet) == PROMISED


def test_random_kills_under_three_workers_lose_and_double_nothing(quiet: World) -> None:
    """Until so many were killed while something was due: before each kill there is enough of it, and who was idle all
    the same is not counted. 3,000 due and 20 kills in the long run."""
    put(quiet, DUE)
    chance, given = random.Random(20261124), DUE
    workers = [Worker(quiet, "keep_firing") for _ in range(3)]
    at_work = 0
    while at_work < KILLS:
        victim = chance.randrange(3)
        workers[victim].ready()
        if fired(quiet) > given - ENOUGH:
            put(quiet, ENOUGH, start=NOW - timedelta(seconds=given))
            given += ENOUGH
        time.sleep(chance.uniform(0.02, 0.15))
        workers[victim].process.kill()
        assert workers[victim].ended() == -signal.SIGKILL
        at_work += fired(quiet) < given
        workers[victim] = Worker(quiet, "keep_firing")
    assert eventually(lambda: fired(quiet) == given)
    assert [worker.ready().tell_to_stop().ended() for worker in workers] == [0, 0, 0]
    assert verdict(quiet) == PROMISED


def test_two_alarms_on_one_database_share_the_work_without_doubling_it(quiet: World) -> None:
    """As two `sla run` on one file, on real time: 20 overdue, 20 to come over two seconds, both awake for each."""
    now = wallclock.now()
    put(quiet, 20, start=now - timedelta(hours=1))
    put(quiet, 20, every=timedelta(seconds=0.1), start=now + timedelta(seconds=1))
    workers = [Worker(quiet, "alarm", None).ready() for _ in range(2)]
    assert eventually(lambda: fired(quiet) == 40)
    assert [worker.tell_to_stop().ended() for worker in workers] == [0, 0]
    assert verdict(quiet) == PROMISED


def test_a_process_told_to_stop_ends_its_batch(quiet: World) -> None:
    """SIGTERM in the midst of a batch: what was begun is whole or not at all."""
    put(quiet, 100)
    worker = Worker(quiet).ready()
    time.sleep(0.1)
    worker.process.terminate()
    worker.ended()
    assert verdict(quiet)["doubled"] == 0
    assert Worker(quiet).ended() == 0
    assert verdict(quiet) == PROMISED


def test_a_process_stopped_in_the_midst_of_a_batch_keeps_others_waiting_for_a_while_only(quiet: World) -> None:
    """SIGSTOP, as a laptop that sleeps or a machine that swaps. PostgreSQL ends its transaction, and another fires what
    it had in hand; on SQLite they wait. Resumed, it finds what was done, and doubles nothing."""
    put(quiet, 40)
    sleeper = Worker(quiet, failpoint="frozen").ready()
    assert eventually(lambda: _state(sleeper.pid) == "T")
    other = Worker(quiet).ready()
    if quiet.desk.database.shared:
        assert other.ended() == 0
        assert fired(quiet) == 40
    else:
        time.sleep(0.3)
        assert fired(quiet) == 0
    os.kill(sleeper.pid, signal.SIGCONT)
    assert sleeper.ended() == 0
    if not quiet.desk.database.shared:
        assert other.ended() == 0
    assert verdict(quiet) == PROMISED


def _state(pid: int) -> str:
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0]


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
