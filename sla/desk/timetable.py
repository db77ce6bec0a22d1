"""Which calendar is in force: config/calendar.toml's until the first edit, then each saved edition from its instant on.

The calendar of edition n is that of n−1 before it was saved and its own from then on, so that no edit changes the past.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sla.calendar import BusinessCalendar
from sla.store.tables import CalendarVersion

KEPT = "editions"


@dataclass(frozen=True, slots=True)
class Edition:
    """`since`: None for the first."""

    number: int
    since: datetime | None
    hours: BusinessCalendar


Editions = tuple[Edition, ...]


class Timetable:
    """The editions of a desk, read once and then only as new ones appear; shared by the threads of a process."""

    def __init__(self, first: BusinessCalendar) -> None:
        self._read: Editions = (Edition(0, None, first),)

    def editions(self, session: Session) -> Editions:
        """As this transaction sees them, the oldest first; never empty."""
        if KEPT not in session.info:
            newest = session.scalar(select(func.max(CalendarVersion.number))) or 0
            session.info[KEPT] = self._up_to(session, newest)
        found: Editions = session.info[KEPT]
        return found

    def _up_to(self, session: Session, newest: int) -> Editions:
        known = self._read
        if newest > known[-1].number:
            later = select(CalendarVersion).where(CalendarVersion.number > known[-1].number)
            for row in session.scalars(later.order_by(CalendarVersion.number)):
                known = extended(known, row)
            self._read = known
        return tuple(each for each in known if each.number <= newest)


def extended(editions: Editions, row: CalendarVersion) -> Editions:
    """The editions with one more; the first that is kept in the database stands for the file's."""
    hours = BusinessCalendar.from_data(row.data, f"calendar {row.number}")
    if row.number == 1:
        return (Edition(1, None, hours),)
    return (*editions, Edition(row.number, row.saved_at, editions[-1].hours.until(row.saved_at, hours)))
