"""A manager's pages of webhooks, and the same over the API."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from sla.desk.deposit import deposit
from sla.desk.keys import issue_key
from sla.store.tables import Endpoint, Message
from tests.web.visitor import Visitor, site, text_of
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"
HOOK = "https://facturation.exemple.fr/hooks"
FAULT = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
ALL, ONE = "/manage/endpoints", "/manage/endpoints/1"


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def call(world: World) -> Callable[..., Any]:
    app = site(world.desk)
    token = world.do("marc", NOW, issue_key, world.marc.id, purpose="api", minutes=None)

    def ask(method: str, path: str, **body: Any) -> Any:
        json, headers = body if method == "POST" else None, {"Authorization": f"Bearer {token}"}
        return app.test_client().open(f"/api{path}", method=method, headers=headers, json=json)

    return ask


def webhooks(world: World) -> list[Message]:
    with world.desk.database.reading() as session:
        return list(session.scalars(select(Message).where(Message.channel == "webhook").order_by(Message.id)))


def sent(world: World) -> None:
    with world.desk.database.writing() as session:
        session.execute(update(Message).values(state="sent", sent_at=paris(NOW)))


def test_an_endpoint_is_added_and_its_secret_shown_once(marc: Visitor) -> None:
    made = marc.send(ALL, ALL, url=HOOK, label="Facturation", events="resolved")
    assert made.status_code == 201
    assert SECRET.search(made.text)
    assert made.headers["Cache-Control"] == "no-store"
    assert "n’est gardé nulle part et ne sera plus montré" in text_of(made)
    again = marc.get(ONE)
    assert "Événements Résolu" in text_of(again)
    assert not SECRET.search(again.text)
    assert "Facturation" in text_of(marc.get(ALL))


def test_an_address_that_will_not_do_comes_back_with_its_rule(world: World, marc: Visitor) -> None:
    refused = marc.send(ALL, ALL, url="http://exemple.fr/h", label="Facturation")
    assert refused.status_code == 422
    assert "il faut une adresse en https" in text_of(refused)
    assert 'value="http://exemple.fr/h"' in refused.text
    assert 'value="Facturation"' in refused.text


def test_it_is_tried_stopped_and_taken_up_again(world: World, marc: Visitor) -> None:
    marc.send(ALL, ALL, url=HOOK)
    marc.send(ONE, f"{ONE}/ping_endpoint")
    assert "Un message d’essai part." in text_of(marc.get(ONE))
    marc.send(ONE, f"{ONE}/stop_endpoint")
    assert "Arrêté" in text_of(marc.get(ONE))
    marc.send(ONE, f"{ONE}/stop_endpoint")
    assert "ce destinataire est déjà arrêté" in text_of(marc.get(ONE))
    marc.send(ONE, f"{ONE}/resume_endpoint")
    assert "En service" in text_of(marc.get(ONE))


def test_its_secret_is_renewed_and_shown_once(marc: Visitor) -> None:
    first = SECRET.search(marc.send(ALL, ALL, url=HOOK).text)
    second = SECRET.search(marc.send(ONE, f"{ONE}/rotate_endpoint").text)
    assert first
    assert second
    assert first[0] != second[0]
    assert not SECRET.search(marc.get(ONE).text)


def test_one_message_and_all_since_an_instant_are_replayed(world: World, marc: Visitor) -> None:
    marc.send(ALL, ALL, url=HOOK, events="deposited")
    world.do("julie", "2026-11-24 10:10", deposit, **FAULT)
    sent(world)
    [message] = webhooks(world)
    marc.send(ONE, f"{ONE}/messages/{message.id}/replay")
    assert "Le message va être renvoyé." in text_of(marc.get(ONE))
    assert [row.state for row in webhooks(world)] == ["pending"]
    sent(world)
    marc.send(ONE, f"{ONE}/replay_since", since="2026-11-24T10:00")
    assert "1 événement va être rejoué." in text_of(marc.get(ONE))
    wrong = marc.send(ONE, f"{ONE}/replay_since", since="hier")
    assert wrong.status_code == 422
    assert 'value="hier"' in wrong.text


def test_one_that_was_disabled_says_so_on_each_page(world: World, marc: Visitor) -> None:
    marc.send(ALL, ALL, url=HOOK)
    with world.desk.database.writing() as session:
        session.execute(update(Endpoint).values(state="disabled", stopped_at=paris(NOW)))
    assert "Arrêté aujourd’hui à 10 h 20, après des échecs répétés." in text_of(marc.get(ONE))
    assert "Arrêté, en panne" in text_of(marc.get(ALL))
    assert "1 en panne" in text_of(marc.get("/manage/jobs"))


@pytest.mark.parametrize(
    ("since", "why"),
    [
        ("2026-11-24 10:20", "car il a répondu qu’il n’attend plus rien (410)"),
        ("2026-11-19 10:20", "après des échecs répétés"),
    ],
)
def test_why_one_was_disabled_is_said(world: World, marc: Visitor, since: str, why: str) -> None:
    """At once, or after five days."""
    marc.send(ALL, ALL, url=HOOK)
    with world.desk.database.writing() as session:
        facts = {"state": "disabled", "stopped_at": paris(NOW), "failing_since": paris(since)}
        session.execute(update(Endpoint).values(**facts))
    assert f"Arrêté aujourd’hui à 10 h 20, {why}." in text_of(marc.get(ONE))


def test_the_api_does_all_of_it(world: World, call: Callable[..., Any]) -> None:
    made = call("POST", "/endpoints", url=HOOK, events=["deposited"])
    assert (made.status_code, made.json["label"], made.json["state"]) == (201, "facturation.exemple.fr", "active")
    assert SECRET.fullmatch(made.json["secret"])
    assert "secret" not in call("GET", "/endpoints").json["endpoints"][0]
    assert call("POST", "/endpoints/1/rotate_endpoint").json["secret"] != made.json["secret"]
    assert call("POST", "/endpoints/1/ping_endpoint").json["kind"] == "ping"
    world.do("julie", "2026-11-24 10:10", deposit, **FAULT)
    sent(world)
    last = webhooks(world)[-1]
    again = call("POST", f"/messages/{last.id}/replay").json
    assert (again["state"], again["id"]) == ("pending", last.id)
    assert call("POST", "/endpoints/1/replay_since", since="2026-11-24T10:00:00+01:00").json == {"count": 1}
    assert call("POST", "/endpoints/1/stop_endpoint").json["state"] == "stopped"
    stopped = call("POST", f"/messages/{last.id}/replay")
    assert (stopped.status_code, stopped.json["title"]) == (409, "endpoint_stopped")
    assert call("POST", "/endpoints/1/resume_endpoint").json["state"] == "active"
    wrong = call("POST", "/endpoints", url="https://10.0.0.1/")
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["url"])
