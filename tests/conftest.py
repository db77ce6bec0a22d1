"""What every test runs under: a desk of its own, on which database, and how many examples generated tests try."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sla.desk.office import Desk
from sla.settings import Environment
from sla.store import database as store
from tests.postgres import Databases, databases
from tests.worlds import BUSY_MS, NewWorld, World, furnish, new_desk, share_compiled_statements

# No deadline: it would time the machine, not the code. On CI the same examples come every time.
settings.register_profile(
    "everyday",
    max_examples=100,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("everyday"), max_examples=5000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))

store.BUSY_MS = BUSY_MS
store.SYNCHRONOUS = "OFF"  # nobody cuts the power of a test, and each commit would wait for the disk
gc.set_threshold(20_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what `world` is kept in")


OWN_DATABASE = {"each_world", "pg_world", "sqlite_world"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--database postgresql`, those that say themselves what they run on are left out: they ran on it already."""
    if config.getoption("--database") == "sqlite":
        return
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        (kept if "world" in names and not names & OWN_DATABASE else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """A furnished desk of this test's own: see `tests.worlds.World`."""
    return _kept_in(request, request.config.getoption("--database"))


@pytest.fixture(params=["sqlite", "postgresql"])
def each_world(request: pytest.FixtureRequest) -> World:
    """The same on either database, one after the other."""
    return _kept_in(request, request.param)


def _kept_in(request: pytest.FixtureRequest, database: str) -> World:
    found: World = request.getfixturevalue("pg_world" if database == "postgresql" else "sqlite_world")
    return found


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A furnished desk, made once a process; tests work on copies of its file, which is whole once it is closed."""
    world = furnish(new_desk(tmp_path_factory.mktemp("furnished")))
    world.desk.close()
    return world


@pytest.fixture
def sqlite_world(furnished: World, tmp_path: Path) -> Iterator[World]:
    """On SQLite, whatever the run is told."""
    yield from _on_sqlite(furnished, tmp_path)


@pytest.fixture(scope="session")
def on_sqlite(furnished: World, tmp_path_factory: pytest.TempPathFactory) -> NewWorld:
    """Furnished desks on SQLite, for what several tests read."""
    return contextmanager(lambda: _on_sqlite(furnished, tmp_path_factory.mktemp("world")))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewWorld:
    """Furnished desks on either database, as many as a test lives through, each closed when it is left."""
    if request.param == "sqlite":
        found: NewWorld = request.getfixturevalue("on_sqlite")
        return found
    databases, furnished = request.getfixturevalue("postgresql"), request.getfixturevalue("pg_furnished")
    return contextmanager(lambda: _on_postgresql(databases, furnished, tmp_path_factory.mktemp("world")))


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str) -> Iterator[Databases]:
    """The databases of this test run's PostgreSQL."""
    with databases(testrun_uid) as found:
        yield found


@pytest.fixture(scope="session")
def pg_furnished(postgresql: Databases, tmp_path_factory: pytest.TempPathFactory) -> World:
    """As `furnished`; nobody stays connected to it, so that it can be a template."""
    world = furnish(new_desk(tmp_path_factory.mktemp("furnished"), database_url=postgresql.create()))
    world.desk.close()
    return world


@pytest.fixture
def pg_world(postgresql: Databases, pg_furnished: World, tmp_path: Path) -> Iterator[World]:
    """On a real PostgreSQL, whatever the run is told."""
    yield from _on_postgresql(postgresql, pg_furnished, tmp_path)


def _on_sqlite(furnished: World, folder: Path) -> Iterator[World]:
    shutil.copyfile(furnished.desk.settings.environment.sla_var / "sla.sqlite3", folder / "sla.sqlite3")
    yield from _copy(furnished, Environment(sla_var=folder))


def _on_postgresql(postgresql: Databases, furnished: World, folder: Path) -> Iterator[World]:
    with postgresql.one(furnished.desk.settings.environment.database) as url:
        yield from _copy(furnished, Environment(sla_var=folder, database_url=url))


def _copy(furnished: World, environment: Environment) -> Iterator[World]:
    desk = Desk.open(replace(furnished.desk.settings, environment=environment))
    share_compiled_statements(desk.database.engine, furnished.desk.database.engine.dialect)
    yield World(desk, furnished.people, furnished.companies, furnished.forfait)
    desk.close()
