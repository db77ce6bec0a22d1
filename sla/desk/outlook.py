"""How long a company's hours last: the pace of the last ninety days, played forward over the desk's open days."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from sla.contract.forecast import LEAST_DAYS, SETTLED_DAYS, Forecast, Holding, Range, forecast
from sla.desk.office import Tx
from sla.store.tables import Forfait, Intervention, Ticket

OBSERVED_DAYS = 90
"""Days of the past that tell the pace."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`day`, `low`, `high`: when nothing is left, in the middle one of the futures and eight times in ten between; None
    where what is left outlasts its validity. `unused`: quarter-hours that will expire. `since`, `open_days`: what the
    pace is known from. `weekly_tenths`: its quarter-hours a week, in tenths."""

    day: date | None
    low: date | None
    high: date | None
    likely: float
    unused: Range
    weekly_tenths: int
    since: date
    open_days: int

    @property
    def settled(self) -> bool:
        """Whether the past is long enough for the range to hold eight times in ten: a busy week may not have come."""
        return self.open_days >= SETTLED_DAYS


def outlook(tx: Tx, company_id: int, packs: Sequence[Forfait]) -> Outlook | None:
    """None while too little is known, or without any hour left. `packs`: the company's."""
    held = [pack for pack in packs if pack.balance_quarters and pack.last_day >= tx.today]
    since = _since(tx, company_id) if held else None
    if since is None:
        return None
    past = [day for day in _open_days(tx, since, tx.today) if day < tx.today]
    if len(past) < LEAST_DAYS:
        return None
    ahead = _open_days(tx, tx.today, max(pack.last_day for pack in held))
    told = forecast(_consumed(tx, company_id, past), [_holding(pack, ahead) for pack in held])
    return _dated(told, ahead, since) if told is not None else None


def _since(tx: Tx, company_id: int) -> date | None:
    """The first day of the past that counts: none before the company's first ticket."""
    first = tx.session.scalar(select(func.min(Ticket.deposited_at)).where(Ticket.company_id == company_id))
    return max(tx.day_of(first), tx.today - timedelta(days=OBSERVED_DAYS)) if first is not None else None


def _open_days(tx: Tx, first: date, last: date) -> list[date]:
    start, end = tx.settings.midnight(first), tx.settings.midnight(last + timedelta(days=1))
    return sorted({tx.day_of(opening) for opening, _ in tx.hours.spans(start, end)})


def _consumed(tx: Tx, company_id: int, past: Sequence[date]) -> list[int]:
    """Quarter-hours of TMA work on each open day; what was done on a closed one counts for the open day before."""
    if not past:
        return []
    query = select(Intervention.day, Intervention.consumed_quarters).join(Ticket, Ticket.id == Intervention.ticket_id)
    query = query.where(Ticket.company_id == company_id, Intervention.day >= past[0], Intervention.day < tx.today)
    worked: Counter[date] = Counter()
    for day, quarters in tx.session.execute(query):
        worked[past[bisect_right(past, day) - 1]] += quarters
    return [worked[day] for day in past]


def _holding(pack: Forfait, ahead: Sequence[date]) -> Holding:
    return Holding(pack.balance_quarters, bisect_left(ahead, pack.first_day), bisect_right(ahead, pack.last_day))


def _dated(told: Forecast, ahead: Sequence[date], since: date) -> Outlook:
    day, low, high = (None if index is None else ahead[index] for index in told.days)
    return Outlook(day, low, high, told.likely, told.unused, told.weekly_tenths, since, told.observed)
