"""A timer that fails is tried again later, then parked with its error and raised to the managers."""

from datetime import timedelta

import structlog

from sla.desk.actor import SYSTEM
from sla.desk.office import Tx
from sla.desk.tell import having, tell
from sla.jobs.effects import EFFECTS
from sla.store.tables import Timer

log = structlog.get_logger(__name__)

DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""Between one try and the next; after the last it is parked."""


def put_off(tx: Tx, timer: Timer, error: Exception) -> str:
    """Its state from then on. A kind that this version knows nothing of is parked at once: waiting won't teach it, and
    the row must stay."""
    timer.attempts += 1
    timer.error = f"{type(error).__name__}: {error}"[:2000]
    known = timer.kind in EFFECTS
    if not known:
        timer.error = f"aucune action ne porte ce nom dans cette version : {timer.kind}"
    log.warning("timer failed", timer=timer.id, kind=timer.kind, attempts=timer.attempts, error=timer.error)
    if known and timer.attempts <= len(DELAYS):
        timer.next_at = tx.now + DELAYS[timer.attempts - 1]
    else:
        timer.state = "failed"
    tx.session.flush()
    if timer.state == "failed":
        with tx.session.begin_nested():
            _raise_to_managers(tx, timer)
    return timer.state


def _raise_to_managers(tx: Tx, timer: Timer) -> None:
    # Of its own: what the effect had cached of its ticket went with its savepoint.
    fresh = Tx(tx.desk, tx.session, SYSTEM, tx.now)
    tell(
        fresh,
        having(fresh, "manager"),
        "timer_failed",
        key=f"timer_failed:{timer.id}:{timer.attempts}",
        kind=timer.kind,
        subject=timer.subject,
        attempts=timer.attempts,
        reached_at=timer.reached_at,
        error=timer.error,
    )
