"""The queue as the replay sees it: working seconds from now, who is there, what is in hand, what will come back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from sla.desk.awaiting import AT_WORK, NEAREST, at_work, owes_response, waits_since
from sla.desk.office import Tx
from sla.desk.roster import team
from sla.queue.axis import Axis
from sla.queue.expect.scene import Scene
from sla.queue.jobs import Job
from sla.store.tables import ClockRow, Event, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State

ASKED = -1
"""The number of a request that is not deposited yet."""


SEEN = (
    Ticket.id,
    Ticket.item,
    Ticket.severity,
    Ticket.due_at,
    Ticket.due_clock,
    Ticket.deposited_at,
    Ticket.answered_at,
    Ticket.begun,
    Ticket.pinned,
    Ticket.technician_id,
    Ticket.state,
    ClockRow.since,
)


def scene(tx: Tx, *, arriving: Job | None = None) -> Scene:
    """`arriving`: one that waits beside those that are there."""
    jobs = jobs_of(tx)
    waiting = [job for job, state in jobs if state != State.WAITING_CLIENT]
    returning = [job for job, state in jobs if state == State.WAITING_CLIENT]
    axis = Axis(tx.hours, tx.now)
    hands = [each.hand(axis) for each in team(tx)]
    return Scene(hands, [*waiting, *([arriving] if arriving else [])], returning, since_opening(tx))


def since_opening(tx: Tx) -> float:
    """How far the working day is, 0 before it opens."""
    opening = tx.hours.next_open(tx.now)
    midnight = opening.astimezone(tx.settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return seconds(tx, midnight, opening)


def seconds(tx: Tx, start: datetime, end: datetime) -> float:
    """Working seconds of the desk, negative backward."""
    return tx.hours.between(start, end).total_seconds()


def jobs_of(tx: Tx) -> list[tuple[Job, str]]:
    """Every ticket that support works on, and those that wait for their client, each with its state."""
    query = (
        select(*SEEN)
        .outerjoin(ClockRow, NEAREST)
        .where(Ticket.awaiting, Ticket.state.in_((*AT_WORK, State.WAITING_CLIENT)))
    )
    rows = tx.session.execute(query.where(Ticket.state != State.NEW).order_by(Ticket.id)).all()
    hand, sent = at_work(tx), with_client(tx)
    return [(_job(tx, row, hand if row.state != State.WAITING_CLIENT else sent), row.state) for row in rows]


def _job(tx: Tx, row: Any, since: Mapping[int, datetime]) -> Job:
    began = since.get(row.id)
    return job(
        tx,
        row.id,
        row.item,
        row.severity,
        due=None if row.due_at is None else seconds(tx, tx.now, row.due_at),
        since=seconds(tx, tx.now, waits_since(row.deposited_at, row.answered_at, row.since)),
        answered=row.answered_at is not None,
        responds=owes_response(row.answered_at, row.due_clock),
        owner=row.technician_id if row.begun else None,
        pinned=row.technician_id if row.pinned else None,
        spent=None if began is None else seconds(tx, began, tx.now),
    )


def job(tx: Tx, number: int, item: str, severity: str, *, responds: bool = True, **given: Any) -> Job:
    """A ticket's next piece of work; a response, unless said otherwise."""
    line, plan = tx.settings.catalogue.get(item), tx.settings.plan
    seconds_of_work = plan.minutes(line, severity, responds=responds) * 60.0
    return Job(number, item, line.skill, severity, plan.weighs(severity, responds=responds), seconds_of_work, **given)


def with_client(tx: Tx) -> Mapping[int, datetime]:
    """Since when each ticket waits for its client."""
    query = select(Ticket.id, func.max(Event.at)).join(Event, Event.ticket_id == Ticket.id)
    query = query.where(Ticket.awaiting, Ticket.state == State.WAITING_CLIENT, Event.kind == Kind.WAITING_CLIENT)
    return dict(tx.session.execute(query.group_by(Ticket.id)).all())
