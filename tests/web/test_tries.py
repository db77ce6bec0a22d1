"""Tries to sign in are counted by the machine's own clock, so nothing is frozen here."""

import pytest
from flask import Flask

from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World


@pytest.fixture
def app(world: World) -> Flask:
    return site(world.desk)


def test_tries_are_counted(world: World, app: Flask) -> None:
    """Twenty passwords a minute from one address."""
    visitor = Visitor(app, world)
    token = visitor.token("/sign-in")
    wrong = {"csrf_token": token, "email": "julie@acme.example.test", "password": ""}
    answers = [visitor.client.post("/sign-in", data=wrong) for _ in range(21)]
    assert [each.status_code for each in answers] == [401] * 20 + [429]
    assert "Attendez une minute, puis recommencez." in text_of(answers[-1])
