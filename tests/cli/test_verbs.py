"""The command line does what its verb does, and says a refusal as a sentence."""

import pytest
from click.testing import CliRunner, Result

from sla.cli import main
from sla.desk.actor import SYSTEM
from sla.desk.keys import check_password
from tests.worlds import World

AT = "2026-06-01 10:00"


def run(world: World, monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> Result:
    monkeypatch.setenv("SLA_VAR", str(world.desk.settings.environment.sla_var))
    return CliRunner().invoke(main, words, input=typed)


def test_a_password_typed_twice_opens_the_portal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "quatre mots bien choisis"
    said = run(world, monkeypatch, "set-password", str(world.julie.id), typed=f"{secret}\n{secret}\n")
    assert (said.exit_code, secret in said.output) == (0, False)
    assert world.see(SYSTEM, AT, check_password, email="julie@acme.example.test", password=secret) == world.julie


def test_a_refusal_is_a_sentence_and_a_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(world, monkeypatch, "set-password", str(world.julie.id), typed="court\ncourt\n")
    assert said.exit_code == 1
    assert "Le mot de passe compte 5 caractères\u00a0: il en faut de 12 à 200." in said.output


def test_roles_are_typed_as_readme_says_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(world, monkeypatch, "add-person", "Hélène Vasseur", "helene@exemple.fr", "--role", "manager")
    assert (done.exit_code, "Hélène Vasseur (manager)" in done.output) == (0, True)
