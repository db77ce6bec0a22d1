"""Who pays for a request of a company, today."""

from datetime import date

from sqlalchemy import select

from sla.contract.decision import Decision, Outcome, decide
from sla.contract.service_item import ServiceItem, at_level
from sla.desk.ledger import forfaits_of, left_on
from sla.desk.office import Tx
from sla.desk.sight import company_in_sight
from sla.store.tables import Contract, Ticket


def line_of(tx: Tx, ticket: Ticket) -> ServiceItem:
    """The ticket's line, at the coverage that the ticket has."""
    return at_level(tx.settings.catalogue.get(ticket.item), ticket.level)


def coverage_for(tx: Tx, company_id: int, item: str, level: str | None = None) -> Decision:
    """Who pays for a line today, by the company's contracts and the hours left on its forfaits; `level`: the coverage
    that support has given it instead of the booklet's."""
    company_in_sight(tx, company_id)
    line = tx.settings.catalogue.get(item)
    maintained, left = has_contract(tx, company_id, tx.today), left_on(tx, company_id, tx.today)
    return decide(at_level(line, level or line.coverage), has_maintenance=maintained, quarters_left=left)


def coverage_decided(tx: Tx, company_id: int, item: str, level: str | None = None) -> Decision:
    """The same for a ticket that will follow it. One that is to wait for hours is decided with the account in hand: a
    purchase at the same instant is either seen here, or finds the ticket waiting."""
    decision = coverage_for(tx, company_id, item, level)
    if decision.outcome is not Outcome.WAITS_FORFAIT:
        return decision
    forfaits_of(tx, company_id, lock=True)
    return coverage_for(tx, company_id, item, level)


def has_contract(tx: Tx, company_id: int, day: date, level: str = "maintenance") -> bool:
    query = select(Contract.id).where(Contract.company_id == company_id, Contract.level == level)
    query = query.where(Contract.first_day <= day, Contract.last_day >= day).limit(1)
    return tx.session.scalar(query) is not None
