"""One timer runs a technician: what runs elsewhere is stopped, its time logged, as another begins."""

from dataclasses import dataclass

from sla.desk.both_tongues import time_said
from sla.desk.office import Tx
from sla.desk.said import Said
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import Timed, end_stint, running_of
from sla.desk.stretches import locked_technician
from sla.errors import TimerRuns
from sla.store.tables import Person, Stint, Ticket


@dataclass(frozen=True, slots=True)
class Cleared:
    """`running`: the technician's timer, if it is on this ticket; `stopped`: the one that ran elsewhere."""

    ticket: Ticket
    technician: Person
    running: Stint | None = None
    stopped: Timed | None = None


def cleared(tx: Tx, number: int, *, instead: bool) -> Cleared:
    """The ticket and the technician who acts, locked. What runs elsewhere is stopped if `instead`, else TimerRuns."""
    other = running_of(tx, tx.actor.id)
    elsewhere = other.ticket_id if other is not None and other.ticket_id != number else None
    tickets = {each: ticket_in_sight(tx, each, lock=True) for each in sorted({number, elsewhere or number})}
    technician, ticket = locked_technician(tx, tx.actor.id or 0), tickets[number]
    other = running_of(tx, technician.id)  # as it stands now that nobody else can move it
    if other is None or other.ticket_id == number:
        return Cleared(ticket, technician, other)
    if not instead or other.ticket_id not in tickets:
        raise TimerRuns(ticket=other.ticket_id, since=time_said(tx, other.started_at))
    return Cleared(ticket, technician, None, end_stint(tx, tickets[other.ticket_id], other, Said()))
