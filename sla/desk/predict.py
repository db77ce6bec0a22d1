"""When the client can expect an answer: told before and after the deposit, and kept, to be scored when it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from sla.desk.first_answers import kept, told_at_first
from sla.desk.office import Tx
from sla.desk.reckon import REPLAY, Reckoned, reckon
from sla.desk.timers import TimerKind, is_pending, schedule
from sla.queue.expect.changes import Change, Situation, changed, moved, situation
from sla.queue.expect.window import Window, window
from sla.store.tables import ClockRow, Prediction, Ticket
from sla.ticket.clock import ClockName

LOOKED_AT_EVERY = timedelta(minutes=30)
VERSION = "4"
"""Of the rules by which predictions are made; a change of theirs is a new one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """`starts_at`: when the clock starts; `due_at`: the guaranteed first answer; `window`: None while too few answers
    are known; `expected_at`: as likely before as after, kept for scoring and never shown by itself; `change`: why it is
    no longer what was told last."""

    starts_at: datetime
    due_at: datetime | None
    expected_at: datetime | None
    window: Window | None
    change: Change | None = None


def expect(tx: Tx, *, item: str, severity: str, level: str, ticket: Ticket | None = None) -> Expected:
    """What a ticket of this line and severity can expect, deposited now or already in the queue."""
    hours = tx.hours_of(level, severity)
    promised = hours.add(tx.now, timedelta(seconds=tx.targets.promise(level, severity).first_response))
    due_at = promised if ticket is None else ticket.due_at
    starts_at, found = hours.next_open(tx.now), reckon(tx, item, severity, due_at, ticket)
    if found is None:
        return Expected(starts_at, due_at, None, None)
    told, expected_at = _window(tx, found), _middle(tx, found)
    return Expected(starts_at, due_at, expected_at, told, _change(tx, ticket, found, told) if ticket else None)


def predict(tx: Tx, ticket: Ticket) -> Prediction | None:
    """Keep what the client is told as its ticket comes to the queue, at its deposit or later, once for each first
    answer that is owed; nothing where none is, or nobody can give it."""
    tx.session.flush()
    clock, told = tx.session.get(ClockRow, (ticket.id, ClockName.FIRST_RESPONSE)), told_at_first(tx, ticket.id)
    known = told is not None and clock is not None and clock.started_at is not None and told.at >= clock.started_at
    return None if known else _predict(tx, ticket, "deposited")


def predict_again(tx: Tx, ticket: Ticket) -> Prediction | None:
    """The same, once the queue has moved it."""
    return _predict(tx, ticket, "moved")


def _predict(tx: Tx, ticket: Ticket, cause: str) -> Prediction | None:
    tx.session.flush()
    if ticket.answered_at is not None or not ticket.awaiting or ticket.due_clock is None:
        return None
    came = tx.now if cause == "deposited" else None
    found = reckon(tx, ticket.item, ticket.severity, ticket.due_at, ticket, came)
    if found is None:
        return None
    told, by = _window(tx, found), found.told.by if found.told else REPLAY
    if cause == "moved" and not _has_moved(tx, ticket, told):
        return None
    facts: dict[str, Any] = {"severity": ticket.severity, "said": kept(found.said), "expected_at": _middle(tx, found)}
    facts["offers"] = kept({**found.told.offers, by: found.grid}) if found.told else facts["said"]
    facts["scene"] = {"backlog": found.backlog, **_situation(tx, found).told()}
    row = Prediction(ticket_id=ticket.id, at=tx.now, cause=cause, rule=by, version=VERSION, **facts)
    if told is not None:
        row.low_at, row.high_at, row.confidence = told.low, told.high, told.confidence
    tx.session.add(row)
    tx.session.flush()
    if told is not None and cause == "deposited" and not is_pending(tx, TimerKind.EXPECTATION, ticket.id):
        look_again(tx, ticket)
    return row


def look_again(tx: Tx, ticket: Ticket) -> None:
    """While an answer is awaited, what was told is compared with the queue every half-hour of the desk."""
    at = tx.hours.add(tx.hours.next_open(tx.now), LOOKED_AT_EVERY)
    schedule(tx, TimerKind.EXPECTATION, ticket.id, at, mark=f"{at:%Y%m%dT%H%M%S}")


def _window(tx: Tx, found: Reckoned) -> Window | None:
    return window(found.told.grid, tx.hours, tx.now) if found.told is not None else None


def _middle(tx: Tx, found: Reckoned) -> datetime:
    return tx.hours.add(tx.now, timedelta(seconds=found.grid.at(0.5)))


def _situation(tx: Tx, found: Reckoned) -> Situation:
    return situation(found.scene, found.mine, tx.settings.plan.rule, tx.editions[-1].number)


def _last_told(tx: Tx, ticket: Ticket, count: int) -> Sequence[Prediction]:
    """The last windows that its client was told, the newest first."""
    query = select(Prediction).where(Prediction.ticket_id == ticket.id, Prediction.low_at.is_not(None))
    return tx.session.scalars(query.order_by(Prediction.id.desc()).limit(count)).all()


def _has_moved(tx: Tx, ticket: Ticket, now: Window | None) -> bool:
    rows = _last_told(tx, ticket, 1)
    return now is not None and (not rows or moved(*_shift(tx, _told(rows[0]), now)))


def _shift(tx: Tx, before: Window, after: Window) -> tuple[float, float]:
    """By how much a window's end has moved, and how wide it was, in working seconds."""
    by, width = tx.hours.between(before.high, after.high), tx.hours.between(before.low, before.high)
    return by.total_seconds(), width.total_seconds()


def _change(tx: Tx, ticket: Ticket, found: Reckoned, now: Window | None) -> Change | None:
    """Against what was told last; where that still stands, why it had replaced what was told before."""
    rows = _last_told(tx, ticket, 2)
    if not rows or now is None:
        return None
    change = _against(tx, rows[0], now, _situation(tx, found))
    if change is None and len(rows) > 1:
        change = _against(tx, rows[1], _told(rows[0]), Situation.kept(rows[0].scene))
    return change


def _against(tx: Tx, old: Prediction, new: Window, then: Situation) -> Change | None:
    by, width = _shift(tx, _told(old), new)
    return changed(Situation.kept(old.scene), then, later=by > 0) if moved(by, width) else None


def _told(row: Prediction) -> Window:
    if row.low_at is None or row.high_at is None or row.confidence is None:
        raise ValueError(f"prediction {row.id} told no window")
    return Window(row.low_at, row.high_at, row.confidence)
