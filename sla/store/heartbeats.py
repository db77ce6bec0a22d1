"""Signs of life that any process can see: whether the clock still looks, on whichever machine it runs."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from sla.store.database import Database
from sla.store.tables import Heartbeat

ALARM = "alarm"
SET_BACK = timedelta(minutes=30)
"""A sign of life so far ahead is of a clock that was set back since: it must not hide that nothing looks any more."""


def beat(database: Database, at: datetime) -> None:
    """The clock has looked. Of several clocks the latest counts, unless it was set back."""
    known = or_(Heartbeat.at.is_(None), Heartbeat.at < at, Heartbeat.at > at + SET_BACK)
    earlier = Heartbeat.name == ALARM, known
    with database.writing() as session:
        session.execute(update(Heartbeat).where(*earlier).values(at=at, beats=Heartbeat.beats + 1))


def last_beat(session: Session) -> datetime | None:
    """When a clock last looked; None if none ever did."""
    return session.scalar(select(Heartbeat.at).where(Heartbeat.name == ALARM))
