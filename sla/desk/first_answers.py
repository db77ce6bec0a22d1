"""The first answer of each ticket and cycle, kept when it comes: what predictions are scored by and learn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import select

from sla.contract.targets import Severity
from sla.desk.office import Tx
from sla.desk.timers import TimerKind, schedule
from sla.queue.expect.calibration import REMEMBERED
from sla.queue.expect.choice import Answer, Mark, marks
from sla.queue.expect.grid import Grid
from sla.queue.expect.similar import Request
from sla.store.tables import FirstAnswer, Prediction, Ticket
from sla.ticket.life import Life


@dataclass(frozen=True, slots=True)
class Memory:
    """The last answers of each severity, oldest first: for choosing and calibrating, and as requests with their
    wait."""

    answers: Sequence[Answer]
    requests: Sequence[tuple[Request, float]]


REMEMBERS = (
    FirstAnswer.answered_at,
    FirstAnswer.ticket_id,
    FirstAnswer.severity,
    FirstAnswer.item,
    FirstAnswer.asked_at,
    FirstAnswer.wait_s,
    FirstAnswer.backlog,
    FirstAnswer.marks,
)


def keep_first_answer(tx: Tx, ticket: Ticket, before: Life, after: Life) -> None:
    """Nothing for a call that support deposited itself, nor for a ticket that had an answer before."""
    if before.answered_at is not None or after.answered_at is None or after.answered_at <= ticket.deposited_at:
        return
    if before.state is None:
        tx.session.add(_first_answer(tx, ticket, after.answered_at, None))
        return
    told = told_at_first(tx, ticket.id)
    asked_at = ticket.deposited_at if told is None else told.at
    if tx.session.get(FirstAnswer, (ticket.id, asked_at)) is None:
        tx.session.add(_first_answer(tx, ticket, after.answered_at, told))
        if told is not None and told.low_at is not None:
            _have_it_watched(tx)


def _have_it_watched(tx: Tx) -> None:
    """On the next working day, once for all of a day's answers."""
    day = tx.hours.next_open(tx.now)
    schedule(tx, TimerKind.RELIABILITY, 0, tx.hours.add_days(day, 1), mark=str(tx.day_of(day)))


def _first_answer(tx: Tx, ticket: Ticket, answered_at: datetime, told: Prediction | None) -> FirstAnswer:
    asked_at = ticket.deposited_at if told is None else told.at
    wait = int(tx.hours.between(asked_at, answered_at).total_seconds())
    known = {} if told is None else marks(grids(told.said), grids(told.offers), wait)
    return FirstAnswer(
        ticket_id=ticket.id,
        severity=ticket.severity,
        item=ticket.item,
        asked_at=asked_at,
        answered_at=answered_at,
        wait_s=wait,
        backlog=0 if told is None else told.scene["backlog"],
        marks={rule: [mark.level, mark.loss] for rule, mark in known.items()},
    )


def told_at_first(tx: Tx, number: int) -> Prediction | None:
    """What was told when it came to the queue for the answer that is awaited."""
    query = select(Prediction).where(Prediction.ticket_id == number, Prediction.cause == "deposited")
    return tx.session.scalars(query.order_by(Prediction.id.desc()).limit(1)).one_or_none()


def came_at(tx: Tx, ticket: Ticket) -> datetime:
    """When it came to the queue for the answer that is awaited: its deposit, unless it was told later."""
    told = told_at_first(tx, ticket.id)
    return ticket.deposited_at if told is None else told.at


def remembered(tx: Tx) -> Memory:
    """What had been answered by now, and no later."""
    rows: list[Any] = []
    for severity in Severity:
        last = select(*REMEMBERS).where(FirstAnswer.severity == severity, FirstAnswer.answered_at <= tx.now)
        rows += tx.session.execute(last.order_by(FirstAnswer.answered_at.desc()).limit(REMEMBERED))
    rows.sort(key=lambda row: (row.answered_at, row.ticket_id))
    return Memory([_answer(row) for row in rows], [(_request(tx, row), float(row.wait_s)) for row in rows])


def _answer(row: Any) -> Answer:
    return Answer(row.severity, row.wait_s, {rule: Mark(level, loss) for rule, (level, loss) in row.marks.items()})


def _request(tx: Tx, row: Any) -> Request:
    return request(row.severity, row.item, row.asked_at, row.backlog, tx.settings.zone)


def request(severity: str, item: str, at: datetime, backlog: int, zone: tzinfo) -> Request:
    local = at.astimezone(zone)
    return Request((severity, item), local.hour + local.minute / 60, backlog)


def grids(row: Mapping[str, Sequence[float]]) -> dict[str, Grid]:
    """Distributions as a row keeps them."""
    return {rule: Grid(tuple(values)) for rule, values in row.items()}


def kept(found: Mapping[str, Grid]) -> dict[str, list[int]]:
    """In whole seconds."""
    return {rule: [round(value) for value in grid.values] for rule, grid in found.items()}
