"""The four hours that bind TMA work on a ticket, however it was deposited (booklet, « Mise en place et création »)."""

from sla.contract.service_item import over_limit
from sla.desk.office import Tx
from sla.desk.timers import TimerKind, schedule
from sla.store.tables import Ticket
from sla.ticket.states import OPEN


def is_over(tx: Tx, ticket: Ticket, minutes: int) -> bool:
    """Whether this much work belongs to deployment; what maintenance covers has no limit."""
    return ticket.level == "tma" and over_limit(tx.settings.catalogue.get(ticket.item), minutes)


def hand_over_if_worked_too_long(tx: Tx, ticket: Ticket) -> bool:
    """Write the timer that hands the ticket to deployment, if the time logged on it passes the limit."""
    over = is_over(tx, ticket, ticket.worked_minutes)
    if over and ticket.state in OPEN:
        mark, data = f"logged:{ticket.seq}", {"cause": "logged"}
        schedule(tx, TimerKind.ESCALATION, ticket.id, tx.now, due_at=tx.now, mark=mark, data=data)
    return over
