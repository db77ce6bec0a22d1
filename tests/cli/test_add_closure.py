"""`sla add-closure`: its effect first; saved only when it is asked for."""

from dataclasses import dataclass

import pytest
from click.testing import CliRunner, Result
from freezegun import freeze_time

from sla.cli import calendar, main
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"


@dataclass
class Shell:
    world: World

    def run(self, *words: str) -> Result:
        with freeze_time(paris(NOW), tz_offset=0):
            return CliRunner().invoke(main, ["add-closure", *words])


@pytest.fixture
def shell(world: World, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(calendar, "open_desk", lambda **how: world.desk)
    facts = {"item": "erreurs", "severity": "major", "title": "Écart", "description": "Un écart."}
    number = world.do("bruno", "2026-11-24 09:00", deposit, **facts).id
    at = {"starts_at": "2026-11-25T10:00", "technician": world.yann.id}
    world.do("diane", "2026-11-24 10:00", call_back, number, **at)
    return Shell(world)


def test_the_effect_is_told_and_nothing_saved(shell: Shell) -> None:
    told = shell.run("2026-11-25", "2026-11-25", "Déménagement", "Les bureaux changent")
    assert told.exit_code == 0
    assert "1 échéance déplacée, 1 rendez-vous rompu, −7 h 00 d’ouverture." in told.output.replace("\u00a0", " ")
    assert "Résolution : mer. 25, 17 h 00 → jeu. 26, 17 h 00" in told.output.replace("\u00a0", " ")
    assert "Rien n’est enregistré" in told.output
    assert shell.world.desk.hours.is_open(paris("2026-11-25 10:00"))


def test_it_is_saved_with_its_broken_promises_moved(shell: Shell) -> None:
    asked = ("2026-11-25T09:00", "2026-11-25T12:00", "Déménagement", "Les bureaux changent", "--yes")
    refused = shell.run(*asked)
    assert refused.exit_code == 1
    assert "dites que faire des rendez-vous" in refused.output
    saved = shell.run(*asked, "--move")
    assert "Édition 2 du calendrier enregistrée." in saved.output
    assert not shell.world.desk.hours.is_open(paris("2026-11-25 10:00"))
    assert shell.world.desk.hours.is_open(paris("2026-11-25 12:00"))


def test_what_cannot_be_read_is_a_sentence(shell: Shell) -> None:
    told = shell.run("25/11/2026", "2026-11-25", "Déménagement", "Essai")
    assert told.exit_code == 1
    assert "écrivez une date" in told.output
