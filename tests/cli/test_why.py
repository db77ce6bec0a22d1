"""`sla why`: the counted stretches of a ticket's clocks, on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from freezegun import freeze_time

from sla.cli import main
from sla.desk.wait import wait_for_client
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


def test_one_clock_alone_and_a_ticket_that_is_not_there(at: int) -> None:
    told = why(str(at), "first_response").output
    assert "Résolution" not in told
    assert why("999").exit_code == 1
