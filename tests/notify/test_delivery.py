"""What is in the outbox leaves once, by a real SMTP conversation or into a folder; what fails waits, or is parked."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from sla.desk.office import Desk
from sla.notify import delivery
from sla.notify.delivery import LEASE, Delivered, deliver_due, next_delivery
from sla.notify.mail import BadRecipient, mail
from sla.settings import Environment
from sla.store.tables import Message
from tests.worlds import World

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Mailbox:
    """An SMTP server's judgement: takes every mail, or answers what the test tells it to."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data.startswith("250"):
            parsed = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
            assert isinstance(parsed, EmailMessage)
            self.taken.append(parsed)
        return self.data


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def by_smtp(world: World, port: int) -> Desk:
    environment = Environment(
        sla_var=world.desk.settings.environment.sla_var, smtp_host="127.0.0.1", smtp_port=port, mail_from="s@desk.test"
    )
    return Desk(replace(world.desk.settings, environment=environment), world.desk.database)


def put(world: World, *recipients: str, subject: str = "Sujet", body: str = "Été\n", at: datetime = NOW) -> None:
    """Only these are in the outbox."""
    with world.desk.database.writing() as session:
        session.execute(update(Message).values(state="sent"))
        for number, recipient in enumerate(recipients):
            message = Message(key=f"test:{number}", recipient=recipient, subject=subject, body=body)
            message.created_at = message.next_at = at
            session.add(message)


def rows(world: World) -> list[Message]:
    query = select(Message).where(Message.key.startswith("test:")).order_by(Message.id)
    with world.desk.database.reading() as session:
        return list(session.scalars(query))


def deliver(desk: Desk, now: datetime = NOW, **options: Any) -> Delivered:
    return deliver_due(desk.database, desk.settings, now, **options)


def test_without_a_server_each_mail_becomes_a_file_named_by_date_and_number(world: World, tmp_path: Path) -> None:
    put(world, "a@exemple.test", subject="Forfait épuisé")
    assert deliver(world.desk) == Delivered(sent=1)
    [row] = rows(world)
    [path] = (tmp_path / "mail").iterdir()
    assert path.name == f"20261124T090000Z-{row.id:06}.eml"
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert (found["To"], found["Subject"]) == ("a@exemple.test", "Forfait épuisé")
    assert found.get_content() == "Été\r\n"
    assert (row.state, row.sent_at, row.attempts) == ("sent", NOW, 1)


def test_what_has_left_can_no_longer_be_read_in_the_outbox(world: World) -> None:
    """It may hold a sign-in link; what waits or was refused keeps its text, to be sent again."""
    put(world, "a@exemple.test", "pas une adresse", body="https://portail.exemple.test/sign-in/abc\n")
    assert deliver(world.desk) == Delivered(sent=1, refused=1)
    assert [(row.state, bool(row.body)) for row in rows(world)] == [("sent", False), ("failed", True)]


def test_a_mail_is_not_sent_before_its_time_nor_twice(world: World) -> None:
    put(world, "a@exemple.test")
    assert next_delivery(world.desk.database) == NOW
    assert deliver(world.desk, NOW - timedelta(seconds=1)) == Delivered()
    assert deliver(world.desk) == Delivered(sent=1)
    assert deliver(world.desk) == Delivered()
    assert next_delivery(world.desk.database) is None


def test_by_smtp_a_mail_says_who_it_is_from_and_that_a_machine_wrote_it(
    world: World, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    put(world, "a@exemple.test", "b@exemple.test", body="Très longue ligne. " * 200)
    assert deliver(by_smtp(world, port)) == Delivered(sent=2)
    first, second = box.taken
    assert first["From"] == "Support Cegid PMI <s@desk.test>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["List-Id"] == "<support.desk.test>"
    assert first["Date"].datetime == NOW
    assert first["Message-ID"] != second["Message-ID"]
    assert first.get_content().strip() == ("Très longue ligne. " * 200).strip()
    assert max(map(len, first.as_bytes().splitlines())) <= 998


def test_sent_again_a_mail_bears_the_same_message_id(world: World, mailbox: tuple[Mailbox, int]) -> None:
    """As after a crash between sending and keeping it."""
    box, port = mailbox
    put(world, "a@exemple.test")
    deliver(by_smtp(world, port))
    with world.desk.database.writing() as session:
        session.execute(update(Message).where(Message.key == "test:0").values(state="pending"))
    deliver(by_smtp(world, port), NOW + LEASE)
    assert box.taken[0]["Message-ID"] == box.taken[1]["Message-ID"]


def test_a_permanent_refusal_is_parked_with_the_servers_words_and_stops_nobody_else(
    world: World, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    box.answers["gone@exemple.test"] = "550 5.1.1 unknown mailbox"
    put(world, "gone@exemple.test", "b@exemple.test")
    assert deliver(by_smtp(world, port)) == Delivered(sent=1, refused=1)
    gone, kept = rows(world)
    assert (gone.state, gone.error) == ("failed", "Undeliverable: 550 5.1.1 unknown mailbox")
    assert (kept.state, kept.error) == ("sent", None)
    assert deliver(by_smtp(world, port), NOW + timedelta(days=9)) == Delivered()


def test_a_temporary_refusal_is_tried_again_after_growing_delays(world: World, mailbox: tuple[Mailbox, int]) -> None:
    box, port = mailbox
    box.answers["busy@exemple.test"] = "451 4.7.1 greylisted"
    put(world, "busy@exemple.test")
    at = NOW
    for minutes in (1, 5, 15, 60, 240, 240):
        assert deliver(by_smtp(world, port), at) == Delivered(deferred=1)
        [row] = rows(world)
        assert row.next_at == at + timedelta(minutes=minutes)
        at = row.next_at
    box.answers.clear()
    assert deliver(by_smtp(world, port), at) == Delivered(sent=1)
    assert rows(world)[0].attempts == 7


def test_a_mail_deferred_for_five_days_is_parked(
    world: World, mailbox: tuple[Mailbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, port = mailbox
    monkeypatch.setattr(delivery, "TRIES", 2)
    box.data = "452 4.2.2 mailbox full"
    put(world, "a@exemple.test")
    deliver(by_smtp(world, port))
    assert deliver(by_smtp(world, port), NOW + timedelta(minutes=1)) == Delivered(refused=1)
    assert rows(world)[0].error == "Deferred: 452 4.2.2 mailbox full"


def test_a_mail_refused_after_its_data_is_judged_alike(world: World, mailbox: tuple[Mailbox, int]) -> None:
    box, port = mailbox
    box.data = "554 5.7.1 spam"
    put(world, "a@exemple.test", "b@exemple.test")
    assert deliver(by_smtp(world, port)) == Delivered(refused=2)


def test_with_no_server_there_only_one_mail_is_tried_and_none_is_lost(world: World) -> None:
    put(world, "a@exemple.test", "b@exemple.test", "c@exemple.test")
    assert deliver(by_smtp(world, free_port())) == Delivered(deferred=3)
    assert [(row.state, row.attempts) for row in rows(world)] == [("pending", 1), ("pending", 0), ("pending", 0)]
    assert {row.next_at for row in rows(world)} == {NOW + timedelta(minutes=1)}


@contextmanager
def silent_server() -> Iterator[int]:
    """Accepts connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_a_server_that_hangs_is_left_after_its_time_and_nothing_is_lost(world: World) -> None:
    put(world, "a@exemple.test", "b@exemple.test")
    with silent_server() as port:
        assert deliver(by_smtp(world, port), timeout=0.2) == Delivered(deferred=2)
    first, second = rows(world)
    assert first.error is not None
    assert first.error.startswith("Unreachable: ")
    assert second.attempts == 0


def test_while_one_process_holds_the_lease_another_sends_nothing(world: World, mailbox: tuple[Mailbox, int]) -> None:
    _, port = mailbox
    put(world, "a@exemple.test")
    delivery._claim(world.desk.database, NOW, 50)
    assert deliver(by_smtp(world, port), NOW + LEASE - timedelta(seconds=1)) == Delivered()
    assert deliver(by_smtp(world, port), NOW + LEASE) == Delivered(sent=1)


def test_a_process_that_slept_past_its_lease_changes_nothing(world: World) -> None:
    put(world, "a@exemple.test")
    [claimed] = delivery._claim(world.desk.database, NOW, 50)
    assert deliver(world.desk, NOW + LEASE) == Delivered(sent=1)
    delivery._keep(world.desk.database, claimed, NOW, "failed", RuntimeError("too late"))
    assert rows(world)[0].state == "sent"


def test_no_text_can_add_a_header(world: World, tmp_path: Path) -> None:
    put(world, "a@exemple.test", subject="Bonjour\r\nBcc: victime@exemple.test\n\nCorps")
    deliver(world.desk)
    [path] = (tmp_path / "mail").iterdir()
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert found["Bcc"] is None
    assert found["Subject"] == "Bonjour Bcc: victime@exemple.test Corps"


@pytest.mark.parametrize(
    "recipient", ["a@b.test\r\nBcc: c@d.test", "a@b.test, c@d.test", "Nom <a@b.test>", "personne", "", "a b@c.test"]
)
def test_what_is_not_one_address_is_parked(world: World, recipient: str) -> None:
    put(world, recipient, "b@exemple.test")
    assert deliver(world.desk) == Delivered(sent=1, refused=1)
    with pytest.raises(BadRecipient):
        mail(rows(world)[0], "s@desk.test")
