"""What was sent, waits or failed, message by message; and where webhooks go. A manager's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from sla.desk.office import Tx
from sla.errors import NotFound
from sla.notify.endpoint_health import PATIENCE
from sla.store.tables import Endpoint, Message

SHOWN = 50
NEWEST = 20


@dataclass(frozen=True, slots=True)
class EndpointLine:
    """An endpoint and what became of its messages: how many left, wait, failed; when the last left."""

    endpoint: Endpoint
    sent: int
    pending: int
    failed: int
    last_sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndpointView:
    """`messages`: its newest."""

    line: EndpointLine
    messages: Sequence[Message]

    @property
    def gone(self) -> bool:
        """Whether it was disabled because it answered that it wants nothing more: that is told at once."""
        since, until = self.line.endpoint.failing_since, self.line.endpoint.stopped_at
        disabled = self.line.endpoint.state == "disabled"
        return disabled and since is not None and until is not None and until - since < PATIENCE


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message, the endpoint or the digest that it went by, and what was folded into it."""

    message: Message
    endpoint: Endpoint | None
    digest: Message | None
    folded: Sequence[Message]


def messages(
    tx: Tx,
    *,
    state: str | None = None,
    channel: str | None = None,
    ticket: int | None = None,
    before: int | None = None,
    limit: int = SHOWN,
) -> Sequence[Message]:
    """The newest first; `before` a number, to read on."""
    query = select(Message).order_by(Message.id.desc()).limit(limit)
    for column, value in ((Message.state, state), (Message.channel, channel), (Message.ticket_id, ticket)):
        if value is not None:
            query = query.where(column == value)
    return tx.session.scalars(query.where(Message.id < before) if before is not None else query).all()


def see_message(tx: Tx, number: int) -> MessageView:
    message = tx.session.get(Message, number)
    if message is None:
        raise NotFound("message", value=number)
    folded = select(Message).where(Message.digest_id == number).order_by(Message.due_at, Message.id)
    return MessageView(
        message,
        tx.session.get(Endpoint, message.endpoint_id) if message.endpoint_id is not None else None,
        tx.session.get(Message, message.digest_id) if message.digest_id is not None else None,
        tx.session.scalars(folded).all() if message.kind == "digest" else (),
    )


def endpoints(tx: Tx) -> Sequence[EndpointLine]:
    return _lines(tx, select(Endpoint).order_by(Endpoint.id))


def see_endpoint(tx: Tx, number: int) -> EndpointView:
    lines = _lines(tx, select(Endpoint).where(Endpoint.id == number))
    if not lines:
        raise NotFound("endpoint", value=number)
    sent = select(Message).where(Message.endpoint_id == number).order_by(Message.id.desc()).limit(NEWEST)
    return EndpointView(lines[0], tx.session.scalars(sent).all())


def _lines(tx: Tx, query: Select[Any]) -> list[EndpointLine]:
    by_state = (func.count().filter(Message.state == state) for state in ("sent", "pending", "failed"))
    counts = select(Message.endpoint_id, *by_state, func.max(Message.sent_at)).group_by(Message.endpoint_id)
    rows = tx.session.execute(counts.where(Message.endpoint_id.is_not(None)))
    known: dict[int | None, tuple[Any, ...]] = {row[0]: tuple(row[1:]) for row in rows}
    return [EndpointLine(each, *known.get(each.id, (0, 0, 0, None))) for each in tx.session.scalars(query)]
