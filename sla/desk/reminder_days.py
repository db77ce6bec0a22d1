"""When the end of something is told ahead of it, and when hours are gone for good."""

from datetime import date, datetime, timedelta

from sla.desk.office import Tx
from sla.store.tables import Forfait


def told_ahead(tx: Tx, last_day: date, days: int) -> datetime:
    """The opening of the last open day that lies so many days ahead of a last day, or before."""
    day = last_day - timedelta(days=days)
    while not tx.hours.open_day(day):
        day -= timedelta(days=1)
    return tx.hours.hours_of(day)[0][0]


def expires_at(tx: Tx, pack: Forfait) -> datetime:
    """The opening after the working days, from its last day on, in which work typed late still finds its forfait."""
    closing = tx.settings.midnight(pack.last_day + timedelta(days=1)) - timedelta(seconds=1)
    return tx.hours.add_days(closing, tx.settings.forfaits.expiry_grace_days)


def is_gone(tx: Tx, pack: Forfait) -> bool:
    """By the calendar alone: the entry that says so may be late, and no amount depends on when it is written."""
    return pack.last_day < tx.today and expires_at(tx, pack) <= tx.now
