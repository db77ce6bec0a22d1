"""`retry_timer`, `retry_message`: what failed is due anew, at once; what did not fail is left alone."""

from sqlalchemy import select

from sla.desk.office import Tx
from sla.errors import AlreadyDone, Both, NotFound
from sla.store.tables import Message, Timer


def retry_timer(tx: Tx, number: int) -> Timer:
    """Due now, its attempts counted from zero; `reached_at` stays, so that its lateness is still told."""
    timer = tx.session.scalars(select(Timer).where(Timer.id == number).with_for_update()).one_or_none()
    if timer is None:
        raise NotFound("timer", value=number)
    if timer.state != "failed":
        raise AlreadyDone(what=Both("cette échéance n’est pas en échec", "this timer has not failed"))
    timer.state, timer.due_at, timer.attempts, timer.error = "pending", tx.now, 0, None
    return timer


def retry_message(tx: Tx, number: int) -> Message:
    """Sent again with its first key, so that whoever already has it can tell."""
    message = tx.session.scalars(select(Message).where(Message.id == number).with_for_update()).one_or_none()
    if message is None:
        raise NotFound("message", value=number)
    if message.state != "failed":
        raise AlreadyDone(what=Both("cet envoi n’est pas en échec", "this mail has not failed"))
    message.state, message.next_at, message.attempts, message.error = "pending", tx.now, 0, None
    return message
