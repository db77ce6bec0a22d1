"""A message is in one process's hands at a time: claimed for a while, under a number that grows with each claim.

Whoever sleeps past its lease finds, when it wakes, that the row bears another number, and leaves it alone.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, literal, or_, select, update
from sqlalchemy.orm import Session

from sla.notify.backoff import pause
from sla.notify.carrier import Deferred, Undeliverable, Unreachable
from sla.store.database import Database
from sla.store.tables import Endpoint, Message

LEASE = timedelta(minutes=10)
PENDING = Message.state == literal("pending", literal_execute=True)  # as an index's condition: see jobs.claim
OPEN = or_(
    Message.endpoint_id.is_(None), Message.endpoint_id.in_(select(Endpoint.id).where(Endpoint.state == "active"))
)
"""What goes to an endpoint that was stopped or disabled waits until it is taken up again."""


def due(at: datetime, channels: Collection[str]) -> ColumnElement[bool]:
    return and_(PENDING, Message.next_at <= at, Message.channel.in_(channels), OPEN)


def claim(session: Session, at: datetime, channels: Collection[str], limit: int) -> list[Message]:
    """The longest due first; nobody else can claim them before the lease is over."""
    query = select(Message).where(due(at, channels)).order_by(Message.next_at, Message.id).limit(limit)
    batch = list(session.scalars(query.with_for_update(of=Message, skip_locked=True)))
    for message in batch:
        lease(message, at)
    return batch


def lease(message: Message, at: datetime) -> None:
    message.next_at = message.leased_until = at + LEASE
    message.token += 1


def settle(session: Session, claimed: Message, change: Callable[[Message], None]) -> bool:
    """Change the row if it is still in the hands of whoever claimed it so; whether it was."""
    query = select(Message).where(Message.id == claimed.id, PENDING, Message.token == claimed.token)
    row = session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return False
    row.leased_until = None
    change(row)
    return True


def give_back(database: Database, batch: Sequence[Message], at: datetime, why: Unreachable | None) -> None:
    """Untried: it counts as no try. Due at once, or after a pause where `why` says that nobody answers."""
    said = told(why) if why is not None else None
    with database.writing() as session:
        for message in batch:
            delay = max(pause(1, message.key), why.after or timedelta()) if why is not None else timedelta()
            back = update(Message).where(Message.id == message.id, PENDING, Message.token == message.token)
            session.execute(back.values(next_at=at + delay, leased_until=None, error=said or message.error))


def put_off(database: Database, at: datetime, channels: Iterable[str], why: Exception) -> int:
    """Nobody answers: all that is due and in nobody's hands waits a little, with the reason; how many."""
    query = select(Message).where(due(at, tuple(channels)))
    with database.writing() as session:
        waiting = list(session.scalars(query.with_for_update(of=Message, skip_locked=True)))
        for message in waiting:
            message.next_at, message.leased_until = at + pause(1, message.key), None
            message.error = told(why)
    return len(waiting)


def told(error: Exception) -> str:
    """An error as it is kept and shown: the receiver's words where it has some, else what the program met."""
    return (str(error) if isinstance(error, Deferred | Undeliverable) else f"{type(error).__name__}: {error}")[:500]
