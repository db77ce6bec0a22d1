"""What others do with what is due, for `bench.jobs`: APScheduler's persistent store, django-helpdesk's escalation."""

import logging
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, create_engine, event, text

from bench.jobs_workers import percentiles, rates, to_the_microsecond

PENDING = (1_000, 10_000)
FIRED = 1_000
ENGINE: list[Engine] = []
LATE: list[float] = []


@dataclass
class Beside:
    """Rows of Markdown for each of the tables."""

    flat: list[str] = field(default_factory=list)
    firing: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


def durable(url: str) -> Engine:
    """SQLite as the desk sets it."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def row(due_at: datetime) -> None:
    """A job's effect: one row, committed."""
    with ENGINE[0].begin() as connection:
        connection.execute(text("INSERT INTO effects (key) VALUES (:key)"), {"key": uuid4().hex})
    LATE.append((to_the_microsecond() - due_at).total_seconds())


def apscheduler_rows(per_second: int, seconds: int) -> Beside:
    found = Beside()
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        ENGINE[:] = [durable(f"sqlite:///{Path(folder) / 'jobs.sqlite3'}")]
        with ENGINE[0].begin() as connection:
            connection.execute(text("CREATE TABLE effects (id INTEGER PRIMARY KEY, key TEXT UNIQUE)"))
        found.flat += _flat(ENGINE[0])
        found.firing.append(f"| APScheduler's SQLAlchemyJobStore, SQLite, a row written | {_firing(ENGINE[0])} |")
        _lateness(ENGINE[0], per_second, seconds)
        found.late.append(f"| APScheduler's SQLAlchemyJobStore, SQLite | {percentiles(LATE)} |")
        ENGINE[0].dispose()
    return found


def _scheduler(engine: Engine) -> BackgroundScheduler:
    store = SQLAlchemyJobStore(engine=engine, tablename=f"jobs_{uuid4().hex}")
    return BackgroundScheduler(jobstores={"default": store}, timezone="UTC")


def _add(scheduler: BackgroundScheduler, at: datetime) -> None:
    scheduler.add_job(row, "date", run_date=at, args=(at,), misfire_grace_time=None)


def _median_ms(call: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent) * 1000


def _flat(engine: Engine) -> list[str]:
    scheduler = _scheduler(engine)
    scheduler.start(paused=True)
    store, now = scheduler._jobstores["default"], to_the_microsecond()
    looks, adds, filled = list[float](), list[float](), 0
    for size in PENDING:
        for number in range(filled, size):
            _add(scheduler, now + timedelta(days=365, seconds=number))
        filled = size
        looks.append(_median_ms(lambda: store.get_due_jobs(now), 50))
        adds.append(_median_ms(lambda: _add(scheduler, now + timedelta(days=365)), 50))
    scheduler.shutdown()
    named = (("an idle look", looks), ("a job added, in its own transaction", adds))
    cells = [f"{each[0]:.2f} ms | {each[1]:.2f} ms (10,000) | – | {each[1] / each[0]:.1f} ×" for _, each in named]
    return [f"| {what}, APScheduler's store | {cell} |" for (what, _), cell in zip(named, cells, strict=True)]


def _firing(engine: Engine) -> str:
    scheduler, now = _scheduler(engine), to_the_microsecond()
    scheduler.start(paused=True)
    for number in range(FIRED):
        _add(scheduler, now - timedelta(seconds=number))
    LATE.clear()
    begun, busy = time.perf_counter(), time.process_time()
    scheduler.resume()
    while len(LATE) < FIRED:
        time.sleep(0.01)
    spent = rates(FIRED, time.perf_counter() - begun, time.process_time() - busy)
    scheduler.shutdown()
    return spent


def _lateness(engine: Engine, per_second: int, seconds: int) -> None:
    scheduler, count = _scheduler(engine), per_second * seconds
    scheduler.start(paused=True)
    start = to_the_microsecond() + timedelta(seconds=3 + count / 300)  # once all are added
    for number in range(count):
        _add(scheduler, start + timedelta(seconds=number // per_second))
    LATE.clear()
    scheduler.resume()
    limit = time.monotonic() + 240
    while len(LATE) < count and time.monotonic() < limit:
        time.sleep(0.1)
    scheduler.shutdown(wait=False)


def helpdesk_rows() -> list[str]:
    """In a process of its own: Django is set up once in each."""
    run = subprocess.run([sys.executable, "-m", "bench.jobs_helpdesk"], capture_output=True, text=True, check=True)
    return run.stdout.strip().splitlines()
