"""When the end of something is told ahead of it."""

from datetime import date, datetime, timedelta

from sla.desk.office import Tx


def told_ahead(tx: Tx, last_day: date, days: int) -> datetime:
    """The opening of the last open day that lies so many days ahead of a last day, or before."""
    day = last_day - timedelta(days=days)
    while not tx.hours.open_day(day):
        day -= timedelta(days=1)
    return tx.hours.hours_of(day)[0][0]
