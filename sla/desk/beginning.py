"""What binds a ticket to the technician who acts on it."""

from sla.desk.actor import Role
from sla.desk.history import life_of, record
from sla.desk.office import Tx
from sla.store.tables import Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import QUEUED, State


def begin(tx: Tx, ticket: Ticket) -> None:
    """Whoever does what only someone at work does has the ticket from then on, if nobody has begun it. A message on a
    planned ticket begins nothing: its session is still to come."""
    if ticket.state in QUEUED and tx.actor.role is Role.TECHNICIAN:
        record(tx, ticket, Kind.TAKEN, technician=tx.actor.id)


def begin_work(tx: Tx, ticket: Ticket) -> None:
    """The work itself: a planned ticket that nobody has begun is begun by it too."""
    unbegun = ticket.state in QUEUED or (ticket.state == State.PLANNED and not life_of(tx, ticket).begun)
    if unbegun and tx.actor.role is Role.TECHNICIAN:
        record(tx, ticket, Kind.TAKEN, technician=tx.actor.id)
