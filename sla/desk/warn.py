"""`warn`: an SLA level is reached; who must know grows with the share of the promised time that is used."""

from datetime import datetime

from sla.contract.targets import BREACH_SHARE
from sla.desk.history import life_of
from sla.desk.office import Tx
from sla.desk.promises import keep_levels, postpone_level
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.store.tables import Person, Ticket
from sla.ticket.clock import ClockName, Mark

DISPATCHERS_FROM = 90
"""Per cent of the promised time from which those who can still move the work are told."""


def warn(tx: Tx, number: int, clock: str, share: int, due_at: datetime) -> bool:
    """Effect of an SLA level's timer; False if nobody is told: the clock has stopped, the level has moved, or support
    is closed, and it waits for the opening.

    A closure that was saved since leaves the timers of the old deadline where they are: none of the new one's is due
    before them, and the first to fall due writes those.
    """
    ticket = ticket_in_sight(tx, number, lock=True)
    running = life_of(tx, ticket).clock(ClockName(clock))
    if running.mark is not Mark.RUNNING or running.due_at is None:
        return False
    hours = tx.hours_of(ticket.level, ticket.severity, running.name)
    if running.due_at != due_at:
        keep_levels(tx, ticket, running)
        reached = running.reaches(share, hours)
        if reached is None or hours.next_open(reached) > tx.now:
            return False
        due_at = running.due_at
    if not hours.is_open(tx.now):
        postpone_level(tx, ticket, running, share, hours.next_open(tx.now))
        return False
    tell(
        tx,
        _told(tx, ticket, running.name, share),
        "sla_level",
        key=f"sla_level:{ticket.id}:{clock}:{running.cycle}:{due_at:%Y%m%dT%H%M%S}:{share}",
        ticket=ticket,
        clock=running.name,
        share=share,
        due_at=due_at,
        technician=next(iter(technician_of(tx, ticket)), None),
    )
    return True


def _told(tx: Tx, ticket: Ticket, clock: ClockName, share: int) -> list[Person]:
    """Deployment's own clock is deployment's; any other the technician's, or the dispatchers' while nobody has it."""
    at_work = having(tx, "deployment") if clock is ClockName.DEPLOYMENT else technician_of(tx, ticket)
    people = list(at_work)
    if share >= DISPATCHERS_FROM or not at_work:
        people += having(tx, "dispatcher")
    if share >= BREACH_SHARE:
        people += having(tx, "manager")
    return people
