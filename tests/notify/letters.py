"""Mail servers that tests speak to, what they took, and the outbox as it stands."""

import email
import email.policy
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from typing import Any

from sqlalchemy import delete, select, update

from sla.desk.office import Desk
from sla.notify.delivery import Delivered, deliver_due
from sla.store.tables import Message
from tests.worlds import World

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SENDER = "s@desk.test"


def with_environment(world: World, **changed: Any) -> Desk:
    """The same desk and database on another machine, so to speak."""
    environment = world.desk.settings.environment.model_copy(update=changed)
    return Desk(replace(world.desk.settings, environment=environment), world.desk.database)


def by_smtp(world: World, port: int) -> Desk:
    return with_environment(world, smtp_host="127.0.0.1", smtp_port=port, mail_from=SENDER)


_CALLS = count()


def free_port() -> int:
    """Where nobody listens, nor will unless the test does: below the ports that the system gives out, to a server of
    another test or to the near end of a connection; each process begins elsewhere."""
    while True:
        port = 10_000 + (os.getpid() * 100 + next(_CALLS)) % 20_000
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


def empty_outbox(world: World) -> None:
    with world.desk.database.writing() as session:
        session.execute(update(Message).values(state="sent", sent_at=NOW))


def put(world: World, *recipients: str, subject: str = "Sujet", body: str = "Été\n", at: datetime = NOW) -> None:
    """Only these are in the outbox, under the keys `test:0`, `test:1`, …"""
    empty_outbox(world)
    with world.desk.database.writing() as session:
        session.execute(delete(Message).where(Message.key.startswith("test:")))
        for number, recipient in enumerate(recipients):
            message = Message(key=f"test:{number}", recipient=recipient, subject=subject, body=body)
            message.created_at = message.next_at = at
            session.add(message)


def rows(world: World, key: str = "test:") -> list[Message]:
    query = select(Message).where(Message.key.startswith(key)).order_by(Message.id)
    with world.desk.database.reading() as session:
        return list(session.scalars(query))


def deliver(desk: Desk, now: datetime = NOW, **options: Any) -> Delivered:
    return deliver_due(desk.database, desk.settings, now, **options)


def deliver_all(desk: Desk, now: datetime = NOW, **options: Any) -> int:
    """Batch after batch until nothing is due; how many were sent."""
    sent = 0
    while (batch := deliver(desk, now, **options)).looked_at:
        sent += batch.sent
    return sent


def parsed(content: bytes) -> EmailMessage:
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


@dataclass
class RawServer:
    """A mail server on a bare socket. `ill` is its conduct: an empty one is well; `at DATA 451 …` answers so at that
    command; `hang at RCPT` says nothing more from there on; `cut after DATA` takes the mail and hangs up without a
    word. `taken` are the mails that it has whole, `asked` counts connections, `hung` those left without a word. One
    whose sender died before its last line is dropped (RFC 5321, 4.1.1.4: only the end of the data makes it a mail)."""

    port: int
    ill: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    asked: int = 0
    hung: int = 0
    on_taken: Callable[[], None] = lambda: None

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.asked += 1
            threading.Thread(target=self._speak, args=(connection,), daemon=True).start()

    def _speak(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError):
            if not self._answer(connection, "CONNECT", "220 desk.test ready"):
                return
            for line in lines:
                verb = line.split(None, 1)[0].decode("ascii", "replace").upper().partition(":")[0]
                well = {"EHLO": "250 desk.test", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 OK")
                if not self._answer(connection, verb, well) or verb == "QUIT":
                    return
                if verb == "DATA" and not self.ill.startswith("at DATA"):
                    self._take(connection, lines)

    def _take(self, connection: socket.socket, lines: Any) -> None:
        content = []
        for line in lines:
            if line == b".\r\n":
                break
            content.append(line)
        else:
            return
        self.taken.append(parsed(b"".join(content)))
        self.on_taken()
        if self.ill == "cut after DATA":
            connection.shutdown(socket.SHUT_RDWR)
        elif self.ill.startswith("after DATA"):
            connection.sendall(self.ill.removeprefix("after DATA ").encode() + b"\r\n")
        elif self.ill == "hang after DATA":
            self.hung += 1
            lines.read()
        else:
            connection.sendall(b"250 taken\r\n")

    def _answer(self, connection: socket.socket, verb: str, well: str) -> bool:
        if self.ill == f"hang at {verb}":
            self.hung += 1
            connection.recv(1)
            return False
        ill = self.ill.removeprefix(f"at {verb} ") if self.ill.startswith(f"at {verb} ") else ""
        connection.sendall((ill or well).encode() + b"\r\n")
        return True


@contextmanager
def raw_server(ill: str = "") -> Iterator[RawServer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = RawServer(int(listener.getsockname()[1]), ill)
        threading.Thread(target=server.serve, args=(listener,), daemon=True).start()
        yield server
