"""The browser of these tests: the system's Chromium, driven by Playwright."""

from typing import Any

import pytest

from scripts import chromium

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
    return {"executable_path": program, "args": SWITCHES}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A French reader's browser, elsewhere than the desk: the zone shown must be the desk's, not the browser's."""
    return {"locale": "fr-FR", "timezone_id": "America/Montreal", "viewport": {"width": 1280, "height": 900}}
