"""A ticket waits for the client to buy hours: nothing of it is lost, and who can buy is told why."""

from sla.contract.decision import Decision
from sla.desk.actor import SYSTEM
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.tell import contacts, tell
from sla.store.tables import Ticket
from sla.ticket.facts import Kind


def await_hours(tx: Tx, ticket: Ticket, decision: Decision) -> None:
    """Until a forfait of the company has hours again: see `start_hours`."""
    record(tx.as_actor(SYSTEM), ticket, Kind.WAITING_CLIENT, text=decision.reason_fr, reason="forfait")
    tell(
        tx,
        contacts(tx, ticket.company_id, "account", "approver"),
        "forfait_needed",
        key=f"forfait:{ticket.id}:{ticket.seq}",
        ticket=ticket,
        reason=decision.reason_fr,
        reason_en=decision.reason_en,
    )
