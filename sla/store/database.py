"""The engine and its transactions: SQLite by default, PostgreSQL by URL.

On SQLite a writing transaction begins IMMEDIATE, so that two writers queue instead of failing half-way; WAL lets
readers go on; `synchronous=FULL` keeps what was committed across a power cut.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sla.contract.mistakes import ConfigError, Mistake
from sla.store.faults import of_the_machine
from sla.store.turns import wait_at_most

BUSY_MS = 20_000
PATIENCE_MS = 3_000
"""So long does a probe wait for a lock: longer than most who write need, shorter than most who ask have."""
SYNCHRONOUS = "FULL"
"""Of SQLite: what is committed is on the disk."""
NEITHER = "une adresse postgresql://… ou sqlite:///… est attendue"
NO_DRIVER = (
    "PostgreSQL demande l’extra « cluster » : python3 scripts/environment.py cluster, ou pip install 'sla[cluster]'"
)
STOPPED_MS = 60_000
PROVED_S = 5.0
"""For so long a row that was written proves that one can be, whoever asks; any write that fails ends it."""
ALIVE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


class Database:
    """One engine; `writing()` commits when its block ends and rolls back when it raises, `reading()` never writes.
    `shared`: a PostgreSQL, on which several machines may work."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._proved: float | None = None
        self.shared = not url.startswith("sqlite")
        self.engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)

    @contextmanager
    def writing(self, patience_ms: int | None = None) -> Iterator[Session]:
        """`patience_ms`: how long to wait for a lock, where it is not as long as usual."""
        options = {"writes": True, "patience_ms": patience_ms}
        try:
            with self.engine.connect().execution_options(**options) as connection, Session(connection) as session:
                session.expire_on_commit = False
                with session.begin():
                    if patience_ms is not None:
                        wait_at_most(session, patience_ms)
                    yield session
        except DBAPIError as error:
            if of_the_machine(error):
                self._proved = None
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.engine.connect() as connection, Session(connection, autoflush=False) as session:
            yield session

    def answers(self) -> bool:
        """Whether a row can be written and kept now; a PostgreSQL that only follows another can't. Raises what the
        database raises, and where it is locked after `PATIENCE_MS`. However often it is asked, it writes once in a
        few seconds."""
        if self._proved is not None and monotonic() - self._proved < PROVED_S:
            return True
        found = self._writes()
        self._proved = monotonic() if found else None
        return found

    def _writes(self) -> bool:
        with self.writing(PATIENCE_MS) as session:
            if self.shared and session.scalar(text("SHOW transaction_read_only")) != "off":
                return False
            beat = text("UPDATE heartbeats SET beats = beats + 1 WHERE name = 'writable'")
            return session.connection().execute(beat).rowcount == 1

    def close(self) -> None:
        self.engine.dispose()


def _postgresql(url: str) -> Engine:
    """Under whichever of its names a host gives it out. A process that is stopped in a transaction, or cut off, must
    not keep what others wait for."""
    scheme, _, place = url.partition("://")
    if scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise ConfigError([Mistake("environnement", 0, "DATABASE_URL", NEITHER)])
    if find_spec("psycopg") is None:
        raise ConfigError([Mistake("environnement", 0, "DATABASE_URL", NO_DRIVER)])
    engine = create_engine(
        f"postgresql+psycopg://{place}", pool_pre_ping=True, connect_args=ALIVE, hide_parameters=True
    )
    event.listen(engine, "connect", _set_limits)
    return engine


def _set_limits(connection: Any, record: Any) -> None:
    connection.autocommit = True  # else the settings would go with the first rollback
    for setting in (f"lock_timeout = {BUSY_MS}", f"idle_in_transaction_session_timeout = {STOPPED_MS}"):
        connection.execute(f"SET {setting}")
    connection.autocommit = False


def _sqlite(url: str) -> Engine:
    path = url.removeprefix("sqlite:///")
    if path not in ("", ":memory:") and not path.startswith("file:"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)  # what people wrote is not for the log
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in ("journal_mode=WAL", f"synchronous={SYNCHRONOUS}", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    begin, patience_ms = "BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN", options.get("patience_ms")
    if patience_ms is None:
        connection.exec_driver_sql(begin)
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience_ms}")
    try:
        connection.exec_driver_sql(begin)  # the one lock that a writer waits for
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS}")
