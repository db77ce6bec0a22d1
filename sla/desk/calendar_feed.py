"""The desk's hours, closures, openings and holidays for a calendar elsewhere (iCalendar)."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from sla.calendar import as_ics
from sla.desk.office import Tx
from sla.store.tables import CalendarVersion


def calendar_feed(tx: Tx) -> bytes:
    """This year and the next, of the calendar in force; the same bytes until it is edited or the year ends."""
    year = tx.today.year
    saved_at = tx.session.scalar(select(func.max(CalendarVersion.saved_at)))
    stamp = saved_at or datetime(year, 1, 1, tzinfo=UTC)
    return as_ics(tx.hours, date(year, 1, 1), date(year + 1, 12, 31), stamp=stamp)
