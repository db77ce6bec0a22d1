"""The processes of `bench.jobs`: how fast they fire, and how late."""

import logging
import multiprocessing
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from threading import Thread
from types import TracebackType
from typing import Any, Self

import structlog

from sla import wallclock
from sla.desk.office import Desk, Tx
from sla.jobs import effects
from sla.jobs.alarm import Alarm
from sla.jobs.cluster import Cluster
from sla.jobs.fire import fire_due
from sla.settings import Environment, load
from sla.store.tables import Message, Timer
from tests.faults.probes import NOW
from tests.worlds import World

FORKS = multiprocessing.get_context("spawn")
PATIENCE_S = 120
Late = list[float]


def to_the_microsecond() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - lateness is measured; the desk's own clock tells whole seconds


def fire_by(act: effects.Effect) -> None:
    """What a timer of the kind `probe` does, which the service has none of."""
    effects.EFFECTS["probe"] = act  # type: ignore[index]  # read-only to the service: only a measure adds to it


class Stamps:
    """Seconds from when a timer was to act until its effect was committed."""

    def __init__(self, desk: Desk) -> None:
        self.late: Late = []
        self._under_way: list[datetime] = []
        fire_by(self.effect)
        desk.after_commit.append(self.committed)

    def effect(self, tx: Tx, timer: Timer) -> None:
        effect(tx, timer)
        self._under_way.append(timer.due_at)

    def committed(self) -> None:
        now, done, self._under_way = to_the_microsecond(), self._under_way, []
        self.late += [(now - due_at).total_seconds() for due_at in done]


def effect(tx: Tx, timer: Timer) -> None:
    """One row."""
    row = Message(key=f"probe:{timer.id}", recipient="x@exemple.test", subject=str(timer.id), body="", state="sent")
    row.created_at = row.next_at = tx.now
    tx.session.add(row)


def opened(environment: dict[str, Any]) -> Desk:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    fire_by(effect)
    return Desk.open(load(Environment(**environment)))


def fire(line: Connection, environment: dict[str, Any]) -> None:
    desk = opened(environment)
    line.send("ready")
    line.recv()
    begun = time.process_time()
    while fire_due(desk, NOW).looked_at:
        pass
    line.send(time.process_time() - begun)
    desk.close()


def cluster(line: Connection, environment: dict[str, Any]) -> None:
    desk = opened(environment)
    stamps, machine = Stamps(desk), Cluster(desk)
    running = Thread(target=machine.run)
    running.start()
    line.send("ready")
    while line.recv() == "how many":
        line.send(len(stamps.late))
    machine.stop()
    running.join()
    line.send(stamps.late)
    desk.close()


class Process:
    def __init__(self, world: World, target: Any) -> None:
        self.line, theirs = FORKS.Pipe()
        environment = world.desk.settings.environment
        named = {"sla_var": environment.sla_var, "database_url": environment.database_url}
        self.process = FORKS.Process(target=target, args=(theirs, named), daemon=True)
        self.process.start()
        self.line.recv()

    def asked(self, what: str) -> Any:
        self.line.send(what)
        return self.line.recv()


def at_work(world: World, workers: int) -> tuple[float, float]:
    """The seconds until nothing is due, by so many processes that begin together; and of their processor time."""
    processes = [Process(world, fire) for _ in range(workers)]
    begun = time.perf_counter()
    for each in processes:
        each.line.send("go")
    busy = sum(each.line.recv() for each in processes)
    spent = time.perf_counter() - begun
    for each in processes:
        each.process.join()
    return spent, busy


class Lateness:
    """Those who fire on real time: an alarm in this process, or so many `sla jobs`; timers are due from `starts_at`."""

    def __init__(self, world: World, machines: int) -> None:
        self.world, self.machines = world, machines
        self.processes: Sequence[Process] = ()

    def __enter__(self) -> Self:
        if self.machines:
            self.processes = [Process(self.world, cluster) for _ in range(self.machines)]
        else:
            self.stamps = Stamps(self.world.desk)
            self.alarm = Alarm(self.world.desk, channels=())
            self.alarm.start()
        self.starts_at = wallclock.now() + timedelta(seconds=3)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.machines:
            self.alarm.stop()
            self.world.desk.after_commit.remove(self.stamps.committed)
            fire_by(effect)
        for each in self.processes:
            each.process.join()

    def collected(self, count: int) -> Late:
        limit = time.monotonic() + PATIENCE_S
        while sum(each.asked("how many") for each in self.processes) < count and time.monotonic() < limit:
            time.sleep(0.2)
        found = [late for each in self.processes for late in each.asked("stop")]
        assert len(found) == count
        return found


def embedded(found: Lateness, count: int) -> Late:
    """Told to look, as the verb that writes a timer does."""
    found.world.desk.committed()
    limit = time.monotonic() + PATIENCE_S
    while len(found.stamps.late) < count and time.monotonic() < limit:
        time.sleep(0.2)
    assert len(found.stamps.late) == count
    return found.stamps.late


def rates(count: int, spent: float, busy: float) -> str:
    """Cells: a second, a second of processor time (the database server's own not counted)."""
    return f"{count / spent:,.0f} | {count / busy:,.0f}"


def percentiles(late: Late) -> str:
    """Cells: median, p99, longest."""
    ordered = sorted(late)
    cells = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1]
    return " | ".join(f"{each * 1000:,.0f} ms" for each in cells)
