"""Timers that are due, claimed together with what they are about.

Nothing here waits: a timer that another process holds is passed over, and so is one whose ticket or account somebody
acts on now. Verbs lock a ticket before its timers; a claim that waited for the ticket, its timer in hand, would be the
other half of a deadlock. What was passed over is looked at again a second later, and hides nothing that comes after it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, tuple_
from sqlalchemy.orm import Session

from sla.desk.timers import About, about
from sla.store.tables import Appointment, Company, Estimate, Forfait, Stint, Ticket, Timer
from sla.store.turns import on_postgresql

# Written into the statement: a bound value would keep the planner from the index of what is pending.
PENDING = Timer.state == literal("pending", literal_execute=True)

OWNERS: dict[About, Select[Any]] = {
    About.TICKET: select(Ticket.id).order_by(Ticket.id).with_for_update(key_share=True, skip_locked=True),
    About.APPOINTMENT: select(Appointment.id)
    .join(Ticket, Ticket.id == Appointment.ticket_id)
    .order_by(Ticket.id, Appointment.id)
    .with_for_update(key_share=True, skip_locked=True),
    About.ESTIMATE: select(Estimate.id)
    .join(Ticket, Ticket.id == Estimate.ticket_id)
    .order_by(Ticket.id, Estimate.id)
    .with_for_update(key_share=True, skip_locked=True),
    About.STINT: select(Stint.id)
    .join(Ticket, Ticket.id == Stint.ticket_id)
    .order_by(Ticket.id, Stint.id)
    .with_for_update(key_share=True, skip_locked=True),
    About.FORFAIT: select(Forfait.id)
    .join(Company, Company.id == Forfait.company_id)
    .order_by(Company.id, Forfait.id)
    .with_for_update(key_share=True, skip_locked=True),
}
ROWS: dict[About, Any] = {
    About.TICKET: Ticket.id,
    About.APPOINTMENT: Appointment.id,
    About.ESTIMATE: Estimate.id,
    About.STINT: Stint.id,
    About.FORFAIT: Forfait.id,
}


def claim(session: Session, at: datetime, limit: int) -> list[Timer]:
    """At most `limit` timers due at `at`, the earliest due first; they and their subjects are this transaction's. None
    only if all that is due is in others' hands."""
    for page in _pages(session, at, limit):
        if claimed := _free(session, page) if on_postgresql(session) else list(page):
            return claimed
    return []


def _pages(session: Session, at: datetime, limit: int) -> Iterator[Sequence[Timer]]:
    """All that is due and in no other's hands, page by page."""
    due = select(Timer).where(PENDING, Timer.next_at <= at).order_by(Timer.next_at, Timer.id).limit(limit)
    due = due.with_for_update(skip_locked=True)
    page = session.scalars(due).all()
    while page:
        yield page
        last = page[-1].next_at, page[-1].id
        page = session.scalars(due.where(tuple_(Timer.next_at, Timer.id) > last)).all() if len(page) == limit else ()


def _free(session: Session, timers: Sequence[Timer]) -> list[Timer]:
    busy = {kind: _busy(session, kind, timers) for kind in OWNERS}
    return [timer for timer in timers if timer.subject not in busy.get(about(timer.kind), ())]


def _busy(session: Session, kind: About, timers: Sequence[Timer]) -> set[int]:
    """The subjects that others act on. One that is not there at all is nobody's, and its timer's effect will say so."""
    wanted = {timer.subject for timer in timers if about(timer.kind) is kind}
    if not wanted:
        return set()
    row = ROWS[kind]
    rest = wanted - set(session.scalars(OWNERS[kind].where(row.in_(wanted))))
    return set(session.scalars(select(row).where(row.in_(rest)))) if rest else set()
