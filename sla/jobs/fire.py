"""`fire_due`: everything that is due takes effect, each timer once, in one transaction with what it is about."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import literal, select
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.orm import Session

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.office import Desk, Tx
from sla.jobs.effects import EFFECTS
from sla.jobs.failure import put_off
from sla.store.database import Database
from sla.store.tables import Timer

log = structlog.get_logger(__name__)

# Written into the statement: a bound value would keep the planner from the index of what is pending.
PENDING = Timer.state == literal("pending", literal_execute=True)

DATABASE_FAULTS = (OperationalError, InterfaceError, InternalError)


@dataclass(frozen=True, slots=True)
class Fired:
    """One batch: timers that took effect, that were put off for another try, that were parked as failed.

    `lateness_s` is that of the latest, from when it was to act: 0 on time, a weekend's worth after a weekend down.
    """

    count: int = 0
    retried: int = 0
    failed: int = 0
    lateness_s: int = 0

    @property
    def looked_at(self) -> int:
        return self.count + self.retried + self.failed


def fire_due(desk: Desk, now: datetime | None = None, limit: int = 200) -> Fired:
    """Fire at most `limit` timers due at `now`, the earliest due first. Call again while it `looked_at` some.

    A transaction that dies takes all of it back, timers and effects alike. Raises what the database raises.
    """
    at = now or wallclock.now()
    earliest = next_due(desk.database)
    if earliest is None or earliest > at:
        return Fired()
    with desk.database.writing() as session:
        fired = _batch(desk, session, at, limit)
    if fired.looked_at:
        log.info("timers fired", count=fired.count, retried=fired.retried, failed=fired.failed, late_s=fired.lateness_s)
        desk.committed()
    return fired


def next_due(database: Database) -> datetime | None:
    """When the earliest pending timer is due; None if none is pending."""
    with database.reading() as session:
        return session.scalar(select(Timer.due_at).where(PENDING).order_by(Timer.due_at).limit(1))


def _batch(desk: Desk, session: Session, at: datetime, limit: int) -> Fired:
    outcomes: list[str] = []
    lateness = 0
    for number in _claim(session, at, limit):
        session.expire_all()
        timer = session.get_one(Timer, number)
        if timer.state != "pending":
            continue  # an effect earlier in this batch took it back
        late = int((at - timer.due_at).total_seconds())
        outcomes.append(_fire(Tx(desk, session, SYSTEM, at, due_at=timer.due_at), timer))
        lateness = max(lateness, late)
    return Fired(outcomes.count("fired"), outcomes.count("pending"), outcomes.count("failed"), lateness)


def _claim(session: Session, at: datetime, limit: int) -> list[int]:
    """The timers of this batch, which no other process can claim before this transaction ends."""
    due = select(Timer.id).where(PENDING, Timer.due_at <= at).order_by(Timer.due_at, Timer.id).limit(limit)
    return list(session.scalars(due.with_for_update(skip_locked=True)))


def _fire(tx: Tx, timer: Timer) -> str:
    """The state that the timer is left in. A savepoint keeps one that fails from taking the batch with it."""
    try:
        with tx.session.begin_nested():
            EFFECTS[timer.kind](tx, timer)
            timer.state, timer.fired_at, timer.error = "fired", tx.now, None
            timer.attempts += 1
    except DATABASE_FAULTS:
        raise  # the database, not the timer: everything is taken back, and tried again
    except Exception as error:
        put_off(tx, timer, error)
    return timer.state
