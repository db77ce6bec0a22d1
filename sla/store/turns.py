"""Who goes first, on PostgreSQL. On SQLite one transaction writes at a time, and none of this is needed.

One order of locks holds everywhere: the calendar; tickets, the lowest number first; what hangs on a ticket
(appointments, estimates); a person's diary; a company's account, then its forfaits; timers; messages. Timers alone are
locked the other way round, before what they are about, by a claim that never waits: see `sla.jobs.claim`.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

CALENDAR = 0x534C42  # any number, as long as it stays the same


def on_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def share_calendar(session: Session) -> None:
    """Whoever counts by the calendar does so by one edition from beginning to end: an edit waits for it."""
    if on_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": CALENDAR})


def have_calendar_alone(session: Session) -> None:
    """To edit it; asked for before any other lock, once those who count by it have ended."""
    if on_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CALENDAR})


def wait_at_most(session: Session, milliseconds: int) -> None:
    """A lock that can't be had in this time fails its statement, as `sla.store.faults.held` knows it."""
    if on_postgresql(session):
        session.execute(text(f"SET LOCAL lock_timeout = {int(milliseconds)}"))
