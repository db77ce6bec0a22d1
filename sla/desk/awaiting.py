"""What waits for the technicians: the queue's rows as the rules read them, and what each technician is at."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, case, func, select

from sla.desk.known import known
from sla.desk.office import Tx
from sla.desk.roster import LONGEST_APPOINTMENT
from sla.queue.dispatch import Work
from sla.store.tables import Absence, Appointment, ClockRow, Event, Stint, Ticket
from sla.ticket.clock import ClockName
from sla.ticket.facts import Kind
from sla.ticket.states import QUEUED, State

AT_WORK = (*QUEUED, State.IN_PROGRESS, State.PLANNED)
CALLS_FOR = (
    Kind.COMMENTED,
    Kind.RESUMED,
    Kind.ASSIGNED,
    Kind.ESTIMATE_ASKED,
    Kind.ESTIMATE_ACCEPTED,
    Kind.ESTIMATE_DECLINED,
    Kind.ESTIMATE_QUESTIONED,
)
"""What makes a ticket in progress a follow-up that waits for its technician."""
ACTS_ON = (
    Kind.TAKEN,
    Kind.ANSWERED,
    Kind.CALL_HELD,
    Kind.SESSION_HELD,
    Kind.WORKAROUND_GIVEN,
    Kind.WORKAROUND_IMPOSSIBLE,
    Kind.ESTIMATE_OFFERED,
    Kind.WORKED,
)
PUTS_ASIDE = (Kind.CALL_BOOKED, Kind.CALL_MOVED, Kind.CALL_MISSED)
"""What leaves a ticket in hand until a call: nobody is at it meanwhile."""


class Held(NamedTuple):
    """Whose a ticket in hand is, since when, and whether they are at it: it may await no more than a call."""

    technician: int | None
    since: datetime
    aside: bool = False


InHand = dict[int, Held]
"""By ticket."""
NEAREST = and_(ClockRow.ticket_id == Ticket.id, ClockRow.name == Ticket.due_clock)


def queue(
    tx: Tx,
    arriving: int | None = None,
    most: int | None = None,
    states: Sequence[State] = AT_WORK,
    hand: InHand | None = None,
) -> list[Work]:
    """Every ticket that a technician can work on now, or so many of the most urgent; what waits for someone else is
    not in it. `hand`: what is in hand, where it is known already.

    One that is still new awaits a dispatcher's decision (no contract), unless it is the one `arriving`.
    """
    rows = (
        select(
            Ticket.id,
            Ticket.item,
            Ticket.severity,
            Ticket.due_at,
            Ticket.due_clock,
            Ticket.deposited_at,
            Ticket.answered_at,
            Ticket.begun,
            Ticket.pinned,
            Ticket.technician_id,
            Ticket.company_id,
            Ticket.state,
            Ticket.worked_minutes,
            ClockRow.since,
        )
        .outerjoin(ClockRow, NEAREST)
        .where(Ticket.awaiting, Ticket.state.in_(states))
        .where((Ticket.state != State.NEW) | (Ticket.id == arriving))
    )
    if most is not None:
        rows = rows.order_by(Ticket.due_at.is_(None), Ticket.due_at, Ticket.deposited_at, Ticket.id).limit(most)
    hand = in_hand(tx) if hand is None else hand
    busy, usual, waits = at_work(tx, hand), known(tx).usual, _waits(tx, hand)
    return [_work(tx, row, busy, usual, waits) for row in tx.session.execute(rows)]


def _work(
    tx: Tx, row: Row[*tuple[Any, ...]], busy: dict[int, datetime], usual: Any, waits: dict[int, datetime]
) -> Work:
    """A ticket that comes back is known by whoever had it, another by the client's usual technician."""
    item, rules = tx.settings.catalogue.get(row.item), tx.settings.plan
    responds = owes_response(row.answered_at, row.due_clock)
    return Work(
        row.id,
        item.skill,
        row.due_at,
        rules.minutes(item, row.severity, responds=responds, worked=row.worked_minutes),
        row.deposited_at,
        row.technician_id if row.begun else None,
        row.technician_id if row.pinned else None,
        row.item,
        row.severity,
        rules.weighs(row.severity, responds=responds),
        row.answered_at is not None,
        waits_since(row.deposited_at, row.answered_at, row.since),
        busy.get(row.id) if row.begun else None,
        row.technician_id if row.state == State.REOPENED else usual.get(row.company_id),
        row.due_clock,
        rules.weighs(row.severity, responds=True),
        None if row.id in busy or (responds and row.state == State.PLANNED) else waits.get(row.id),
    )


def _waits(tx: Tx, hand: InHand) -> dict[int, datetime]:
    """When the appointment ends that the work on a ticket waits for: a call that it was put aside for, the session that
    it is planned for."""
    query = select(Appointment.ticket_id, Appointment.kind, Appointment.starts_at, Appointment.minutes, Ticket.state)
    query = query.join(Ticket, Ticket.id == Appointment.ticket_id).where(Appointment.state == "booked")
    query = query.where(Appointment.starts_at > tx.now - LONGEST_APPOINTMENT).order_by(Appointment.starts_at)
    found: dict[int, datetime] = {}
    for number, kind, starts_at, minutes, state in tx.session.execute(query):
        end = starts_at + timedelta(minutes=minutes)
        aside = number in hand and hand[number].aside
        if end > tx.now and (aside if kind == "callback" else state == State.PLANNED):
            found.setdefault(number, end)
    return found


def owes_response(answered_at: datetime | None, goal: str | None) -> bool:
    """Whether what is owed next is a response, which takes less than the resolution: the first, or the one to what the
    client wrote since (`goal`: the ticket's nearest clock)."""
    return answered_at is None or goal == ClockName.NEXT_RESPONSE


def waits_since(deposited_at: datetime, answered_at: datetime | None, running: datetime | None) -> datetime:
    """From when a ticket has been waiting for support; `running`: from when its nearest clock runs."""
    return max(each for each in (deposited_at, answered_at, running) if each is not None)


def in_hand(tx: Tx) -> InHand:
    """Tickets in progress that nothing has called for since someone last acted on them: whose, and since when."""
    woken, acted, aside = (
        func.max(case((Event.kind.in_(kinds), Event.seq), else_=0)) for kinds in (CALLS_FOR, ACTS_ON, PUTS_ASIDE)
    )
    at = func.max(case((Event.kind.in_(ACTS_ON), Event.at), else_=None))
    query = select(Ticket.id, Ticket.technician_id, at, aside > acted).join(Event, Event.ticket_id == Ticket.id)
    query = query.where(Ticket.awaiting, Ticket.state == State.IN_PROGRESS)
    found = tx.session.execute(query.group_by(Ticket.id, Ticket.technician_id).having(acted >= woken))
    return {number: Held(whose, since, bool(aside)) for number, whose, since, aside in found if since is not None}


def at_work(tx: Tx, hand: InHand | None = None) -> dict[int, datetime]:
    """The one ticket that each technician is at, and since when: what their timer runs on, none while that is a
    colleague's, else what they last acted on, save what they have put aside until a call. Of who is away it is a
    follow-up like others, which another may take over."""
    found: dict[int, tuple[int, datetime]] = {}
    absent = set(
        tx.session.scalars(select(Absence.technician_id).where(Absence.starts_at <= tx.now, Absence.ends_at > tx.now))
    )
    for number, (technician, since, aside) in (in_hand(tx) if hand is None else hand).items():
        if (
            technician is not None
            and not aside
            and technician not in absent
            and (technician not in found or since > found[technician][1])
        ):
            found[technician] = number, since
    running = select(Stint.technician_id, Stint.ticket_id, Stint.started_at, Ticket.technician_id)
    running = running.join(Ticket, Ticket.id == Stint.ticket_id).where(Stint.state == "running")
    for technician, number, since, owner in tx.session.execute(running):
        found.pop(technician, None)
        if technician == owner and technician not in absent:
            found[technician] = number, since
    return dict(found.values())
