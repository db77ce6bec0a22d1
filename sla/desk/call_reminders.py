"""The timers of an appointment: reminders ahead and on the eve, and the instant at which it counts as missed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import clients_of, person, tell
from sla.desk.timers import TimerKind, cancel, schedule
from sla.store.tables import Appointment

GRACE_MINUTES = 15
"""What is not held this long after its instant, in working time, is raised to the dispatcher."""


def remind(tx: Tx, made: Appointment) -> None:
    """Ahead in working time; and at the closing before its day, if it is then the first of the technician's day."""
    ahead = timedelta(minutes=tx.settings.reminders.callback_minutes)
    reminded = max(tx.now, tx.hours.add(made.starts_at, -ahead))
    _write(tx, TimerKind.CALL_REMINDER, made, reminded, "ahead")
    closing = tx.hours.prev_open(_opening(tx, made))
    if closing > tx.now:
        _write(tx, TimerKind.CALL_REMINDER, made, closing, "eve", data={"eve": True})
    missed = tx.hours.add(made.starts_at, timedelta(minutes=GRACE_MINUTES))
    _write(tx, TimerKind.CALL_MISSED, made, missed, "missed")


def remind_anew(tx: Tx) -> None:
    """The calendar was edited: what is booked is reminded by the hours that there are now. What was told is not told
    again."""
    booked = select(Appointment).where(Appointment.state == "booked", Appointment.starts_at > tx.now)
    for made in tx.session.scalars(booked.order_by(Appointment.id)):
        forget(tx, made)
        remind(tx, made)


def _write(tx: Tx, kind: TimerKind, made: Appointment, at: datetime, mark: str, **facts: Any) -> None:
    """A mark of its own for each move: what was told of the old instant is told anew of the next."""
    schedule(tx, kind, made.id, at, due_at=at, mark=f"{mark}:{made.sequence}", generation=made.sequence, **facts)


def _opening(tx: Tx, made: Appointment) -> datetime:
    """When the desk opens on its day; closed since by the file's calendar, it is still to be moved."""
    spans = tx.hours.hours_of(tx.day_of(made.starts_at))
    return spans[0][0] if spans else made.starts_at


def forget(tx: Tx, made: Appointment) -> None:
    """It is held, missed, moved or taken back: nothing reminds of it any more."""
    for kind in (TimerKind.CALL_REMINDER, TimerKind.CALL_MISSED):
        cancel(tx, kind, made.id)


def remind_call(tx: Tx, appointment: int, *, eve: bool = False) -> bool:
    """Effect of a reminder's timer: tell who calls and who is called, while it is still to come; on the eve, only of
    what is then the first of that technician's day."""
    made = tx.session.get(Appointment, appointment)
    if made is None or made.state != "booked" or made.starts_at <= tx.now or (eve and not _is_first(tx, made)):
        return False
    ticket, who = ticket_in_sight(tx, made.ticket_id), person(tx, made.technician_id)
    key = f"call_reminder:{made.id}:{tx.now:%Y%m%dT%H%M%S}"
    tell(tx, [who, *clients_of(tx, ticket)], "call_reminder", key=key, ticket=ticket, call=made, who=who)
    return True


def _is_first(tx: Tx, made: Appointment) -> bool:
    earlier = select(Appointment.id).where(Appointment.technician_id == made.technician_id)
    earlier = earlier.where(Appointment.state == "booked", Appointment.starts_at >= _opening(tx, made))
    return tx.session.scalar(earlier.where(Appointment.starts_at < made.starts_at).limit(1)) is None
