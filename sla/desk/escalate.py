"""`escalate` and `decline`: a request leaves support, for deployment or with the reason why it is not treated."""

from sla.desk.appointment_ends import let_go
from sla.desk.four_hours import is_over
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell, tell_client
from sla.desk.time_kept import bound_minutes
from sla.desk.typed import one_text
from sla.errors import Both
from sla.store.tables import Estimate, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import OPEN

GONE = Both(
    "Le service de déploiement reprend la demande et vous recontacte.",
    "The deployment desk takes the request over and will contact you.",
)
NOT_TREATED = Both("La demande n’est pas traitée par le support.", "Support does not treat the request.")

WHY = {
    "logged": (
        "Le temps passé dépasse les quatre heures de la tierce maintenance applicative\u00a0: le service de "
        "déploiement reprend la demande."
    ),
    "estimate": (
        "Le temps estimatif dépasse les quatre heures de la tierce maintenance applicative\u00a0: le service "
        "de déploiement reprend la demande."
    ),
}


def escalate(tx: Tx, number: int, *, reason: str, cause: str = "asked") -> Ticket:
    """Hand the ticket to the deployment desk (booklet, « Mise en place et création »); what was consumed stays
    consumed."""
    reason = one_text("reason", reason, 2000)
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.state in OPEN:
        let_go(tx, ticket, GONE)
    event = record(tx, ticket, Kind.TRANSFERRED, text=reason, reason=cause)
    tell(
        tx,
        having(tx, "deployment", "dispatcher") + technician_of(tx, ticket),
        "transferred",
        key=f"transferred:{ticket.id}:{event.seq}",
        ticket=ticket,
        reason=reason,
    )
    tell_client(tx, ticket, "transferred_client", key=f"transferred_client:{ticket.id}:{event.seq}", reason=reason)
    return ticket


def escalate_if_over(tx: Tx, number: int, cause: str) -> Ticket | None:
    """Effect of the four hours' timer, if it still holds."""
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.state not in OPEN or not is_over(tx, ticket, _minutes(tx, ticket, cause)):
        return None
    return escalate(tx, number, reason=WHY[cause], cause=cause)


def _minutes(tx: Tx, ticket: Ticket, cause: str) -> int:
    if cause == "logged":
        return bound_minutes(tx, ticket)
    last = tx.session.query(Estimate).where(Estimate.ticket_id == ticket.id).order_by(Estimate.id.desc()).first()
    return (last.minutes or 0) if last is not None else 0


def decline(tx: Tx, number: int, *, reason: str) -> Ticket:
    """Answer that support does not treat this; it stays on record and can be reopened."""
    reason = one_text("reason", reason, 2000)
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.state in OPEN:
        let_go(tx, ticket, NOT_TREATED)
    event = record(tx, ticket, Kind.DECLINED, text=reason, reason="decided")
    tell_client(tx, ticket, "declined", key=f"declined:{ticket.id}:{event.seq}", reason=reason)
    return ticket
