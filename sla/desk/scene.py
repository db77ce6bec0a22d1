"""The queue as the replay sees it: working seconds from now, who is there, what is in hand, what will come back."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from sla.desk.awaiting import queue
from sla.desk.office import Tx
from sla.desk.roster import team
from sla.queue.axis import Axis
from sla.queue.dispatch import first_come
from sla.queue.expect.scene import Scene
from sla.queue.jobs import Job
from sla.store.tables import Event, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State

ASKED = -1
"""The number of a request that is not deposited yet."""


def scene(tx: Tx, *, arriving: Job | None = None) -> Scene:
    """`arriving`: one that waits beside those that are there."""
    axis = Axis(tx.hours, tx.now)
    waiting = [work.job(axis) for work in first_come(queue(tx))]
    hands = [each.hand(axis) for each in team(tx)]
    return Scene(hands, [*waiting, *([arriving] if arriving else [])], with_client(tx, axis), since_opening(tx))


def since_opening(tx: Tx) -> float:
    """How far the working day is, 0 before it opens."""
    opening = tx.hours.next_open(tx.now)
    midnight = opening.astimezone(tx.settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return seconds(tx, midnight, opening)


def seconds(tx: Tx, start: datetime, end: datetime) -> float:
    """Working seconds of the desk, negative backward."""
    return tx.hours.between(start, end).total_seconds()


def with_client(tx: Tx, axis: Axis) -> list[Job]:
    """What will come back, with how long it has been there."""
    query = select(Ticket.id, func.max(Event.at)).join(Event, Event.ticket_id == Ticket.id)
    query = query.where(Ticket.awaiting, Ticket.state == State.WAITING_CLIENT, Event.kind == Kind.WAITING_CLIENT)
    sent: dict[int, datetime] = dict(tx.session.execute(query.group_by(Ticket.id)).all())
    jobs = (work.job(axis) for work in first_come(queue(tx, states=(State.WAITING_CLIENT,))))
    return [replace(job, spent=-axis.of(sent[job.ticket]) if job.ticket in sent else None) for job in jobs]


def job(tx: Tx, number: int, item: str, severity: str, **given: Any) -> Job:
    """The first response to a request that is in no queue: asked for beforehand, or long past."""
    line, plan = tx.settings.catalogue.get(item), tx.settings.plan
    work, weight = plan.minutes(line, severity, responds=True) * 60.0, plan.weighs(severity, responds=True)
    return Job(number, item, line.skill, severity, weight, work, priority=weight, **given)
