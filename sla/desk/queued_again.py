"""A ticket that had ended comes back: paid for like a new request, and queued, or waiting for what it lacks."""

from sla.contract.decision import Outcome
from sla.contract.service_item import Coverage
from sla.desk.actor import SYSTEM
from sla.desk.coverage import coverage_decided
from sla.desk.hours_awaited import await_hours
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.store.tables import Ticket


def queue_again(tx: Tx, ticket: Ticket) -> None:
    """Hours that have run out are waited for; what nobody treats awaits a dispatcher."""
    by_service = tx.as_actor(SYSTEM)
    decision = coverage_decided(by_service, ticket.company_id, ticket.item, ticket.level)
    if decision.outcome is Outcome.WAITS_FORFAIT:
        await_hours(by_service, ticket, decision)
    elif ticket.level != Coverage.EXCLUDED:
        enqueue(by_service, ticket)
