"""How far behind the clock is, and when it last looked."""

from datetime import datetime

from sqlalchemy import func, select

from sla.desk.office import Tx
from sla.store.database import PATIENCE_MS
from sla.store.heartbeats import last_beat
from sla.store.tables import Timer
from sla.store.turns import wait_at_most


def failed_timers(tx: Tx) -> int:
    """How many were given up, and wait for a manager."""
    return tx.session.scalar(select(func.count()).select_from(Timer).where(Timer.state == "failed")) or 0


def oldest_overdue(tx: Tx) -> datetime | None:
    """Since when the clock owes a look at something; None if it owes none. What waits for another try after one that
    failed is late, but not by the clock's fault. Of a table that is locked it is told soon that it can't be read."""
    wait_at_most(tx.session, PATIENCE_MS)
    oldest = select(func.min(Timer.next_at)).where(Timer.state == "pending", Timer.next_at <= tx.now)
    return tx.session.scalar(oldest)


def last_look(tx: Tx) -> datetime | None:
    """When a clock of any process last looked at what is due; None if none ever did."""
    return last_beat(tx.session)
