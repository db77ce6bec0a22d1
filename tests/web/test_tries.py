"""Tries to sign in are counted, so many a minute."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from freezegun import freeze_time

from sla import wallclock
from sla.desk import keys
from sla.store.tables import Message
from sla.web.access import limiter
from tests.desk.kept import count
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="module", autouse=True)
def one_minute() -> Iterator[None]:
    """However long a machine takes over so many tries. Tomorrow's: what is over is forgotten by the machine's clock."""
    with freeze_time(wallclock.now() + timedelta(days=1)):
        yield


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a try costs is not what is tried here."""
    monkeypatch.setattr(keys, "HASHER", QUICK)
    monkeypatch.setattr(keys, "NO_ONE", QUICK.hash("no account bears this password"))


def test_tries_are_counted(world: World, app: Flask) -> None:
    """Twenty passwords a minute from one address."""
    visitor = Visitor(app, world)
    token = visitor.token("/sign-in")
    wrong = {"csrf_token": token, "email": "julie@acme.example.test", "password": ""}
    answers = [visitor.client.post("/sign-in", data=wrong) for _ in range(21)]
    assert [each.status_code for each in answers] == [401] * 20 + [429]
    assert "Attendez quelques minutes, puis recommencez." in text_of(answers[-1])


def wrong(visitor: Visitor, times: int, came_through: str) -> list[int]:
    """The statuses of so many wrong passwords, through a proxy that says where they came from."""
    typed = {"csrf_token": visitor.token("/sign-in"), "email": "julie@acme.example.test", "password": ""}
    headers = {"X-Forwarded-For": came_through}
    return [visitor.client.post("/sign-in", data=typed, headers=headers).status_code for _ in range(times)]


def test_behind_a_proxy_each_visitor_has_tries_of_its_own(world: World) -> None:
    """What a visitor claims stands before what the proxy saw, and changes nothing."""
    settings = world.desk.settings
    world.desk.settings = replace(settings, environment=settings.environment.model_copy(update={"proxies": 1}))
    visitor = Visitor(site(world.desk), world)
    assert wrong(visitor, 20, "198.51.100.7") == [401] * 20
    assert wrong(visitor, 1, "203.0.113.1, 198.51.100.7") == [429]
    assert wrong(visitor, 1, "203.0.113.1") == [401]


def test_without_a_proxy_what_a_visitor_claims_is_nothing(world: World, app: Flask) -> None:
    visitor = Visitor(app, world)
    assert [*wrong(visitor, 20, "198.51.100.7"), *wrong(visitor, 1, "203.0.113.1")] == [401] * 20 + [429]


def test_nobodys_letter_box_is_filled_with_links(world: World, app: Flask) -> None:
    """Five in twenty minutes, however many there are to ask; an address that nobody has is answered alike."""
    before = count(world, Message)
    for email in ("julie@acme.example.test", "personne@acme.example.test"):
        visitor = Visitor(app, world)
        asked = {"csrf_token": visitor.token("/sign-in"), "email": email}
        answers = [visitor.client.post("/sign-in/link", data=asked).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]
        limiter.reset()
    assert count(world, Message) == before + 5
