"""Demonstrations seeded once a session and only read by the tests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, text

from sla.demo import seed
from sla.desk.office import Desk
from tests.worlds import new_desk, paris

INSTANTS = {
    "tuesday_morning": ("2026-11-24 10:20", 21),
    "night": ("2026-11-25 02:40", 4),
    "sunday": ("2026-11-22 15:00", 4),
    "national_day": ("2026-07-14 11:00", 4),
    "new_year": ("2027-01-01 03:00", 4),
}
"""The full three weeks once; a few days for what only the hour changes."""


def stored(at: datetime) -> str:
    """An instant as SQLite keeps it."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


@dataclass
class Demo:
    """A seeded desk at its instant; `rows` asks its database; `progress` is what was told while it was seeded."""

    desk: Desk
    at: datetime
    connection: Connection
    progress: list[tuple[int, int]] = field(default_factory=list)

    def rows(self, query: str, **values: Any) -> list[Any]:
        return list(self.connection.execute(text(query), {"at": stored(self.at), **values}))

    def one(self, query: str, **values: Any) -> Any:
        return self.rows(query, **values)[0][0]


def seeded(name: str, factory: pytest.TempPathFactory) -> Iterator[Demo]:
    text_at, days = INSTANTS[name]
    desk, told = new_desk(factory.mktemp(name)), list[tuple[int, int]]()
    at = paris(text_at)
    seed(desk, at, lambda done, total: told.append((done, total)), days=days)
    with desk.database.engine.connect() as connection:
        yield Demo(desk, at, connection, told)
    desk.close()


@pytest.fixture(scope="session")
def tuesday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    yield from seeded("tuesday_morning", tmp_path_factory)


@pytest.fixture(scope="session", params=[name for name in INSTANTS if name != "tuesday_morning"])
def closed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    yield from seeded(request.param, tmp_path_factory)
