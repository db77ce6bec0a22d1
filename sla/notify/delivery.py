"""`deliver_due`: what is in the outbox leaves, each message by one process at a time.

A batch is claimed in a short transaction, under a lease; then it is sent, then each outcome is kept. A process that
dies in between loses nothing: the lease runs out, and the message leaves again under the same name.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from sla import wallclock
from sla.notify import leases
from sla.notify.backoff import TRIES, pause
from sla.notify.carrier import Carrier, Deferred, Undeliverable, Unreachable
from sla.notify.carriers import CHANNELS, carrier
from sla.notify.digest import fold
from sla.notify.endpoint_health import failed, worked
from sla.notify.leases import LEASE, give_back, put_off, settle, told
from sla.notify.mail import BadRecipient
from sla.notify.smtp import TIMEOUT_S
from sla.settings import Settings
from sla.store.database import Database
from sla.store.tables import Message

log = structlog.get_logger(__name__)


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
    database: Database,
    settings: Settings,
    now: datetime | None = None,
    limit: int = 50,
    timeout: float = TIMEOUT_S,
    channels: Collection[str] = CHANNELS,
    stopping: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Send at most `limit` messages a channel, the longest due first. Call again while it `looked_at` some.

    `now`: all of it happens at that very instant; without, each thing at its own. Once `stopping()`, the message in
    hand is the last, and the others are given back.
    """
    clock = wallclock.now if now is None else lambda: now
    outcomes: Counter[str] = Counter()
    for channel in channels:
        earliest = next_delivery(database, [channel])
        if earliest is not None and earliest <= clock() and not stopping():
            outcomes += _Round(database, settings, channel, clock, timeout, stopping).run(limit)
    if outcomes:
        log.info("messages delivered", **outcomes)
    return Delivered(outcomes["sent"], outcomes["pending"], outcomes["failed"])


def next_delivery(database: Database, channels: Collection[str] = CHANNELS) -> datetime | None:
    """When the next message is to leave; None if none waits."""
    waiting = select(Message.next_at).where(leases.PENDING, Message.channel.in_(channels), leases.OPEN)
    with database.reading() as session:
        return session.scalar(waiting.order_by(Message.next_at).limit(1))


@dataclass(frozen=True, slots=True)
class _Round:
    """One batch of one channel."""

    database: Database
    settings: Settings
    channel: str
    clock: Callable[[], datetime]
    timeout: float
    stopping: Callable[[], bool]

    def run(self, limit: int) -> Counter[str]:
        """Outcomes by state. Nothing is claimed, nor folded, before it is known that something can leave."""
        try:
            with carrier(self.channel, self.settings, self.database, self.clock, self.timeout) as way:
                return self._send(way, self._claim(limit))
        except Unreachable as error:
            log.warning("nothing can leave", channel=self.channel, error=str(error)[:200])
            return Counter(pending=put_off(self.database, self.clock(), [self.channel], error))

    def _claim(self, limit: int) -> list[Message]:
        at = self.clock()
        with self.database.writing() as session:
            digests = fold(session, self.settings, self.channel, at)
            return digests + leases.claim(session, at, [self.channel], limit)

    def _send(self, way: Carrier, batch: list[Message]) -> Counter[str]:
        """Whoever doesn't answer is asked once a batch; once half the lease is over, or the service stops, the rest is
        given back."""
        outcomes: Counter[str] = Counter()
        silent: dict[Hashable, Unreachable] = {}
        deadline = monotonic() + LEASE.total_seconds() / 2
        for position, message in enumerate(batch):
            if monotonic() > deadline or self._overslept(message) or self.stopping():
                give_back(self.database, batch[position:], self.clock(), None)
                outcomes["pending"] += len(batch) - position
                break
            lane = way.lane(message)
            if lane in silent:
                give_back(self.database, [message], self.clock(), silent[lane])
                outcomes["pending"] += 1
                continue
            error = self._carried(way, message)
            if isinstance(error, Unreachable):
                silent[lane] = error
            outcomes[self._keep(message, error)] += 1
        return outcomes

    def _overslept(self, message: Message) -> bool:
        """Its lease is over: a machine that was suspended does not see it by the clock that stood still with it."""
        return message.leased_until is not None and self.clock() >= message.leased_until

    def _carried(self, way: Carrier, message: Message) -> Exception | None:
        if message.secret_until is not None and message.secret_until <= self.clock():
            return Undeliverable("trop tard : le lien que porte ce message ne vaut plus rien")
        try:
            way.carry(message)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not hold up the others
            return error
        return None

    def _keep(self, message: Message, error: Exception | None) -> str:
        """The state that follows; « overtaken » where the lease ran out and somebody else has it."""
        tries, at = message.attempts + 1, self.clock()
        state = _state(error, tries)
        if error is not None:
            log.warning("not sent", message=message.id, tries=tries, state=state, error=str(error)[:200])

        def outcome(row: Message) -> None:
            row.attempts, row.state = tries, state
            row.error = told(error) if error is not None else None
            if state == "sent":
                row.sent_at = at
            elif state == "pending":
                row.next_at = at + max(pause(tries, row.key), _asked(error))
            if row.secret_until is not None and state != "pending":
                row.body = ""  # what else was sent is kept: it is what people were told

        with self.database.writing() as session:
            if not settle(session, message, outcome):
                return "overtaken"
            self._note_endpoint(session, message, at, error)
        return state

    def _note_endpoint(self, session: Session, message: Message, at: datetime, error: Exception | None) -> None:
        if message.endpoint_id is None:
            return
        if error is None:
            worked(session, message.endpoint_id)
        else:
            failed(session, self.settings, message.endpoint_id, at, error)


def _state(error: Exception | None, tries: int) -> str:
    if error is None:
        return "sent"
    return "failed" if isinstance(error, Undeliverable | BadRecipient) or tries >= TRIES else "pending"


def _asked(error: Exception | None) -> timedelta:
    """How long the receiver asked to be left alone."""
    return (error.after if isinstance(error, Deferred) else None) or timedelta()
