"""`contest` and `uphold`: the client disagrees with who pays; a dispatcher requalifies, or says why it stays so."""

from sla.desk.disagreement import disagree
from sla.desk.history import life_of, record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import tell_client
from sla.desk.typed import one_text
from sla.errors import AlreadyDone, Both
from sla.store.tables import Ticket
from sla.ticket.facts import Kind


def contest(tx: Tx, number: int, *, reason: str) -> Ticket:
    """At any time, of a ticket that has ended too; what was consumed is corrected if support comes to agree."""
    reason = one_text("reason", reason, 2000)
    ticket = ticket_in_sight(tx, number, lock=True)
    disagree(tx, ticket, reason)
    return ticket


def uphold(tx: Tx, number: int, *, reason: str) -> Ticket:
    """The coverage stays as it is, and the client reads why. AlreadyDone where nobody disagrees."""
    reason = one_text("reason", reason, 2000)
    ticket = ticket_in_sight(tx, number, lock=True)
    if not life_of(tx, ticket).contested:
        raise AlreadyDone(what=Both("personne ne conteste cette prise en charge", "nobody contests this coverage"))
    event = record(tx, ticket, Kind.UPHELD, text=reason)
    tell_client(tx, ticket, "upheld", key=f"upheld:{ticket.id}:{event.seq}", reason=reason)
    return ticket
