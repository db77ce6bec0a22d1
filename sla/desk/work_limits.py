"""Work that is timed, and the warnings that come while it goes on rather than when it is logged."""

from datetime import timedelta

from sla.contract.service_item import Coverage, near_limit
from sla.desk.agreed_work import agreed_minutes, tell_passed
from sla.desk.coverage import line_of
from sla.desk.four_hours import tell_near
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import begin_stint, elapsed, stops_at
from sla.desk.time_kept import bound_minutes
from sla.desk.timers import TimerKind, schedule
from sla.store.tables import Stint, Ticket


def begin_timed(tx: Tx, ticket: Ticket, technician: int) -> Stint:
    """The timer begins; its technician is warned before the four hours, and as the agreed time is reached."""
    stint = begin_stint(tx, ticket, technician)
    if ticket.level == Coverage.TMA:
        _warn_at(tx, stint, TimerKind.WORK_LIMIT, tx.settings.work.warn_minutes - bound_minutes(tx, ticket))
        _warn_at(tx, stint, TimerKind.WORK_AGREED, (agreed_minutes(tx, ticket) or 0) - bound_minutes(tx, ticket))
    return stint


def _warn_at(tx: Tx, stint: Stint, kind: TimerKind, minutes: int) -> None:
    at = stint.started_at + timedelta(minutes=minutes)
    if minutes > 0 and at < stops_at(tx, stint.started_at):
        schedule(tx, kind, stint.id, at, due_at=at)


def warn_running(tx: Tx, number: int) -> None:
    """Effect of the limit's timer: three hours are reached while the timer runs."""
    found = _running(tx, number)
    if found is None:
        return
    ticket, minutes = found
    if ticket.level == Coverage.TMA and near_limit(line_of(tx, ticket), minutes, tx.settings.work.warn_minutes):
        tell_near(tx, ticket, minutes)


def warn_agreed(tx: Tx, number: int) -> None:
    """Effect of the agreed time's timer: what the client accepted is used up while the timer runs."""
    found = _running(tx, number)
    if found is None:
        return
    ticket, minutes = found
    agreed = agreed_minutes(tx, ticket)
    if ticket.level == Coverage.TMA and agreed is not None and minutes >= agreed:
        tell_passed(tx, ticket, minutes)


def _running(tx: Tx, number: int) -> tuple[Ticket, int] | None:
    """The ticket of a timer that runs, and the minutes that bind on it now."""
    stint = tx.session.get(Stint, number)
    if stint is None or stint.state != "running":
        return None
    ticket = ticket_in_sight(tx, stint.ticket_id)
    return ticket, bound_minutes(tx, ticket) + elapsed(stint, tx.now)
