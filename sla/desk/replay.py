"""`replay`, `replay_since`: webhooks sent again under their first id, so that a receiver that has them can tell."""

from datetime import datetime

from sqlalchemy import func, select

from sla.desk.announce import key_of, message_for, wants
from sla.desk.office import Tx
from sla.desk.typed import instant_typed
from sla.errors import AlreadyDone, Both, EndpointStopped, NotFound, TooManyAtOnce
from sla.store.tables import Endpoint, Event, Message

MOST = 5000


def replay(tx: Tx, number: int) -> Message:
    """One message, whatever became of it."""
    query = select(Message).where(Message.id == number, Message.channel == "webhook").with_for_update()
    message = tx.session.scalars(query).one_or_none()
    if message is None:
        raise NotFound("message", value=number)
    _open(tx, message.endpoint_id or 0)
    if message.state == "pending":
        raise AlreadyDone(what=Both("ce message attend déjà son départ", "this message is waiting to leave already"))
    _again(tx, message)
    return message


def replay_since(tx: Tx, endpoint: int, *, since: datetime | str) -> int:
    """Everything that happened from then on and that the endpoint wants, sent or not, in order; how many messages.

    The history is asked, not the outbox: what happened while the endpoint was stopped is there too.
    """
    at = instant_typed(tx, "since", since)
    target = _open(tx, endpoint)
    happened = Event.at >= at, *((Event.kind.in_(target.events),) if target.events else ())
    count = tx.session.scalar(select(func.count()).select_from(Event).where(*happened)) or 0
    if count > MOST:
        raise TooManyAtOnce("since", count=count, limit=MOST)
    sent = select(Message).where(Message.endpoint_id == target.id, Message.due_at >= at).with_for_update()
    known = {message.key: message for message in tx.session.scalars(sent)}
    for event in tx.session.scalars(select(Event).where(*happened).order_by(Event.id)):
        if not wants(target, event.kind):
            continue
        message = known.get(key_of(target, event))
        if message is None:
            tx.session.add(message_for(tx, target, event))
        elif message.state != "pending":
            _again(tx, message)
    tx.session.flush()
    return count


def _again(tx: Tx, message: Message) -> None:
    message.state, message.next_at, message.attempts = "pending", tx.now, 0
    message.sent_at = message.error = message.leased_until = None


def _open(tx: Tx, number: int) -> Endpoint:
    endpoint = tx.session.scalars(select(Endpoint).where(Endpoint.id == number).with_for_update()).one_or_none()
    if endpoint is None:
        raise NotFound("endpoint", value=number)
    if endpoint.state != "active":
        raise EndpointStopped(label=endpoint.label)
    return endpoint
