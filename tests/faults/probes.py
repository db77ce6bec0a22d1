"""Timers whose effects are counted, and the processes that fire them."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select, update

from sla.store.tables import Forfait, Message, Timer
from tests.faults.worker import run
from tests.worlds import World

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PROMISED = {"lost": 0, "doubled": 0, "early": 0}
PATIENCE_S = 300.0
"""Far more than a machine with much else to do needs: a limit says that something hangs, never that it is slow."""

FORKS = multiprocessing.get_context("forkserver")  # a fresh process each, without importing everything anew
FORKS.set_forkserver_preload(["tests.faults.worker"])


def quieten(world: World) -> World:
    """Nothing due and nothing to send."""
    with world.desk.database.writing() as session:
        session.execute(update(Timer).values(state="cancelled"))
        session.execute(update(Message).values(state="sent"))
        session.execute(update(Forfait).values(balance_quarters=0))  # so that a low balance is one
    return world


def put(world: World, count: int, *, every: timedelta = timedelta(), start: datetime = NOW) -> None:
    """Probes, due one after the other from `start` on."""
    rows = [
        {"key": f"probe:{start.isoformat()}:{number}", "kind": "probe", "subject": number, "due_at": at}
        | {"reached_at": at, "data": {}}
        for number in range(count)
        for at in [start + number * every]
    ]
    with world.desk.database.writing() as session:
        session.execute(insert(Timer), rows)


class Worker:
    """A process at work on a desk's database."""

    def __init__(self, world: World, mode: str = "fire", at: datetime | None = NOW, failpoint: str = "") -> None:
        self.line, theirs = FORKS.Pipe()
        environment = world.desk.settings.environment
        named = environment.model_dump(exclude={"sla_config"})
        self.process = FORKS.Process(target=run, args=(theirs, named, mode, at, failpoint), daemon=True)
        self.process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def ready(self) -> "Worker":
        assert self.line.recv() == "ready"
        return self

    def tell_to_stop(self) -> "Worker":
        self.line.send("stop")
        return self

    def ended(self) -> int | None:
        """Its exit code, negative for a signal's."""
        self.process.join(PATIENCE_S)
        code = self.process.exitcode
        self.line.close()
        self.process.close()
        return code


def sla_jobs(world: World) -> "subprocess.Popen[bytes]":
    """The command itself, as a unit starts it."""
    environment = world.desk.settings.environment.model_dump(exclude={"sla_config"}, exclude_defaults=True)
    named = {name.upper(): str(value) for name, value in environment.items()}
    command = [str(Path(sys.executable).parent / "sla"), "jobs"]
    return subprocess.Popen(command, env={"PATH": os.environ["PATH"], **named}, stdout=subprocess.DEVNULL)


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


def fired(world: World) -> int:
    """How many probes have fired so far."""
    query = select(Timer.id).where(Timer.kind == "probe", Timer.state == "fired")
    with world.desk.database.reading() as session:
        return len(session.scalars(query).all())


def eventually(holds: Callable[[], object]) -> bool:
    limit = time.monotonic() + PATIENCE_S
    while time.monotonic() < limit:
        if holds():
            return True
        time.sleep(0.05)
    return bool(holds())
