"""Timers in numbers: an idle look and an addition among up to a million, firing, lateness; and beside them
APScheduler's own persistent store and django-helpdesk's escalation, in one run.

Run with `python -m bench.jobs`. SQLite with `synchronous=FULL` for all three, PostgreSQL with `fsync` on.
"""

import logging
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
from bench.jobs_workers import Lateness, at_work, effect, embedded, percentiles
from sla.desk.actor import SYSTEM
from sla.desk.deposit import deposit
from sla.desk.office import Desk, Tx
from sla.desk.timers import TimerKind, schedule
from sla.jobs import effects
from sla.jobs.fire import fire_due
from sla.store.tables import Timer
from tests.faults.probes import quieten
from tests.postgres import databases
from tests.worlds import World, furnish, new_desk, paris

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FAR = NOW + timedelta(days=365)
SIZES = (1_000, 100_000, 1_000_000)
FIRED, WARNED = 6_000, 200
PER_SECOND, SECONDS = 100, 15
DURABLE = "max_connections = 50\nshared_buffers = 128MB\n"


@contextmanager
def desks() -> Iterator[dict[str, World]]:
    """A furnished desk with nothing due, on each database."""
    effects.EFFECTS["probe"] = effect  # type: ignore[index]
    with tempfile.TemporaryDirectory() as folder, databases(uuid4().hex, DURABLE) as server:
        on_file = new_desk(Path(folder) / "file")
        on_server = new_desk(Path(folder) / "server", database_url=server.create())
        found = {"SQLite": quieten(furnish(on_file)), "PostgreSQL": quieten(furnish(on_server))}
        yield found
        for world in found.values():
            world.desk.close()


def fill(desk: Desk, first: int, last: int) -> None:
    """Timers that are due in a year."""
    numbers = (
        f"SELECT generate_series({first}, {last - 1}) AS n"
        if desk.database.shared
        else f"WITH RECURSIVE all_of(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM all_of WHERE n < {last - 1}) "
        "SELECT n FROM all_of"
    )
    columns = "key, kind, subject, generation, data, due_at, reached_at, state, attempts"
    values = "'bench:' || n, 'low_balance', n, 0, '{}', :due, :due, 'pending', 0"
    due = FAR if desk.database.shared else FAR.strftime("%Y-%m-%d %H:%M:%S.%f")
    with desk.database.writing() as session:
        session.execute(text(f"INSERT INTO timers ({columns}) SELECT {values} FROM ({numbers}) AS of"), {"due": due})
    with desk.database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE timers")


def milliseconds(call: Callable[[], object], rounds: int) -> float:
    """The median."""
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent) * 1000


def look(desk: Desk) -> None:
    assert fire_due(desk, NOW).looked_at == 0


def add(desk: Desk) -> None:
    """A verb's own share: its transaction, one timer written, the commit on the disk."""
    with desk.database.writing() as session:
        schedule(Tx(desk, session, SYSTEM, NOW), TimerKind.LOW_BALANCE, 1, FAR, due_at=FAR, mark=uuid4().hex)


def flat_rows(worlds: dict[str, World]) -> Iterator[str]:
    for name, world in worlds.items():
        looks, adds, filled = list[float](), list[float](), 0
        for size in SIZES:
            fill(world.desk, filled, size)
            filled = size
            looks.append(milliseconds(partial(look, world.desk), 200))
            adds.append(milliseconds(partial(add, world.desk), 100))
        for what, found in (("an idle look", looks), ("a timer added, committed", adds)):
            cells = " | ".join(f"{each:.2f} ms" for each in found)
            yield f"| {what}, {name} | {cells} | {found[-1] / found[0]:.1f} × |"


def probes(world: World, count: int, start: datetime) -> None:
    """A hundred due at each second."""
    rows = [
        {"key": f"probe:{uuid4()}", "kind": "probe", "subject": n, "due_at": at, "reached_at": at, "data": {}}
        for n in range(count)
        for at in [start + timedelta(seconds=n // PER_SECOND)]
    ]
    with world.desk.database.writing() as session:
        session.execute(insert(Timer), rows)


def warned(world: World) -> float:
    """Warnings a second: histories folded, people chosen, mails written in French."""
    facts = {"item": "erreurs", "severity": "major", "description": "Erreur 12"}
    for number in range(WARNED):
        world.do("julie", "2026-11-24 10:00", deposit, title=f"OF {number} bloqué", **facts)
    begun, count = time.perf_counter(), 0
    while (batch := fire_due(world.desk, paris("2026-11-24 11:00"))).looked_at:
        count += batch.count
    assert count >= WARNED
    return count / (time.perf_counter() - begun)


def firing_rows(worlds: dict[str, World]) -> Iterator[str]:
    file, server = worlds["SQLite"], worlds["PostgreSQL"]
    for name, world, workers in (("SQLite", file, 1), ("PostgreSQL", server, 1), ("PostgreSQL", server, 2)):
        probes(world, FIRED, NOW - timedelta(days=1))
        rate = FIRED / at_work(world, workers)
        yield f"| a row written, {name}, {workers} process{'es' if workers > 1 else ''} | {rate:,.0f} |"
    for name, world in worlds.items():
        yield f"| a warning told, {name}, 1 process | {warned(world):,.0f} |"


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
        flat = list(flat_rows(worlds))
    beside = apscheduler_rows(PER_SECOND, SECONDS)
    print("| pending timers | 1,000 | 100,000 | 1,000,000 | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    print(*flat, *beside.flat, sep="\n")
    print("\n| effects a second | |\n| --- | ---: |")
    print(*rows, *beside.firing, *helpdesk_rows(), sep="\n")
    print(f"\n| late, {PER_SECOND} timers a second | median | p99 | longest |\n| --- | ---: | ---: | ---: |")
    print(*late, *beside.late, sep="\n")


if __name__ == "__main__":
    main()
