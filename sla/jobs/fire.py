"""`fire_due`: everything that is due takes effect, each timer once, in one transaction with what it is about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.office import Desk, Tx
from sla.jobs.claim import PENDING, claim
from sla.jobs.effects import EFFECTS
from sla.jobs.failure import put_off
from sla.jobs.opening import waits_for_opening
from sla.store.database import Database
from sla.store.faults import collided, held, of_the_machine
from sla.store.tables import Timer
from sla.store.turns import share_calendar, wait_at_most

log = structlog.get_logger(__name__)

BUSY, WAITING = "busy", "waiting"
GIVE_WAY_MS = 300
"""Below PostgreSQL's own second of patience before it looks for a deadlock: the clock gives way, not the person."""
MOST_BUSY = 5
"""So often a batch gives way; what else it holds, others may want."""
LOOK_AGAIN = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Fired:
    """One batch: timers that took effect, that were put off for another try or until the opening, that were parked as
    failed.

    `lateness_s` is that of the latest, from when it was to act: 0 on time, a weekend's worth after a weekend down.
    """

    count: int = 0
    retried: int = 0
    failed: int = 0
    lateness_s: int = 0
    waiting: int = 0

    @property
    def looked_at(self) -> int:
        return self.count + self.retried + self.failed + self.waiting


def fire_due(desk: Desk, now: datetime | None = None, limit: int = 200) -> Fired:
    """Fire at most `limit` timers due at `now`, the earliest due first. Call again while it `looked_at` some.

    A transaction that dies takes all of it back, timers and effects alike. Raises what the database raises.
    """
    at = now or wallclock.now()
    earliest = next_due(desk.database)
    if earliest is None or earliest > at:
        return Fired()
    with desk.database.writing() as session:
        share_calendar(session)
        wait_at_most(session, GIVE_WAY_MS)
        fired = _batch(desk, session, at, limit)
    if fired.looked_at:
        log.info("timers fired", count=fired.count, retried=fired.retried, failed=fired.failed, late_s=fired.lateness_s)
        desk.committed()
    return fired


def next_due(database: Database) -> datetime | None:
    """When the next pending timer is to be looked at; None if none is pending."""
    with database.reading() as session:
        return session.scalar(select(Timer.next_at).where(PENDING).order_by(Timer.next_at).limit(1))


def _batch(desk: Desk, session: Session, at: datetime, limit: int) -> Fired:
    outcomes: dict[str, list[int]] = {state: [] for state in ("fired", "pending", "failed", BUSY, WAITING)}
    lateness = 0
    for timer in claim(session, at, limit):
        if timer.state != "pending":
            continue  # an effect earlier in this batch took it back
        late = int((at - timer.due_at).total_seconds())
        outcome = _fire(Tx(desk, session, SYSTEM, at, due_at=timer.due_at), timer)
        outcomes[outcome].append(timer.id)
        lateness = max(lateness, late if outcome not in (BUSY, WAITING) else 0)
        if len(outcomes[BUSY]) == MOST_BUSY:
            break
    _mark(session, outcomes["fired"], at)
    fired, retried, failed, _, waiting = (len(each) for each in outcomes.values())
    return Fired(fired, retried, failed, lateness, waiting)


def _fire(tx: Tx, timer: Timer) -> str:
    """What became of it. A savepoint keeps one that fails from taking the batch with it."""
    if waits_for_opening(tx, timer):
        return WAITING
    try:
        with tx.session.begin_nested():
            EFFECTS[timer.kind](tx, timer)
    except DBAPIError as error:
        if collided(error) or held(error):
            timer.next_at = tx.now + LOOK_AGAIN
            return BUSY  # somebody acts on what it needs: no try, and those that come after it come first
        if of_the_machine(error):
            raise  # everything is taken back, and tried again
        return put_off(tx, timer, error)
    except Exception as error:  # noqa: BLE001 - one timer's mistake must not hold up the others
        return put_off(tx, timer, error)
    return "fired"


def _mark(session: Session, fired: list[int], at: datetime) -> None:
    """All of a batch in one statement, in the transaction of their effects."""
    if fired:
        marked = update(Timer).where(Timer.id.in_(fired))
        marked = marked.values(state="fired", fired_at=at, error=None, attempts=Timer.attempts + 1)
        session.execute(marked.execution_options(synchronize_session=False))
