"""A digest: what piled up for one person while the service or its mail was down leaves as one message.

Only reminders and warnings to support are folded: a client's answer, estimate or link is a message of its own, however
late. What may have left already, because a try was made, is never folded: it would be told twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import literal, or_, select, update
from sqlalchemy.orm import Session

from sla.notify.leases import PENDING, lease
from sla.notify.outbox import LONGEST_SUBJECT, READER, written
from sla.settings import Settings
from sla.store.tables import Message, Person, Timer

FOLDED = frozenset(
    {
        *(
            "sla_level",
            "call_reminder",
            "call_missed",
            "near_limit",
            "estimate_passed",
            "report_due",
            "publisher_follow_up",
        ),
        *("hours_run_out", "contract_ending", "publisher_open", "hours_awaited", "report_awaited"),
        *("hours_low", "hours_expiring", "timer_failed", "work_to_confirm", "work_unconfirmed", "estimate_expired"),
    }
)
"""Texts that remind or warn."""
LATE = timedelta(hours=1)
"""From here on the outage was long."""
MOST = 300
"""Lines of one digest; more of them make another."""
CATCHING_UP = timedelta(minutes=1)
SETTLED = timedelta(minutes=10)
"""A digest waits until the clock has caught up, so that it is one, but not longer than this."""
MOMENT = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a digest: what it said, when it was due, and how late that is, in seconds."""

    subject: str
    due_at: datetime
    late_s: int
    ticket: int | None


def fold(session: Session, settings: Settings, channel: str, at: datetime) -> list[Message]:
    """The digests made now, each leased to whoever asks; what they hold is in no one's hands any more."""
    late = _late(session, channel, at)
    if len(late) < 2:
        return []
    if _catching_up(session, at):
        fresh = [message.id for message in late if message.created_at > at - SETTLED]
        session.execute(update(Message).where(Message.id.in_(fresh)).values(next_at=at + MOMENT))
        late = [message for message in late if message.id not in set(fresh)]
    piles: dict[tuple[int | None, str], list[Message]] = defaultdict(list)
    for message in late:
        piles[message.person_id, message.recipient].append(message)
    return [
        _digest(session, settings, pile[first : first + MOST], at)
        for pile in piles.values()
        for first in range(0, len(pile), MOST)
        if len(pile) - first > 1
    ]


def _late(session: Session, channel: str, at: datetime) -> Sequence[Message]:
    """What could be folded, by when it was due; whether it is to be tried now or a little later does not matter."""
    query = select(Message).outerjoin(Person, Message.person_id == Person.id)
    query = query.where(PENDING, Message.channel == channel, Message.kind.in_(FOLDED), Message.due_at <= at - LATE)
    query = query.where(or_(Person.id.is_(None), Person.role != "client"))
    query = query.where(Message.attempts == 0, Message.leased_until.is_(None))
    return session.scalars(
        query.order_by(Message.due_at, Message.id).with_for_update(of=Message, skip_locked=True)
    ).all()


def _catching_up(session: Session, at: datetime) -> bool:
    overdue = Timer.state == literal("pending", literal_execute=True), Timer.next_at <= at - CATCHING_UP
    return session.scalar(select(Timer.id).where(*overdue).limit(1)) is not None


def _digest(session: Session, settings: Settings, pile: Sequence[Message], at: datetime) -> Message:
    first = pile[0]
    reader = session.get(Person, first.person_id) if first.person_id is not None else READER
    lines = [
        Line(message.subject, message.due_at, int((at - message.due_at).total_seconds()), message.ticket_id)
        for message in pile
    ]
    subject, body = written(settings, reader or READER, "digest", at, {"late": lines})
    made = Message(key=f"digest:{first.id}", kind="digest", channel=first.channel, person_id=first.person_id)
    made.recipient, made.subject, made.body = first.recipient, subject[:LONGEST_SUBJECT], body
    made.created_at, made.due_at = at, first.due_at
    made.token, made.attempts = 0, 0
    lease(made, at)
    session.add(made)
    session.flush()
    for message in pile:
        message.state, message.digest_id, message.token = "folded", made.id, message.token + 1
    return made
