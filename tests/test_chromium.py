"""Where the browser tests find their browser, and what happens without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import chromium

ROOT = Path(__file__).resolve().parent.parent


def test_the_named_chromium_comes_before_the_usual_names() -> None:
    assert chromium.find({"CHROMIUM": sys.executable}) == sys.executable


def test_a_wrongly_named_chromium_is_not_replaced_by_another() -> None:
    assert chromium.find({"CHROMIUM": "/nowhere/chromium"}) is None


@pytest.mark.parametrize(("ci", "exit_code", "word"), [("", 0, "1 skipped"), ("true", 1, "1 error")])
def test_without_a_browser_its_tests_are_skipped_on_a_laptop_and_fail_on_ci(
    tmp_path: Path, ci: str, exit_code: int, word: str
) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests/browser/conftest.py").read_text())
    (tmp_path / "test_page.py").write_text("def test_page(page):\n    page.goto('about:blank')\n")
    environ = {**os.environ, "CHROMIUM": "/nowhere/chromium", "CI": ci, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    run = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert run.returncode == exit_code, run.stdout
    assert word in run.stdout
    assert chromium.CURE in run.stdout or not ci
