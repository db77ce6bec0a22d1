"""Every promise decided between two days: what its history has judged, and what has passed without a word since."""

from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, literal, null, or_, select

from sla.desk.office import Tx
from sla.store.tables import ClockRow, Company, Person, Ticket, VerdictRow

SAME_CYCLE = and_(
    ClockRow.ticket_id == VerdictRow.ticket_id, ClockRow.name == VerdictRow.clock, ClockRow.cycle == VerdictRow.cycle
)
PASSED = func.coalesce(ClockRow.overdue_at, ClockRow.due_at)
STILL = or_(ClockRow.mark == "running", ClockRow.mark == "paused").is_(True)


class Decided(NamedTuple):
    """One promise. `month`: its first day, at the desk; `technician`: whose it was, None where nobody's, and their
    address, which alone tells two of one name apart; `open`: missed, and still owed."""

    month: date
    at: datetime
    clock: str
    mark: str
    cause: str | None
    level: str
    severity: str
    open: bool
    ticket: int
    title: str
    company: str
    technician: str | None
    address: str | None


def decided(tx: Tx, first: date, end: date) -> list[Decided]:
    """From the first day to the last, excluded, and not after now."""
    zone = tx.settings.zone
    begin, until = (datetime.combine(day, time(), zone) for day in (first, end))
    found: list[Decided] = []
    judged, silent = _judged().where(VerdictRow.at <= tx.now), _silent().where(tx.now > PASSED)
    for at, query in ((VerdictRow.at, judged), (PASSED, silent)):
        rows = tx.session.execute(query.where(at >= begin, at < until))
        found += [Decided(row[0].astimezone(zone).date().replace(day=1), *row) for row in rows]
    return found


def _judged() -> Select[*tuple[Any, ...]]:
    verdict = VerdictRow
    of = verdict.at, verdict.clock, verdict.mark, verdict.cause, verdict.level, verdict.severity, STILL
    joined = select(*of, *_WHOSE).select_from(VerdictRow).join(Ticket, Ticket.id == VerdictRow.ticket_id)
    return _named(joined.outerjoin(ClockRow, SAME_CYCLE), VerdictRow.technician_id)


def _silent() -> Select[*tuple[Any, ...]]:
    """Clocks past their deadline in whose history nothing has happened since, or nothing since verdicts are kept."""
    clock = PASSED, ClockRow.name, literal("missed"), null()
    joined = select(*clock, Ticket.level, Ticket.severity, STILL, *_WHOSE).select_from(ClockRow)
    joined = joined.join(Ticket, Ticket.id == ClockRow.ticket_id).outerjoin(VerdictRow, SAME_CYCLE)
    return _named(
        joined.where(or_(ClockRow.mark == "running", ClockRow.overdue_at.is_not(None)), VerdictRow.at.is_(None)),
        Ticket.technician_id,
    )


_WHOSE = Ticket.id, Ticket.title, Company.name, Person.name, Person.email


def _named(query: Select[*tuple[Any, ...]], technician: Any) -> Select[*tuple[Any, ...]]:
    return query.join(Company, Company.id == Ticket.company_id).outerjoin(Person, Person.id == technician)
