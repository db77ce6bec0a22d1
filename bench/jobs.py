"""Timers in numbers: an idle look and an addition among up to a million, firing, lateness; and beside them
APScheduler's own persistent store and django-helpdesk's escalation, in one run.

Run with `python -m bench.jobs`. SQLite with `synchronous=FULL` for all three, PostgreSQL with `fsync` on.
"""

import logging
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import structlog
from sqlalchemy import insert, text

from bench.jobs_beside import apscheduler_rows, helpdesk_rows
from bench.jobs_workers import Lateness, at_work, effect, embedded, fire_by, percentiles, rates
from sla.desk.actor import SYSTEM
from sla.desk.deposit import deposit
from sla.desk.office import Desk, Tx
from sla.desk.timers import TimerKind, schedule
from sla.jobs.fire import fire_due
from sla.store.tables import Timer
from tests.faults.probes import quieten
from tests.postgres import databases
from tests.worlds import World, furnish, new_desk, paris

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FAR = NOW + timedelta(days=365)
SIZES = (1_000, 100_000, 1_000_000)
FIRED, WARNED = 6_000, 200
PER_SECOND, SECONDS = 100, 10
DURABLE = "max_connections = 50\nshared_buffers = 128MB\n"


@contextmanager
def desks() -> Iterator[dict[str, World]]:
    """A furnished desk with nothing due, on each database."""
    fire_by(effect)
    with tempfile.TemporaryDirectory() as folder, databases(uuid4().hex, DURABLE) as server:
        on_file = new_desk(Path(folder) / "file")
        on_server = new_desk(Path(folder) / "server", database_url=server.create())
        found = {"SQLite": quieten(furnish(on_file)), "PostgreSQL": quieten(furnish(on_server))}
        yield found
        for world in found.values():
            world.desk.close()


def fill(desk: Desk, count: int) -> None:
    """So many timers, due in a year."""
    numbers = (
        f"SELECT generate_series(1, {count}) AS n"
        if desk.database.shared
        else f"WITH RECURSIVE all_of(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM all_of WHERE n < {count}) "
        "SELECT n FROM all_of"
    )
    columns = "key, kind, subject, generation, data, due_at, reached_at, next_at, state, attempts"
    values = "'bench:' || n, 'low_balance', n, 0, '{}', :due, :due, :due, 'pending', 0"
    due = FAR if desk.database.shared else FAR.strftime("%Y-%m-%d %H:%M:%S.%f")
    with desk.database.writing() as session:
        session.execute(text(f"INSERT INTO timers ({columns}) SELECT {values} FROM ({numbers}) AS of"), {"due": due})
    with desk.database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE timers")


def in_turn(calls: list[Callable[[], float]], rounds: int) -> list[float]:
    """The median milliseconds that each says it took, one after the other: a slow spell of the machine falls on all."""
    spent: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, found in zip(calls, spent, strict=True):
            found.append(call())
    return [statistics.median(found) * 1000 for found in spent]


def look(desk: Desk) -> float:
    begun = time.perf_counter()
    assert fire_due(desk, NOW).looked_at == 0
    return time.perf_counter() - begun


def add(desk: Desk) -> float:
    """What a timer costs the verb that writes it, within its transaction; the commit is the verb's own."""
    with desk.database.writing() as session:
        tx = Tx(desk, session, SYSTEM, NOW)
        begun = time.perf_counter()
        schedule(tx, TimerKind.LOW_BALANCE, 1, FAR, due_at=FAR, mark=uuid4().hex)
        session.flush()
        return time.perf_counter() - begun


def flat_rows() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, databases(uuid4().hex, DURABLE) as server:
        for name in ("SQLite", "PostgreSQL"):
            urls = [server.create() if name == "PostgreSQL" else "" for _ in SIZES]
            sized = [new_desk(Path(folder) / str(n), database_url=url) for n, url in zip(SIZES, urls, strict=True)]
            for desk, size in zip(sized, SIZES, strict=True):
                fill(desk, size)
            for what, act in (("an idle look", look), ("a timer added within a transaction", add)):
                found = in_turn([partial(act, desk) for desk in sized], 150)
                cells = " | ".join(f"{each:.2f} ms" for each in found)
                yield f"| {what}, {name} | {cells} | {found[-1] / found[0]:.1f} × |"
            for desk in sized:
                desk.close()
            shutil.rmtree(folder, ignore_errors=True)


def probes(world: World, count: int, start: datetime) -> None:
    """A hundred due at each second."""
    rows = [
        {"key": f"probe:{uuid4()}", "kind": "probe", "subject": n, "due_at": at, "reached_at": at, "data": {}}
        for n in range(count)
        for at in [start + timedelta(seconds=n // PER_SECOND)]
    ]
    with world.desk.database.writing() as session:
        session.execute(insert(Timer), rows)


def warned(world: World) -> str:
    """Warnings a second: histories folded, people chosen, mails written in French."""
    facts = {"item": "erreurs", "severity": "major", "description": "Erreur 12"}
    for number in range(WARNED):
        world.do("julie", "2026-11-24 10:00", deposit, title=f"OF {number} bloqué", **facts)
    begun, busy, count = time.perf_counter(), time.process_time(), 0
    while (batch := fire_due(world.desk, paris("2026-11-24 11:00"))).looked_at:
        count += batch.count
    assert count >= WARNED
    return rates(count, time.perf_counter() - begun, time.process_time() - busy)


def firing_rows(worlds: dict[str, World]) -> Iterator[str]:
    file, server = worlds["SQLite"], worlds["PostgreSQL"]
    for name, world, workers in (("SQLite", file, 1), ("PostgreSQL", server, 1), ("PostgreSQL", server, 2)):
        probes(world, FIRED, NOW - timedelta(days=1))
        many = "es" if workers > 1 else ""
        yield f"| a row written, {name}, {workers} process{many} | {rates(FIRED, *at_work(world, workers))} |"
    for name, world in worlds.items():
        yield f"| a warning told, {name}, 1 process | {warned(world)} |"


def lateness_rows(worlds: dict[str, World]) -> Iterator[str]:
    with Lateness(worlds["SQLite"], machines=0) as found:
        probes(worlds["SQLite"], PER_SECOND * SECONDS, found.starts_at)
        yield f"| `sla run`, SQLite | {percentiles(embedded(found, PER_SECOND * SECONDS))} |"
    with Lateness(worlds["PostgreSQL"], machines=2) as found:
        probes(worlds["PostgreSQL"], PER_SECOND * SECONDS, found.starts_at)
        yield f"| two `sla jobs`, PostgreSQL | {percentiles(found.collected(PER_SECOND * SECONDS))} |"


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with desks() as worlds:
        rows = list(firing_rows(worlds))
        late = list(lateness_rows(worlds))
    flat = list(flat_rows())
    beside = apscheduler_rows(PER_SECOND, SECONDS)
    print("| pending timers | 1,000 | 100,000 | 1,000,000 | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    print(*flat, *beside.flat, sep="\n")
    print("\n| effects | a second | a second of processor time |\n| --- | ---: | ---: |")
    print(*rows, *beside.firing, *helpdesk_rows(), sep="\n")
    print(f"\n| late, {PER_SECOND} timers a second | median | p99 | longest |\n| --- | ---: | ---: | ---: |")
    print(*late, *beside.late, sep="\n")


if __name__ == "__main__":
    main()
