"""A desk's pages, and who visits them, at the instant that a module calls `NOW`."""

from collections.abc import Iterator

import pytest
from flask import Flask
from freezegun import freeze_time

from tests.web.visitor import Visitor, site
from tests.worlds import World, paris


@pytest.fixture(scope="module")
def clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """It stands still at the module's `NOW`, in Paris."""
    with freeze_time(paris(request.module.NOW), tz_offset=0):
        yield


@pytest.fixture
def app(world: World) -> Flask:
    return site(world.desk)


@pytest.fixture
def marc(world: World, app: Flask) -> Visitor:
    return Visitor(app, world, "marc")


@pytest.fixture
def diane(world: World, app: Flask) -> Visitor:
    return Visitor(app, world, "diane")


@pytest.fixture
def julie(world: World, app: Flask) -> Visitor:
    return Visitor(app, world, "julie")
