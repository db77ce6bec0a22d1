"""What is due and what is to be sent, as a manager watches it: failed and late first, then what comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from sla.desk.actor import Role
from sla.desk.office import Tx
from sla.errors import Forbidden
from sla.store.tables import Message, Timer

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Due:
    """The first of each kind; `counts` are of all. `late`: due before now and not fired yet."""

    failed: Sequence[Timer]
    late: Sequence[Timer]
    coming: Sequence[Timer]
    unsent: Sequence[Message]
    waiting: Sequence[Message]
    sent: Sequence[Message]
    counts: dict[str, int]


def due(tx: Tx) -> Due:
    """For a manager."""
    if tx.actor.role not in (Role.MANAGER, Role.SYSTEM):
        raise Forbidden(role=tx.actor.role, action="jobs")
    pending = select(Timer).where(Timer.state == "pending").order_by(Timer.due_at, Timer.id)
    failed = select(Timer).where(Timer.state == "failed").order_by(Timer.due_at, Timer.id)
    mails = select(Message).order_by(Message.created_at, Message.id)
    sent = select(Message).where(Message.state == "sent").order_by(Message.sent_at.desc(), Message.id.desc())
    late = func.count().filter(Timer.state == "pending", Timer.due_at < tx.now)
    timers = select(
        func.count().filter(Timer.state == "failed"),
        late,
        func.count().filter(Timer.state == "pending", Timer.due_at >= tx.now),
    )
    letters = select(*(func.count().filter(Message.state == state) for state in ("failed", "pending", "sent")))
    names = ("failed", "late", "coming", "unsent", "waiting", "sent")
    found = (*tx.session.execute(timers).one(), *tx.session.execute(letters).one())
    return Due(
        tx.session.scalars(failed.limit(SHOWN)).all(),
        tx.session.scalars(pending.where(Timer.due_at < tx.now).limit(SHOWN)).all(),
        tx.session.scalars(pending.where(Timer.due_at >= tx.now).limit(SHOWN)).all(),
        tx.session.scalars(mails.where(Message.state == "failed").limit(SHOWN)).all(),
        tx.session.scalars(mails.where(Message.state == "pending").limit(SHOWN)).all(),
        tx.session.scalars(sent.limit(SHOWN)).all(),
        {name: int(count or 0) for name, count in zip(names, found, strict=True)},
    )
