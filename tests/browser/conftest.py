"""The browser of these tests: the system's Chromium, driven by Playwright."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from scripts import chromium
from sla import wallclock
from tests.browser.site import PATIENCE_MS, Clock, Site, Watch, served
from tests.worlds import World

expect.set_options(timeout=PATIENCE_MS)

# Chromium refuses its sandbox to root; the rest keeps it from speaking to anything but the test's own server.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser. Without one: skipped on a laptop, failed where CI is set."""
    program = chromium.find()
    if program is None:
        (pytest.fail if chromium.needed() else pytest.skip)(chromium.CURE)
    return {"executable_path": program, "args": SWITCHES, "timeout": PATIENCE_MS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A French reader's browser, elsewhere than the desk: the zone shown must be the desk's, not the browser's.

    Without motion: a colour half-way to another would be judged as it is.
    """
    here = {"locale": "fr-FR", "timezone_id": "America/Montreal", "reduced_motion": "reduce"}
    return {**here, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def site(
    world: World, browser: Browser, new_context: Callable[..., BrowserContext], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """A furnished desk, served; it is 10:20 on Tuesday 24 November 2026, and stays so. See `Site`."""
    clock = Clock("2026-11-24 10:20")
    monkeypatch.setattr(wallclock, "now", clock.now)
    with served(world) as address:
        watch = Watch(address.removeprefix("http://"))
        yield Site(world, clock, address, new_context, watch)
        for context in browser.contexts:
            context.close()
    assert not watch.seen
