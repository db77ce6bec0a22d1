"""The four hours that bind TMA work on a ticket, however it was deposited (booklet, « Mise en place et création »)."""

from typing import Any

from sla.contract.service_item import near_limit, over_limit
from sla.desk.coverage import line_of
from sla.desk.office import Tx
from sla.desk.tell import technician_of, tell
from sla.desk.time_kept import bound_minutes
from sla.desk.timers import TimerKind, schedule
from sla.store.tables import Ticket
from sla.ticket.states import OPEN


def is_over(tx: Tx, ticket: Ticket, minutes: int) -> bool:
    """Whether this much work belongs to deployment; what maintenance covers has no limit."""
    return over_limit(line_of(tx, ticket), minutes)


def hand_over_if_worked_too_long(tx: Tx, ticket: Ticket) -> bool:
    """Write the timer that hands the ticket to deployment, if the time logged on it passes the limit."""
    over = is_over(tx, ticket, bound_minutes(tx, ticket))
    if over and ticket.state in OPEN:
        mark, data = f"logged:{ticket.seq}", {"cause": "logged"}
        schedule(tx, TimerKind.ESCALATION, ticket.id, tx.now, due_at=tx.now, mark=mark, data=data)
    return over


def guard_four_hours(tx: Tx, ticket: Ticket, before: int) -> None:
    """After time was logged, `before` having been bound till then: hand over beyond the limit, warn as it nears."""
    if hand_over_if_worked_too_long(tx, ticket) or ticket.level != "tma":
        return
    item, warn = line_of(tx, ticket), tx.settings.work.warn_minutes
    minutes = bound_minutes(tx, ticket)
    if near_limit(item, minutes, warn) and not near_limit(item, before, warn):
        tell_near(tx, ticket, minutes)


def warn_near(tx: Tx, ticket: Ticket) -> None:
    """Of a ticket whose coverage was changed: what is logged on it may near the limit already."""
    minutes, counts = bound_minutes(tx, ticket), ticket.state in OPEN and ticket.level == "tma"
    if counts and near_limit(line_of(tx, ticket), minutes, tx.settings.work.warn_minutes):
        tell_near(tx, ticket, minutes)


def tell_near(tx: Tx, ticket: Ticket, minutes: int) -> None:
    """Once a ticket."""
    item, key = line_of(tx, ticket), f"near_limit:{ticket.id}"
    limit: dict[str, Any] = {"limit": item.limit_minutes, "exclusive": item.limit_exclusive}
    tell(tx, technician_of(tx, ticket), "near_limit", key=key, ticket=ticket, minutes=minutes, **limit)
