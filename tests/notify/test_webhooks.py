"""Webhooks to a real HTTP server: signed as the specification's own library has it, none lost, repeated as the same."""

import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from standardwebhooks import Webhook, WebhookVerificationError

from sla import wallclock
from sla.desk.answer import answer
from sla.desk.deposit import deposit
from sla.desk.endpoints import add_endpoint, ping_endpoint, resume_endpoint, rotate_endpoint, stop_endpoint
from sla.notify.delivery import Delivered
from sla.notify.endpoint_health import PATIENCE
from sla.notify.leases import LEASE
from sla.notify.webhook_secret import OVERLAP
from sla.notify.webhooks import PRIVATE
from sla.store.tables import Endpoint, Message
from tests.desk.kept import events
from tests.notify.letters import deliver, deliver_all, empty_outbox
from tests.notify.receivers import Receiver, reaching, receiver
from tests.worlds import World

FAULT = {"item": "erreurs", "severity": "major", "title": "Stock négatif", "description": "Le stock passe à -3."}
ONLY = {"channels": ["webhook"]}


@pytest.fixture
def now() -> datetime:
    """The library refuses what was signed more than five minutes ago: these tests run on real time."""
    return wallclock.now()


@pytest.fixture
def target() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def told(world: World) -> World:
    empty_outbox(world)
    return reaching(world)


def added(world: World, target: Receiver, now: datetime, *events: str) -> str:
    """Its secret; its number is 1."""
    return str(world.do("marc", now, add_endpoint, url=target.url, events=events).secret)


def stored(world: World) -> list[Message]:
    query = select(Message).where(Message.channel == "webhook").order_by(Message.id)
    with world.desk.database.reading() as session:
        return list(session.scalars(query))


def endpoint(world: World) -> Endpoint:
    with world.desk.database.reading() as session:
        return session.scalars(select(Endpoint)).one()


def test_what_happens_is_told_as_it_happens_signed_and_thin(told: World, target: Receiver, now: datetime) -> None:
    secret = added(told, target, now)
    number = told.do("julie", now, deposit, **FAULT).id
    told.do("clara", now, answer, number, text="Un secret du client")
    deliver_all(told.desk, now, **ONLY)
    heard = target.verified(secret)
    history = events(told, number)
    assert [each["type"] for each in heard] == [event.kind for event in history]
    url = told.desk.settings.environment.url
    assert heard[-1] == {
        "type": "answered",
        "timestamp": now.isoformat().replace("+00:00", "Z"),
        "data": {
            "ticket": number,
            "seq": len(history),
            "public": True,
            "links": {"page": f"{url}/tickets/{number}", "ticket": f"{url}/api/tickets/{number}"},
        },
    }
    assert len({each.id for each in target.received}) == len(history)
    assert not [each for each in target.received if b"secret" in each.body or b"Stock" in each.body]


def test_only_the_events_asked_for_are_sent(told: World, target: Receiver, now: datetime) -> None:
    secret = added(told, target, now, "answered", "resolved")
    number = told.do("julie", now, deposit, **FAULT).id
    told.do("clara", now, answer, number, text="Je regarde.")
    deliver_all(told.desk, now, **ONLY)
    assert [each["type"] for each in target.verified(secret)] == ["answered"]


def test_what_was_changed_on_the_way_is_refused_by_the_receiver(told: World, target: Receiver, now: datetime) -> None:
    secret = added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    deliver_all(told.desk, now, **ONLY)
    [got] = target.received
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(got.body.replace(b"ping", b"pong"), got.headers)


@pytest.mark.parametrize(
    ("ill", "error"),
    [
        (500, "HTTP 500 : no luck"),
        (503, "HTTP 503 : no luck"),
        (429, "HTTP 429 : no luck"),
        (400, "HTTP 400 : no luck"),
        (404, "HTTP 404 : no luck"),
        (301, "HTTP 301 : renvoie ailleurs, ce qui n’est pas suivi"),
        ("hang", "aucune réponse en 0.3 s"),
        ("cut", "la liaison a été coupée avant la réponse"),
    ],
)
def test_a_receiver_that_fails_is_told_later_under_the_same_id(
    told: World, target: Receiver, now: datetime, ill: Any, error: str
) -> None:
    secret = added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    target.answer, target.says, target.sends = ill, b"no luck", {"Location": "http://127.0.0.1:1/"}
    assert deliver(told.desk, now, timeout=0.3 if ill == "hang" else 60, **ONLY) == Delivered(deferred=1)
    [row] = stored(told)
    assert (row.state, row.attempts, row.error) == ("pending", 1, error)
    assert endpoint(told).failing_since == now
    target.answer = 200
    assert deliver_all(told.desk, now + timedelta(minutes=2), **ONLY) == 1
    assert target.verified(secret)[0] == target.verified(secret)[-1]
    assert len({each.id for each in target.received}) == 1
    assert endpoint(told).failing_since is None


def test_one_that_does_not_answer_is_asked_once_a_batch_and_the_others_are_served(
    told: World, target: Receiver, now: datetime
) -> None:
    with receiver(500) as ill:
        added(told, ill, now)
        added(told, target, now)
        told.do("julie", now, deposit, **FAULT)
        assert deliver(told.desk, now, **ONLY) == Delivered(sent=3, deferred=3)
        assert (len(ill.received), len(target.received)) == (1, 3)
    waiting = [row for row in stored(told) if row.state == "pending"]
    assert [row.attempts for row in waiting] == [1, 0, 0]


def test_a_pause_that_is_asked_for_is_granted(told: World, target: Receiver, now: datetime) -> None:
    added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    target.answer, target.sends = 429, {"Retry-After": "7200"}
    deliver(told.desk, now, **ONLY)
    assert stored(told)[0].next_at == now + timedelta(hours=2)


def test_a_port_where_nobody_listens_is_said(told: World, target: Receiver, now: datetime) -> None:
    told.do("marc", now, add_endpoint, url="http://127.0.0.1:9/x")
    told.do("marc", now, ping_endpoint, 1)
    assert deliver(told.desk, now, **ONLY) == Delivered(deferred=1)
    assert stored(told)[0].error == "connexion refusée : rien n’écoute à cette adresse"


def test_a_name_server_that_says_nothing_holds_up_no_longer_than_a_receiver_that_does(
    told: World, target: Receiver, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    silent, asked = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> list[Any]:
        asked.set()
        silent.wait(20)
        return []

    monkeypatch.setattr("sla.notify.webhooks.socket.getaddrinfo", slow)
    assert deliver(told.desk, now, timeout=0.2, **ONLY).deferred == 1
    assert asked.is_set()
    assert [thread.name for thread in threading.enumerate() if thread.name == "look-up"] == ["look-up"]  # still at it
    silent.set()
    assert [row.error for row in stored(told)] == ["aucune réponse en 0.2 s"]


def test_killed_before_it_was_marked_it_comes_again_as_the_same(told: World, target: Receiver, now: datetime) -> None:
    """As after a kill between the answer and its mark: the lease runs out, and the receiver can tell."""
    added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    deliver_all(told.desk, now, **ONLY)
    with told.desk.database.writing() as session:
        session.execute(update(Message).values(state="pending", leased_until=now + LEASE, next_at=now + LEASE))
    assert deliver_all(told.desk, now + LEASE - timedelta(seconds=1), **ONLY) == 0
    assert deliver_all(told.desk, now + LEASE, **ONLY) == 1
    first, second = target.received
    assert (first.id, first.body) == (second.id, second.body)


def test_two_at_work_send_each_message_once(each_world: World, target: Receiver, now: datetime) -> None:
    empty_outbox(each_world)
    world = reaching(each_world)
    added(world, target, now)
    for _ in range(6):
        world.do("julie", now, deposit, **FAULT)
    threads = [
        threading.Thread(target=deliver_all, args=(world.desk, now), kwargs={"limit": 2, **ONLY}) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [each.id for each in target.received]
    assert len(ids) == len(set(ids)) == 18


def test_a_mail_does_not_wait_for_a_webhook(told: World, target: Receiver, now: datetime) -> None:
    target.answer = "hang"
    added(told, target, now)
    told.do("julie", now, deposit, **FAULT)
    assert deliver(told.desk, now, channels=["mail"]).sent >= 1  # another, where the contract is over by now
    assert not target.received


def test_after_days_of_failing_it_is_disabled_the_managers_are_told_and_nothing_is_lost(
    told: World, target: Receiver, now: datetime
) -> None:
    secret = added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    target.answer = 500
    at = now
    while endpoint(told).state == "active" and at < now + 2 * PATIENCE:
        deliver(told.desk, at, **ONLY)
        at += timedelta(hours=10)
    assert endpoint(told).state == "disabled"
    assert now + PATIENCE <= at <= now + PATIENCE + timedelta(hours=20)
    with told.desk.database.reading() as session:
        mail = session.scalars(select(Message).where(Message.kind == "endpoint_disabled")).one()
    assert mail.recipient == "marc@support.example.test"
    assert "HTTP 500" in mail.body
    target.answer = 200
    assert deliver_all(told.desk, at + timedelta(days=1), **ONLY) == 0
    told.do("marc", at, resume_endpoint, 1)
    assert deliver_all(told.desk, at + timedelta(days=1), **ONLY) == 1
    [row] = stored(told)
    assert (row.state, Webhook(secret).verify(target.received[0].body, target.received[0].headers)["type"]) == (
        "sent",
        "ping",
    )


def test_one_that_wants_nothing_more_is_disabled_at_once(told: World, target: Receiver, now: datetime) -> None:
    added(told, target, now)
    told.do("julie", now, deposit, **FAULT)
    target.answer = 410
    deliver(told.desk, now, limit=1, **ONLY)
    assert endpoint(told).state == "disabled"
    assert [row.state for row in stored(told)] == ["failed", "pending", "pending"]
    told.do("julie", now, deposit, **FAULT)
    assert len(stored(told)) == 3  # nothing more is written for it


def test_stopped_between_its_claim_and_its_turn_it_is_not_sent_to(told: World, target: Receiver, now: datetime) -> None:
    added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    told.do("marc", now, stop_endpoint, 1)
    assert deliver(told.desk, now, **ONLY) == Delivered()
    assert not target.received


def test_for_a_day_after_a_rotation_both_secrets_hold_then_the_new_one_alone(
    told: World, target: Receiver, now: datetime
) -> None:
    old = added(told, target, now)
    new = str(told.do("marc", now - OVERLAP + timedelta(minutes=1), rotate_endpoint, 1).secret)
    told.do("marc", now, ping_endpoint, 1)
    deliver_all(told.desk, now, **ONLY)
    assert target.verified(old) == target.verified(new)
    with told.desk.database.writing() as session:
        session.execute(update(Endpoint).values(rotated_at=now - OVERLAP))
    told.do("marc", now + timedelta(seconds=1), ping_endpoint, 1)
    deliver_all(told.desk, now + timedelta(seconds=1), **ONLY)
    target.received = target.received[1:]
    assert len(target.verified(new)) == 1
    with pytest.raises(WebhookVerificationError):
        target.verified(old)


def test_nothing_secret_is_stored(told: World, target: Receiver, now: datetime) -> None:
    secret = added(told, target, now)
    kept = endpoint(told)
    assert secret.removeprefix("whsec_") not in repr({c.name: getattr(kept, c.name) for c in Endpoint.__table__.c})


def test_a_service_whose_key_has_changed_says_so_and_sends_no_false_signature(
    told: World, target: Receiver, now: datetime
) -> None:
    added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    elsewhere = reaching(told, secret_key="another machine's")
    assert deliver(elsewhere.desk, now, **ONLY) == Delivered(deferred=1)
    assert not target.received
    assert "renouvelez le secret" in str(stored(told)[0].error)
    elsewhere.do("marc", now, rotate_endpoint, 1)
    assert deliver(elsewhere.desk, now + timedelta(minutes=2), **ONLY) == Delivered(sent=1)


def test_a_private_address_is_not_called_even_under_a_public_name(
    told: World, target: Receiver, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was saved as allowed and now leads beside this machine: its addresses are judged at each call."""
    added(told, target, now)
    told.do("marc", now, ping_endpoint, 1)
    strict = reaching(told, webhook_networks="")
    with told.desk.database.writing() as session:
        session.execute(update(Endpoint).values(url=f"https://hooks.exemple.test:{target.port}/"))
    beside = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", target.port))]
    monkeypatch.setattr("sla.notify.webhooks.socket.getaddrinfo", lambda *_, **__: beside)
    assert deliver(strict.desk, now, **ONLY) == Delivered(deferred=1)
    assert stored(told)[0].error == f"127.0.0.1 : {PRIVATE}"
    assert not target.received
