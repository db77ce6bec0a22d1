"""Work that is timed, and the warnings that come while it goes on rather than when it is logged."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from sla.contract.service_item import Coverage, near_limit
from sla.desk.agreed_work import agreed_minutes, tell_passed
from sla.desk.coverage import line_of
from sla.desk.four_hours import tell_near
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import begin_stint, stops_at
from sla.desk.time_kept import bound_minutes
from sla.desk.timers import TimerKind, cancel, schedule
from sla.store.tables import Stint, Ticket


def begin_timed(tx: Tx, ticket: Ticket, technician: int) -> Stint:
    """The timer begins; its technician is warned before the four hours, and as the agreed time is reached."""
    stint = begin_stint(tx, ticket, technician)
    warn_in_time(tx, ticket)
    return stint


def warn_in_time(tx: Tx, ticket: Ticket) -> None:
    """While timers run on the ticket: their warnings at the instants at which its time reaches the limits, as its
    coverage, its estimate and what is logged are now. What is passed already is said at once."""
    for stint in _running_on(tx, ticket.id):
        for kind in (TimerKind.WORK_LIMIT, TimerKind.WORK_AGREED):
            cancel(tx, kind, stint.id)
    if ticket.level == Coverage.TMA:
        _warn_at(tx, ticket, TimerKind.WORK_LIMIT, tx.settings.work.warn_minutes)
        _warn_at(tx, ticket, TimerKind.WORK_AGREED, agreed_minutes(tx, ticket) or 0)


def _warn_at(tx: Tx, ticket: Ticket, kind: TimerKind, minutes: int) -> None:
    """Timers that run side by side use up what is left together."""
    running, left = _running_on(tx, ticket.id), minutes - bound_minutes(tx, ticket)
    if not running or left <= 0:
        return
    worked = sum(((tx.now - each.started_at) for each in running), timedelta())
    at = max(tx.now, tx.now + (timedelta(minutes=left) - worked) / len(running))
    for stint in running:
        if at < stops_at(tx, stint.started_at):
            schedule(tx, kind, stint.id, at, due_at=at, mark=f"{minutes}:{at:%Y%m%dT%H%M%S}")


def _running_on(tx: Tx, ticket: int) -> Sequence[Stint]:
    query = select(Stint).where(Stint.ticket_id == ticket, Stint.state == "running")
    return tx.session.scalars(query.order_by(Stint.id)).all()


def warn_running(tx: Tx, number: int) -> None:
    """Effect of the limit's timer: three hours are reached while the timer runs."""
    found = _running(tx, number)
    if found is None:
        return
    ticket, minutes = found
    if near_limit(line_of(tx, ticket), minutes, tx.settings.work.warn_minutes):
        tell_near(tx, ticket, minutes)
    elif minutes < tx.settings.work.warn_minutes:
        warn_in_time(tx, ticket)  # another timer has stopped since


def warn_agreed(tx: Tx, number: int) -> None:
    """Effect of the agreed time's timer: what the client accepted is used up while the timer runs."""
    found = _running(tx, number)
    if found is None:
        return
    (ticket, minutes), agreed = found, agreed_minutes(tx, found[0])
    if agreed is None:
        return
    if minutes >= agreed:
        tell_passed(tx, ticket, minutes)
    else:
        warn_in_time(tx, ticket)


def _running(tx: Tx, number: int) -> tuple[Ticket, int] | None:
    """The ticket of a timer that runs, if it is TMA, and the minutes that bind on it now."""
    stint = tx.session.get(Stint, number)
    if stint is None or stint.state != "running":
        return None
    ticket = ticket_in_sight(tx, stint.ticket_id)
    if ticket.level != Coverage.TMA:
        return None
    worked = sum(((tx.now - each.started_at) for each in _running_on(tx, ticket.id)), timedelta())
    return ticket, bound_minutes(tx, ticket) + int(worked.total_seconds()) // 60
