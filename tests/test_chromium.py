"""Where the browser tests find their browser, and what happens without one."""

import os
import re
import subprocess
import sys
from pathlib import Path

from scripts import chromium

ROOT = Path(__file__).resolve().parent.parent


def test_the_named_chromium_comes_before_the_usual_names() -> None:
    assert chromium.find({"CHROMIUM": sys.executable}) == sys.executable


def test_a_wrongly_named_chromium_is_not_replaced_by_another() -> None:
    assert chromium.find({"CHROMIUM": "/nowhere/chromium"}) is None


TWICE = """
import os, sys, pytest
for os.environ["CI"] in ("", "true"):
    print(int(pytest.main(["-q", "-p", "no:cacheprovider", "-p", "pytest_playwright.pytest_playwright", sys.argv[1]])))
"""


def test_without_a_browser_its_tests_are_skipped_on_a_laptop_and_fail_on_ci(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests/browser/conftest.py").read_text())
    (tmp_path / "test_page.py").write_text("def test_page(page):\n    page.goto('about:blank')\n")
    alone = {"CHROMIUM": "/nowhere/chromium", "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-c", TWICE, str(tmp_path)]
    run = subprocess.run(command, cwd=tmp_path, env={**os.environ, **alone}, capture_output=True, text=True, check=True)
    on_a_laptop, on_ci = re.fullmatch(r"(.*?)^0$(.*)^1\n", run.stdout, re.S | re.M).groups()  # type: ignore[union-attr]
    assert "1 skipped" in on_a_laptop
    assert "1 error" in on_ci
    assert chromium.CURE in on_ci
