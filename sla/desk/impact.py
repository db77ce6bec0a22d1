"""What an edit of the calendar would change: the deadlines that move, the promises that break, the work lost or won."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import aliased

from sla.calendar import BusinessCalendar, changed_between
from sla.desk.calendar_danger import Danger, endangered
from sla.desk.office import Tx
from sla.desk.queueing import Holes
from sla.store.tables import Absence, Appointment, ClockRow, Company, Person, Ticket
from sla.ticket.clock import ClockName
from sla.ticket.fold import WINDOW

AHEAD = timedelta(days=400)
SLOT = timedelta(minutes=15)
LOOKS = 400


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that would move. `clock`: a clock's name, or `acceptance` for the end of that window. `client`: who
    deposited the ticket."""

    ticket: int
    company: str
    client: int
    clock: str
    old: datetime
    new: datetime


@dataclass(frozen=True, slots=True)
class Broken:
    """An appointment that would begin in, end in or run over a closed time, and the nearest free instant after it."""

    appointment: int
    kind: str
    ticket: int
    company: str
    client: int
    requester: str
    technician_id: int
    technician: str
    starts_at: datetime
    minutes: int
    proposal: datetime


@dataclass(frozen=True, slots=True)
class Impact:
    """`open_s`: open seconds won (negative: lost) from now on; `paused` clocks have no deadline to move; `clients`: how
    many people of companies are concerned, `told` those of them whose deadlines move."""

    at: datetime
    moved: Sequence[Moved]
    broken: Sequence[Broken]
    danger: Danger
    open_s: int
    running: int
    paused: int
    clients: int
    told: int


def impact_of(tx: Tx, new: BusinessCalendar) -> Impact:
    """Computed on every running clock; nothing is written."""
    spliced = tx.hours.until(tx.now, new)
    moved = [*moved_deadlines(tx, spliced), *moved_acceptances(tx, spliced)]
    marks = dict(tx.session.execute(select(ClockRow.mark, func.count()).group_by(ClockRow.mark)).all())
    changes = changed_between(tx.hours, spliced, tx.now, tx.now + AHEAD)
    open_s = sum(int((each.end - each.start).total_seconds()) * (1 if each.opens else -1) for each in changes)
    broken = list(broken_promises(tx, spliced))
    told = {each.client for each in moved}
    clients = told | {each.client for each in broken}
    running, paused = marks.get("running", 0), marks.get("paused", 0)
    danger = endangered(tx, spliced, moved, broken)
    return Impact(tx.now, moved, broken, danger, open_s, running, paused, len(clients), len(told))


def due_by_desk_hours(tx: Tx) -> list[ColumnElement[bool]]:
    """The clocks that run towards a deadline to come and count by the desk's calendar, not round the clock."""
    running = [ClockRow.mark == "running", ClockRow.overdue_at.is_(None), ClockRow.due_at >= tx.now]
    pairs = tx.targets.round_the_clock
    if not pairs:
        return running
    always = select(Ticket.id).where(Ticket.awaiting, tuple_(Ticket.level, Ticket.severity).in_(pairs))
    return [*running, ClockRow.ticket_id.not_in(always) | (ClockRow.name == ClockName.DEPLOYMENT)]


def moved_deadlines(tx: Tx, hours: BusinessCalendar) -> Iterable[Moved]:
    """One query over the clocks that run towards a deadline to come; the arithmetic in bulk."""
    query = (
        select(
            ClockRow.ticket_id,
            Company.name,
            Ticket.requester_id,
            ClockRow.name,
            ClockRow.since,
            ClockRow.due_at,
            ClockRow.target_s - ClockRow.spent_s,
        )
        .join(Ticket, Ticket.id == ClockRow.ticket_id)
        .join(Company, Company.id == Ticket.company_id)
        .where(*due_by_desk_hours(tx))
        .order_by(ClockRow.due_at, ClockRow.ticket_id)
    )
    rows = tx.session.execute(query).all()
    due = hours.add_many([row[4] for row in rows], [timedelta(seconds=row[6]) for row in rows])
    for (ticket, company, client, clock, _, old, _), new in zip(rows, due, strict=True):
        if old is not None and new != old:
            yield Moved(ticket, company, client, clock, old, new)


def moved_acceptances(tx: Tx, hours: BusinessCalendar) -> Iterable[Moved]:
    """Each window by the days that it was given."""
    rules = tx.rules
    query = select(Ticket.id, Company.name, Ticket.requester_id, Ticket.resolved_at, Ticket.accept_until)
    query = query.join(Company, Company.id == Ticket.company_id)
    query = query.where(Ticket.state == "resolved", Ticket.accept_until >= tx.now).order_by(Ticket.accept_until)
    for ticket, company, client, resolved_at, old in tx.session.execute(query):
        if resolved_at is not None and old is not None:
            new = hours.add_days(resolved_at, rules.at(resolved_at).acceptance_days)
            if new != old:
                yield Moved(ticket, company, client, WINDOW, old, new)


def broken_promises(tx: Tx, hours: BusinessCalendar) -> Iterable[Broken]:
    """Each appointment to come of which a closed time would take some, be it the end, with its replacement: same
    person, next free slot."""
    requester = aliased(Person)
    query = (
        select(Appointment, Company.name, requester.id, requester.name, Person.name)
        .join(Ticket, Ticket.id == Appointment.ticket_id)
        .join(Company, Company.id == Ticket.company_id)
        .join(requester, requester.id == Ticket.requester_id)
        .join(Person, Person.id == Appointment.technician_id)
        .where(Appointment.state == "booked", Appointment.starts_at > tx.now)
        .order_by(Appointment.starts_at)
    )
    booked = [(row[0], row[1], row[2], row[3], row[4]) for row in tx.session.execute(query)]
    broken = [row for row in booked if _open(hours, row[0]) < _open(tx.hours, row[0])]
    kept = {each.id for each, *_ in booked} - {each.id for each, *_ in broken}
    taken = {(each.technician_id, each.starts_at, each.minutes) for each, *_ in booked if each.id in kept}
    away = absences(tx)
    for made, company, client, who, technician in broken:
        promised = _open(tx.hours, made)
        there = hours.minus(away[made.technician_id]) if made.technician_id in away else hours
        proposal = _free(there, made, promised, taken)
        taken.add((made.technician_id, proposal, made.minutes))
        yield Broken(
            made.id, made.kind, made.ticket_id, company, client, who, made.technician_id, technician,
            made.starts_at, made.minutes, proposal,
        )  # fmt: skip


def _open(hours: BusinessCalendar, made: Appointment) -> timedelta:
    return hours.between(made.starts_at, made.starts_at + timedelta(minutes=made.minutes))


def absences(tx: Tx) -> dict[int, Holes]:
    """Each technician's, those that go on and those to come."""
    found: dict[int, Holes] = {}
    for each in tx.session.scalars(select(Absence).where(Absence.ends_at > tx.now)):
        found.setdefault(each.technician_id, []).append((each.starts_at, each.ends_at, each.label))
    return found


def _free(
    there: BusinessCalendar, made: Appointment, promised: timedelta, taken: Iterable[tuple[int, datetime, int]]
) -> datetime:
    """With as much of it in working time as had been promised, where the technician has nothing else."""
    mine = [(start, start + timedelta(minutes=minutes)) for who, start, minutes in taken if who == made.technician_id]
    at = there.next_open(made.starts_at)
    for _ in range(LOOKS):
        end = at + timedelta(minutes=made.minutes)
        if there.between(at, end) >= promised and not any(start < end and at < until for start, until in mine):
            return at
        at = there.next_open(at + SLOT)
    return at
