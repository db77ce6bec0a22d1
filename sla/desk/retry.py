"""`retry`, `retry_all`: what failed is due anew, at once; what did not fail is left alone."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true, update

from sla.desk.office import Tx
from sla.errors import AlreadyDone, Both, NotFound, Unknown
from sla.store.tables import Message, Timer


@dataclass(frozen=True, slots=True)
class Queue:
    """`kept`: whether there is still something to try."""

    table: type[Timer] | type[Message]
    kept: ColumnElement[bool]
    not_failed: Both


QUEUES = {
    "timers": Queue(Timer, true(), Both("cette échéance n’est pas en échec", "this timer has not failed")),
    "messages": Queue(
        Message,
        Message.secret_until.is_(None),
        Both("cet envoi n’est pas en échec", "this message has not failed"),
    ),
}
OVER = Both(
    "le lien de ce message ne vaut plus rien, il faut en demander un nouveau",
    "the link in this message is of no more use, a new one has to be asked for",
)


def retry(tx: Tx, queue: str, number: int) -> Timer | Message:
    """One of « timers » or « messages », its tries counted from zero. A timer's `due_at` stays, so that its
    lateness is still told; a message keeps its key, so that whoever already has it can tell."""
    asked = _queue(queue)
    query: Select[Any] = select(asked.table).where(asked.table.id == number).with_for_update()
    row: Timer | Message | None = tx.session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(queue.removesuffix("s"), value=number)
    if row.state != "failed":
        raise AlreadyDone(what=asked.not_failed)
    if isinstance(row, Message) and row.secret_until is not None:
        raise AlreadyDone(what=OVER)
    row.next_at, row.state, row.attempts, row.error = tx.now, "pending", 0, None
    return row


def retry_all(tx: Tx, queue: str) -> int:
    """Every one that failed and can still be tried; how many."""
    asked = _queue(queue)
    failed = update(asked.table).where(asked.table.state == "failed", asked.kept)
    again = failed.values(next_at=tx.now, state="pending", attempts=0, error=None)
    return len(tx.session.scalars(again.returning(asked.table.id)).all())


def _queue(name: str) -> Queue:
    if name not in QUEUES:
        raise Unknown("queue", label="queue", value=name[:60], choices=", ".join(QUEUES))
    return QUEUES[name]
