"""What is in the outbox leaves once, by a real SMTP conversation or into a folder; what fails waits, or is parked."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from freezegun import freeze_time
from sqlalchemy import select, update

from sla.desk.actor import SYSTEM
from sla.desk.keys import send_link
from sla.notify import delivery, leases
from sla.notify.backoff import pause
from sla.notify.delivery import Delivered, deliver_due, next_delivery
from sla.notify.leases import LEASE
from sla.notify.mail import BadRecipient, mail
from sla.store.tables import Message
from tests.notify.letters import NOW, by_smtp, deliver, free_port, parsed, put, raw_server, rows
from tests.worlds import World, paris


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
            self.taken.append(parsed(envelope.original_content))
        return self.data


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=120)
    controller.start()
    yield box, port
    controller.stop()


def test_without_a_server_each_mail_becomes_a_file_named_by_date_and_number(world: World, tmp_path: Path) -> None:
    put(world, "a@exemple.test", subject="Forfait épuisé")
    assert deliver(world.desk) == Delivered(sent=1)
    [row] = rows(world)
    [path] = (tmp_path / "mail").iterdir()
    assert path.name == f"20261124T090000Z-{row.id:06}.eml"
    found = parsed(path.read_bytes())
    assert (found["To"], found["Subject"]) == ("a@exemple.test", "Forfait épuisé")
    assert found.get_content() == "Été\r\n"
    assert (row.state, row.sent_at, row.attempts) == ("sent", NOW, 1)


def test_what_was_sent_is_kept_and_a_secret_is_emptied_once_sent_or_refused(world: World) -> None:
    """The first is what people were told; a sign-in link is nobody's to read afterwards."""
    put(world, "a@exemple.test", "b@exemple.test", "pas une adresse")
    with world.desk.database.writing() as session:
        secret = update(Message).where(Message.recipient != "a@exemple.test")
        session.execute(secret.values(secret_until=NOW + timedelta(minutes=20)))
    assert deliver(world.desk) == Delivered(sent=2, refused=1)
    assert [(row.state, row.body) for row in rows(world)] == [("sent", "Été\n"), ("sent", ""), ("failed", "")]


def test_a_secret_that_is_of_no_more_use_is_not_sent(world: World, tmp_path: Path) -> None:
    """A link that was worth twenty minutes, after an outage of an hour: parked, emptied, and said."""
    put(world, "a@exemple.test")
    with world.desk.database.writing() as session:
        session.execute(update(Message).where(Message.key == "test:0").values(secret_until=NOW))
    assert deliver(world.desk) == Delivered(refused=1)
    [row] = rows(world)
    assert (row.state, row.body) == ("failed", "")
    assert row.error == "trop tard : le lien que porte ce message ne vaut plus rien"
    assert not list((tmp_path / "mail").iterdir())


def test_only_sign_in_links_are_secret(world: World) -> None:
    world.do(SYSTEM, "2026-11-24 10:00", send_link, email="julie@acme.example.test")
    with world.desk.database.reading() as session:
        secret = session.scalars(select(Message).where(Message.secret_until.is_not(None))).all()
    assert [(row.kind, row.secret_until) for row in secret] == [("sign_in_link", paris("2026-11-24 10:20"))]


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
    assert (gone.state, gone.error) == ("failed", "550 5.1.1 unknown mailbox")
    assert (kept.state, kept.error) == ("sent", None)
    assert deliver(by_smtp(world, port), NOW + timedelta(days=9)) == Delivered()


def test_a_temporary_refusal_is_tried_again_after_growing_delays(world: World, mailbox: tuple[Mailbox, int]) -> None:
    box, port = mailbox
    box.answers["busy@exemple.test"] = "451 4.7.1 greylisted"
    put(world, "busy@exemple.test")
    at = NOW
    for tries in (1, 2, 3, 4, 5, 6):
        assert deliver(by_smtp(world, port), at) == Delivered(deferred=1)
        [row] = rows(world)
        assert row.next_at == at + pause(tries, "test:0")
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
    assert deliver(by_smtp(world, port), NOW + timedelta(minutes=2)) == Delivered(refused=1)
    assert rows(world)[0].error == "452 4.2.2 mailbox full"


def test_a_mail_refused_after_its_data_is_judged_alike(world: World, mailbox: tuple[Mailbox, int]) -> None:
    box, port = mailbox
    box.data = "554 5.7.1 spam"
    put(world, "a@exemple.test", "b@exemple.test")
    assert deliver(by_smtp(world, port)) == Delivered(refused=2)


def test_with_no_server_there_nothing_is_tried_nothing_lost_and_the_reason_shown(world: World) -> None:
    """However long it lasts: a server that is away is no mail's fault, and counts against none."""
    put(world, "a@exemple.test", "b@exemple.test", "c@exemple.test")
    desk, at = by_smtp(world, free_port()), NOW
    for _ in range(50):
        assert deliver(desk, at).sent == 0
        at += timedelta(minutes=2)
    for row in rows(world):
        assert (row.state, row.attempts, row.leased_until) == ("pending", 0, None)
        assert row.error == "connexion refusée : rien n’écoute à cette adresse"


@contextmanager
def silent_server() -> Iterator[int]:
    """Accepts connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


HUNG = "aucune réponse dans le temps voulu"


def test_a_server_that_hangs_is_left_after_its_time_and_nothing_is_lost(world: World) -> None:
    put(world, "a@exemple.test", "b@exemple.test")
    with silent_server() as port:
        assert deliver(by_smtp(world, port), timeout=0.2) == Delivered(deferred=2)
    for row in rows(world):
        assert (row.state, row.attempts, row.error) == ("pending", 0, HUNG)


def held(world: World, at: datetime = NOW) -> Message:
    """The one message, in the hands of a process that then does nothing."""
    with world.desk.database.writing() as session:
        [message] = leases.claim(session, at, ["mail"], 50)
    return message


def test_while_one_process_holds_the_lease_another_sends_nothing(world: World, mailbox: tuple[Mailbox, int]) -> None:
    _, port = mailbox
    put(world, "a@exemple.test")
    held(world)
    assert deliver(by_smtp(world, port), NOW + LEASE - timedelta(seconds=1)) == Delivered()
    assert deliver(by_smtp(world, port), NOW + LEASE) == Delivered(sent=1)


def test_a_process_that_slept_past_its_lease_changes_nothing(world: World) -> None:
    """Not even while the other is still at it: the row bears the other's number."""
    put(world, "a@exemple.test")
    first = held(world)
    second = held(world, NOW + LEASE)
    assert (first.token, second.token) == (1, 2)

    def mark(row: Message) -> None:
        row.state = "failed"

    with world.desk.database.writing() as session:
        assert not leases.settle(session, first, mark)
    leases.give_back(world.desk.database, [first], NOW + LEASE, None)
    assert (rows(world)[0].state, rows(world)[0].leased_until) == ("pending", NOW + 2 * LEASE)
    with world.desk.database.writing() as session:
        assert leases.settle(session, second, mark)
    assert rows(world)[0].state == "failed"


def test_no_text_can_add_a_header(world: World, tmp_path: Path) -> None:
    put(world, "a@exemple.test", subject="Bonjour\r\nBcc: victime@exemple.test\n\nCorps")
    deliver(world.desk)
    [path] = (tmp_path / "mail").iterdir()
    found = parsed(path.read_bytes())
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


def test_once_the_service_stops_the_mail_in_hand_is_the_last_and_the_others_are_given_back_untried(
    world: World,
) -> None:
    put(world, *(f"n{number}@exemple.test" for number in range(5)))
    with raw_server() as server:
        desk = by_smtp(world, server.port)
        stopped = Event()
        server.on_taken = lambda: stopped.set() if len(server.taken) == 2 else None
        assert deliver(desk, stopping=stopped.is_set) == Delivered(sent=2, deferred=3)
        assert deliver(desk, stopping=stopped.is_set) == Delivered()
        assert [(row.state, row.attempts, row.next_at, row.leased_until) for row in rows(world)[2:]] == [
            ("pending", 0, NOW, None)
        ] * 3
        assert deliver(desk) == Delivered(sent=3)
    assert len({letter["To"] for letter in server.taken}) == len(server.taken) == 5


def test_each_try_counts_from_its_own_instant_not_from_when_its_batch_began(world: World) -> None:
    """The server takes forty seconds for each, then puts it off."""
    put(world, "a@exemple.test", "b@exemple.test")
    with freeze_time(NOW) as clock, raw_server("after DATA 451 later") as server:
        server.on_taken = partial(clock.tick, 40)  # type: ignore[assignment]  # what it returns is nobody's
        desk = by_smtp(world, server.port)
        assert deliver_due(desk.database, desk.settings).deferred == 2
        for row, seconds in zip(rows(world), (40, 80), strict=True):
            assert row.next_at == NOW + timedelta(seconds=seconds) + pause(1, row.key)
        server.ill = ""
        clock.move_to(NOW + timedelta(minutes=5))
        assert deliver_due(desk.database, desk.settings).sent == 2
    late = NOW + timedelta(minutes=5)
    assert [row.sent_at for row in rows(world)] == [late + timedelta(seconds=seconds) for seconds in (40, 80)]
