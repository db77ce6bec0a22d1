"""Who pays for a request of a company, today."""

from datetime import date

from sqlalchemy import select

from sla.contract.decision import Decision, Outcome, decide
from sla.desk.ledger import forfaits_of, left_on
from sla.desk.office import Tx
from sla.desk.sight import company_in_sight
from sla.store.tables import Contract


def coverage_for(tx: Tx, company_id: int, item: str) -> Decision:
    """Who pays for a line today, by the company's contracts and the hours left on its forfaits."""
    company_in_sight(tx, company_id)
    maintained, left = has_contract(tx, company_id, tx.today), left_on(tx, company_id, tx.today)
    return decide(tx.settings.catalogue.get(item), has_maintenance=maintained, quarters_left=left)


def coverage_decided(tx: Tx, company_id: int, item: str) -> Decision:
    """The same for a ticket that will follow it. One that is to wait for hours is decided with the account in hand: a
    purchase at the same instant is either seen here, or finds the ticket waiting."""
    decision = coverage_for(tx, company_id, item)
    if decision.outcome is not Outcome.WAITS_FORFAIT:
        return decision
    forfaits_of(tx, company_id, lock=True)
    return coverage_for(tx, company_id, item)


def has_contract(tx: Tx, company_id: int, day: date, level: str = "maintenance") -> bool:
    query = select(Contract.id).where(Contract.company_id == company_id, Contract.level == level)
    query = query.where(Contract.first_day <= day, Contract.last_day >= day).limit(1)
    return tx.session.scalar(query) is not None
