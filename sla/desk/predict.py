"""When the client can expect an answer: told before and after the deposit, kept, and scored when the answer comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.queueing import queue, team
from sla.queue.dispatch import Work
from sla.queue.expect import Window, window
from sla.queue.plan import plan
from sla.store.tables import Prediction, Ticket

RULE = "plan-1"
REMEMBERED = 300


@dataclass(frozen=True, slots=True)
class Expected:
    """`starts_at`: when the clock starts; `due_at`: the guaranteed first answer; `window`: None while too few answers
    are known; `expected_at`: the plan's own instant, kept for scoring and never shown by itself."""

    starts_at: datetime
    due_at: datetime | None
    expected_at: datetime | None
    window: Window | None


def expect(tx: Tx, *, item: str, severity: str, level: str, ticket: Ticket | None = None) -> Expected:
    """What a ticket of this line and severity can expect, deposited now or already in the queue."""
    starts_at = tx.hours_of(level, severity).next_open(tx.now)
    promise = tx.settings.targets.promise(level, severity)
    hours = tx.hours_of(level, severity)
    due_at = ticket.due_at if ticket is not None else hours.add(tx.now, timedelta(seconds=promise.first_response))
    expected_at = _planned_answer(tx, item, severity, due_at, ticket)
    if expected_at is None:
        return Expected(starts_at, due_at, None, None)
    least = tx.settings.plan.prediction_least_answers
    found = window(expected_at, _errors(tx), tx.hours, tx.now, minimum=least)
    return Expected(starts_at, due_at, expected_at, found)


def _planned_answer(
    tx: Tx, item: str, severity: str, due_at: datetime | None, ticket: Ticket | None
) -> datetime | None:
    people, waiting = team(tx), queue(tx)
    number = ticket.id if ticket is not None else 0
    if ticket is None:
        line = tx.settings.catalogue.get(item)
        minutes = tx.settings.plan.minutes(line, severity, answered=False)
        waiting.append(Work(0, line.skill, due_at, minutes, tx.now))
    slot = plan(people, waiting, tx.now).slot(number)
    return slot.end if slot is not None else None


def _errors(tx: Tx) -> list[int]:
    scored = select(Prediction.error_s).where(Prediction.error_s.is_not(None))
    return [int(e or 0) for e in tx.session.scalars(scored.order_by(Prediction.answered_at.desc()).limit(REMEMBERED))]


def predict(tx: Tx, ticket: Ticket) -> Prediction | None:
    """Keep what the client is told at the deposit; nothing where no first answer is owed or nobody can be planned."""
    tx.session.flush()
    if ticket.answered_at is not None or not ticket.awaiting or ticket.due_clock is None:
        return None
    told = expect(tx, item=ticket.item, severity=ticket.severity, level=ticket.level, ticket=ticket)
    if told.expected_at is None or tx.session.get(Prediction, ticket.id) is not None:
        return None
    kept = Prediction(ticket_id=ticket.id, at=tx.now, rule=RULE, severity=ticket.severity, expected_at=told.expected_at)
    if told.window is not None:
        kept.low_at, kept.high_at, kept.confidence = told.window.low, told.window.high, told.window.confidence
    tx.session.add(kept)
    return kept
