"""What the desk's past teaches a replay, read once a working day: what came before today's opening, and nothing after.

Two processes, or one asked twice on a day, draw from the same past.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.past_work import past_work
from sla.desk.scene import job, seconds
from sla.queue.expect.arrivals import Days
from sla.queue.expect.future import Past
from sla.queue.jobs import Job
from sla.store.tables import Ticket

REACH = 90
"""Days back from which deposits are drawn."""
WEEKS = 58
"""Longer than any desk stays closed."""


def experience(tx: Tx) -> Past:
    """Kept with the desk until the day, the calendar or what is promised changes."""
    today = midnight(tx, tx.day_of(tx.hours.next_open(tx.now)))
    key = today, tx.editions[-1].number, tx.promised[-1].number
    if tx.desk.learned is None or tx.desk.learned[0] != key:
        tx.desk.learned = key, Past(*past_work(tx, today), days(tx, today))
    return tx.desk.learned[1]


def midnight(tx: Tx, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=tx.settings.zone)


def days(tx: Tx, today: datetime) -> Days:
    """The deposits of the past weeks, by working day; none from before the desk's first."""
    deposits = list(_deposits(tx, today))
    first = min((tx.day_of(at) for at, _ in deposits), default=today.date())
    dates = (first + timedelta(days=n) for n in range((today.date() - first).days))
    found: dict[date, list[Job]] = {day: [] for day in dates if tx.hours.open_day(day)}
    for at, work in deposits:
        day = tx.day_of(tx.hours.next_open(at))
        if day in found:
            found[day].append(work)
    return Days([sorted(each, key=lambda work: work.since) for each in found.values()], _length(tx, today))


def _length(tx: Tx, today: datetime) -> float:
    """The working seconds of a day: those of the last week in which the desk opened, shared among its days."""
    for weeks in range(1, WEEKS + 1):
        week = [today.date() - timedelta(days=7 * weeks - n) for n in range(7)]
        opened = sum(tx.hours.open_day(day) for day in week)
        if opened:
            return seconds(tx, midnight(tx, week[0]), midnight(tx, week[-1] + timedelta(days=1))) / opened
    return seconds(tx, today, midnight(tx, tx.day_of(tx.hours.next_open(today)) + timedelta(days=1)))


def _deposits(tx: Tx, today: datetime) -> Iterator[tuple[datetime, Job]]:
    """What waited for an answer, with where in its day it came and what it would be promised now."""
    columns = Ticket.item, Ticket.severity, Ticket.level, Ticket.deposited_at
    query = select(*columns).where(Ticket.deposited_at >= today - timedelta(days=REACH), Ticket.deposited_at < today)
    waited = Ticket.answered_at.is_(None) | (Ticket.answered_at > Ticket.deposited_at)
    query = query.where(Ticket.level != "excluded", waited)
    for item, severity, level, at in tx.session.execute(query.order_by(Ticket.deposited_at)):
        began = tx.hours.next_open(at)
        since = seconds(tx, midnight(tx, tx.day_of(began)), began)
        target = float(tx.targets.promise(level, severity).first_response)
        yield at, job(tx, 0, item, severity, due=target, since=since)
