"""`sla import`: a log taken over from a shell, told in figures, its rows that were left out in a file beside it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sla.cli import main
from sla.settings import Environment

EXAMPLE = str(Environment().sla_config / "import.example.toml")
LOG = """ticket,at,activity,technician
1,2026-05-04 09:00,Open,
1,2026-05-04 09:20,Dance,R4
"""
WHY = "l’activité n’est pas dans le fichier de correspondance"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SLA_VAR", str(tmp_path / "var"))


def taken_over(log: Path) -> Result:
    return CliRunner().invoke(main, ["import", str(log), "--mapping", EXAMPLE], catch_exceptions=False)


def test_each_row_is_counted_or_named_in_the_report(tmp_path: Path) -> None:
    log = tmp_path / "journal.csv"
    log.write_text(LOG)
    done = taken_over(log)
    assert done.exit_code == 0
    assert "2 lignes, 1 ticket\u00a0: 1 importée, 0 déjà importée, 1 écartée" in done.output
    report = (tmp_path / "journal.rapport.csv").read_text("utf-8-sig").splitlines()
    assert report[1:] == [f"3,1,2026-05-04 09:20,Dance,R4,unknown_activity,{WHY}"]
