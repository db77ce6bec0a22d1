"""Webhooks and what failed, from a shell."""

import pytest
from sqlalchemy import update

from sla.store.tables import Message
from tests.cli.test_verbs import run
from tests.worlds import World


def test_an_endpoint_is_added_its_secret_renewed_and_events_replayed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run(world, monkeypatch, "add-endpoint", "https://exemple.fr/h", "--event", "resolved")
    assert made.exit_code == 0
    assert "Destinataire 1 : exemple.fr" in made.output
    assert "Secret : whsec_" in made.output
    renewed = run(world, monkeypatch, "rotate-endpoint", "1")
    assert renewed.output.startswith("Secret : whsec_")
    again = run(world, monkeypatch, "replay-since", "1", "2026-01-05T09:00")
    assert "0\u00a0événement va être rejoué" in again.output


def test_an_address_that_will_not_do_is_a_sentence_and_a_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(world, monkeypatch, "add-endpoint", "http://exemple.fr/h")
    assert said.exit_code == 1
    assert "il faut une adresse en https" in said.output


def test_what_failed_is_tried_again_one_or_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.desk.database.writing() as session:
        count = session.execute(update(Message).values(state="failed")).rowcount  # type: ignore[attr-defined]
    assert run(world, monkeypatch, "retry", "messages", "1").output == "Repris : 1\n"
    assert run(world, monkeypatch, "retry", "messages").output.startswith(f"{count - 1}\u00a0")
    assert run(world, monkeypatch, "retry", "timers", "99999").exit_code == 1
