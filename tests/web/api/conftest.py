"""The API of a furnished desk, as another program meets it: over HTTP, with a token."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from sqlalchemy import text

from sla.desk.keys import issue_key
from tests.web.visitor import site
from tests.worlds import World, paris

TABLES = (
    *("tickets", "events", "clocks", "estimates", "appointments", "predictions", "interventions", "time_entries"),
    "stints",
    *("forfaits", "ledger", "debts", "companies", "contracts", "people", "keys", "absences", "timers", "outbox"),
)


@dataclass
class Caller:
    """A program with somebody's token; `at` is the time at the desk, « 2026-11-24 14:00 »."""

    app: Flask
    token: str
    clock: FrozenDateTimeFactory

    def ask(self, method: str, path: str, at: str = "2026-11-24 14:00", **sent: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", **sent.pop("headers", {})}
        self.clock.move_to(paris(at))
        return self.app.test_client().open(f"/api{path}", method=method, headers=headers, **sent)

    def by(self, token: str) -> "Caller":
        """The same program with another token."""
        return replace(self, token=token)

    def get(self, path: str, at: str = "2026-11-24 14:00", **sent: Any) -> Any:
        return self.ask("GET", path, at, **sent)

    def post(self, path: str, at: str = "2026-11-24 14:00", /, headers: Any = None, **body: Any) -> Any:
        return self.ask("POST", path, at, json=body, headers=headers or {})


@pytest.fixture(scope="module")
def clock() -> Iterator[FrozenDateTimeFactory]:
    """The wall clock, stopped once a module: stopping it looks through everything that is loaded."""
    with freeze_time(paris("2026-11-24 14:00"), tz_offset=0) as stopped:
        assert isinstance(stopped, FrozenDateTimeFactory)
        yield stopped


def callers(world: World, app: Flask, clock: FrozenDateTimeFactory) -> Callable[[str], Caller]:
    """`callers(…)("julie")` asks with julie's token."""
    known: dict[str, Caller] = {}

    def of(name: str) -> Caller:
        if name not in known:
            person = world.people[name]
            issued = world.do(name, "2026-01-05 10:00", issue_key, person.id, purpose="api", minutes=None)
            known[name] = Caller(app, issued, clock)
        return known[name]

    return of


def counted(world: World) -> dict[str, int]:
    """How many rows each table holds now."""
    with world.desk.database.reading() as session:
        return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in TABLES}


@pytest.fixture
def app(world: World) -> Flask:
    return site(world.desk)


@pytest.fixture
def caller(world: World, app: Flask, clock: FrozenDateTimeFactory) -> Callable[[str], Caller]:
    return callers(world, app, clock)


@pytest.fixture
def rows(world: World) -> Callable[[], dict[str, int]]:
    return lambda: counted(world)
