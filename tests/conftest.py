"""What every test runs under: a desk of its own, and how many examples generated tests try."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sla.desk.office import Desk
from sla.settings import Environment
from tests.worlds import World, furnish, new_desk

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


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A furnished desk, made once a process; tests work on copies of it."""
    return furnish(new_desk(tmp_path_factory.mktemp("furnished")))


@pytest.fixture
def world(furnished: World, tmp_path: Path) -> Iterator[World]:
    """A furnished desk of this test's own: see `tests.worlds.World`."""
    folder = furnished.desk.settings.environment.sla_var
    with (
        closing(sqlite3.connect(folder / "sla.sqlite3")) as source,
        closing(sqlite3.connect(tmp_path / "sla.sqlite3")) as copy,
    ):
        source.backup(copy)
    settings = replace(furnished.desk.settings, environment=Environment(sla_var=tmp_path))
    desk = Desk.open(settings)
    yield World(desk, furnished.people, furnished.companies, furnished.forfait)
    desk.close()
