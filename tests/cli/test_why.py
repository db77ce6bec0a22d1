"""`sla why`: the counted stretches of a ticket's clocks, on the command line."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from freezegun import freeze_time

from sla.cli import main
from sla.desk.wait import wait_for_client
from sla.settings import of_this_machine
from tests.desk.kept import in_hand
from tests.worlds import furnish, new_desk, paris


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A ticket in hand that waits for its client since Monday at 10:00."""
    monkeypatch.setenv("SLA_VAR", str(tmp_path))
    desk = new_desk(tmp_path)
    world = furnish(desk)
    number = in_hand(world)
    world.do("clara", "2026-06-01 10:00", wait_for_client, number, text="Quelle version ?")
    desk.close()
    return number


def why(*words: str) -> Result:
    """Asked on Tuesday at 10:00."""
    with freeze_time(paris("2026-06-02 10:00"), tz_offset=0):
        return CliRunner().invoke(main, ["why", *words])


def test_each_clock_tells_what_it_counted_and_why_it_stands(at: int) -> None:
    told = why(str(at)).output.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Résolution (en pause)\n Écoulé : 1 h 00\n" in told
    assert "lun. 1er juin 9 h 00 → 10 h 00" in told
    assert "Attente du client : sa réponse" in told
    assert "1re réponse (tenu, échéance 2026-06-01 11:00)\n Écoulé : 0 h 30\n" in told


def test_what_only_reads_keeps_no_file_that_the_service_was_not_started_with(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked with other files, `why` tells what was promised; a start with them would promise it anew."""
    with freeze_time(paris("2026-06-01 08:00"), tz_offset=0):
        assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    told, kept = why(str(at)).output, versions(tmp_path)
    config = shutil.copytree(of_this_machine().sla_config, tmp_path / "config")
    for name, before, after in (
        ("targets.toml", "[maintenance.major]\n", "[maintenance.major]\nalways = true\n"),
        ("calendar.toml", 'mon = ["09:00-12:30", ', 'mon = ["09:00-09:30", '),
    ):
        text = (config / name).read_text()
        assert before in text
        (config / name).write_text(text.replace(before, after))
    monkeypatch.setenv("SLA_CONFIG", str(config))
    assert why(str(at)).output == told
    with freeze_time(paris("2026-06-02 10:00"), tz_offset=0):
        assert CliRunner().invoke(main, ["verify"]).output.startswith("Tout ce qui est gardé")
        assert versions(tmp_path) == kept == [1, 1]
        assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    assert versions(tmp_path) == [2, 2]


def versions(folder: Path) -> list[int]:
    """How many calendars and targets are kept."""
    with closing(sqlite3.connect(folder / "sla.sqlite3")) as kept:
        tables = "calendar_versions", "targets_versions"
        return [kept.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


def test_one_clock_alone_and_a_ticket_that_is_not_there(at: int) -> None:
    told = why(str(at), "first_response").output
    assert "Résolution" not in told
    assert why("999").exit_code == 1
