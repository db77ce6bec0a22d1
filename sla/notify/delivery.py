"""`deliver_due`: what is in the outbox leaves, by SMTP or into a folder, each message by one process at a time.

A batch is claimed in a short transaction that moves `next_at` ahead by a lease; then it is sent, then each outcome is
kept. A process that dies in between loses nothing: the lease runs out, and the mail leaves again, same Message-ID.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import structlog
from sqlalchemy import literal, select, update
from sqlalchemy.orm import Session

from sla import wallclock
from sla.notify.carrier import Carrier, Undeliverable, Unreachable
from sla.notify.folder import Folder
from sla.notify.mail import BadRecipient, mail
from sla.notify.smtp import TIMEOUT_S, Smtp
from sla.settings import Settings
from sla.store.database import Database
from sla.store.tables import Message

log = structlog.get_logger(__name__)

PENDING = Message.state == literal("pending", literal_execute=True)  # as an index's condition: see jobs.fire
LEASE = timedelta(minutes=10)
DELAYS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240))
"""Between one try and the next; the last one holds from then on."""
TRIES = 34
"""Then it is parked as failed: five days (RFC 5321, 4.5.4.1)."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One batch: messages that left, that wait for another try, that were refused for good."""

    sent: int = 0
    deferred: int = 0
    refused: int = 0

    @property
    def looked_at(self) -> int:
        return self.sent + self.deferred + self.refused


def deliver_due(
    database: Database, settings: Settings, now: datetime | None = None, limit: int = 50, timeout: float = TIMEOUT_S
) -> Delivered:
    """Send at most `limit` messages due at `now`, the longest due first. Call again while it `looked_at` some."""
    at = now or wallclock.now()
    earliest = next_delivery(database)
    if earliest is None or earliest > at:
        return Delivered()
    batch = _claim(database, at, limit)
    outcomes = _send(database, settings, batch, at, timeout)
    log.info("mail delivered", **outcomes)
    return Delivered(outcomes["sent"], outcomes["pending"], outcomes["failed"])


def next_delivery(database: Database) -> datetime | None:
    """When the next message is to leave; None if none waits."""
    with database.reading() as session:
        return session.scalar(select(Message.next_at).where(PENDING).order_by(Message.next_at).limit(1))


def _claim(database: Database, at: datetime, limit: int) -> list[Message]:
    due = select(Message).where(PENDING, Message.next_at <= at).order_by(Message.next_at, Message.id).limit(limit)
    with database.writing() as session:
        batch = list(session.scalars(due.with_for_update(skip_locked=True)))
        for message in batch:
            message.next_at, message.attempts = at + LEASE, message.attempts + 1
    return batch


def _send(database: Database, settings: Settings, batch: list[Message], at: datetime, timeout: float) -> Counter[str]:
    """Outcomes by state. Once nothing can be sent, or half the lease is over, the rest is given back untried."""
    outcomes: Counter[str] = Counter()
    deadline = monotonic() + LEASE.total_seconds() / 2
    try:
        with carrier(settings, timeout) as way:
            for position, message in enumerate(batch):
                if monotonic() > deadline:
                    outcomes["pending"] += _give_back(database, batch[position:], at, at)
                    break
                state, error = _carry(way, message, settings)
                _keep(database, message, at, state, error)
                outcomes[state] += 1
                if isinstance(error, Unreachable):
                    outcomes["pending"] += _give_back(database, batch[position + 1 :], at, at + DELAYS[0])
                    break
    except Unreachable as error:
        log.warning("mail can't leave", error=str(error)[:200])
        outcomes["pending"] += _give_back(database, batch, at, at + DELAYS[0])
    return outcomes


def carrier(settings: Settings, timeout: float = TIMEOUT_S) -> Carrier:
    """A mail server where one is configured, else the folder `mail` beside the database."""
    environment = settings.environment
    return Smtp(environment, timeout) if environment.smtp_host else Folder(environment.sla_var / "mail")


def _carry(way: Carrier, message: Message, settings: Settings) -> tuple[str, Exception | None]:
    """The state that follows, and why it isn't `sent`."""
    try:
        letter = mail(message, settings.environment.mail_from)
        way.carry(letter, f"{message.created_at:%Y%m%dT%H%M%SZ}-{message.id:06}")
    except (Undeliverable, BadRecipient) as error:
        return "failed", error
    except Exception as error:  # Deferred; or a mistake of ours, which must not hold up the others
        return ("failed" if message.attempts >= TRIES else "pending"), error
    return "sent", None


def _keep(database: Database, message: Message, at: datetime, state: str, error: Exception | None) -> None:
    def outcome(row: Message) -> None:
        row.state = state
        row.error = f"{type(error).__name__}: {error}"[:500] if error is not None else None
        if state == "sent":
            row.sent_at, row.body = at, ""  # it may hold a sign-in link
        else:
            row.next_at = at + DELAYS[min(row.attempts, len(DELAYS)) - 1]

    if error is not None:
        log.warning("mail not sent", message=message.id, attempts=message.attempts, state=state, error=str(error)[:200])
    with database.writing() as session:
        _if_still_ours(session, message, outcome)


def _give_back(database: Database, batch: list[Message], at: datetime, next_at: datetime) -> int:
    """Untried, so it doesn't count as a try."""
    ours = [message.id for message in batch]
    back = update(Message).where(Message.id.in_(ours), PENDING, Message.next_at == at + LEASE)
    with database.writing() as session:
        session.execute(back.values(next_at=next_at, attempts=Message.attempts - 1))
    return len(batch)


def _if_still_ours(session: Session, claimed: Message, change: Callable[[Message], None]) -> None:
    """The lease is the fence: a process that slept past it finds another's, and leaves the row alone."""
    query = select(Message).where(Message.id == claimed.id, PENDING, Message.next_at == claimed.next_at)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is not None:
        change(row)
