"""Who pays for a request of a company, today."""

from datetime import date

from sqlalchemy import select

from sla.contract.decision import Decision, decide
from sla.contract.forfait import quarters_left
from sla.desk.ledger import forfaits_of
from sla.desk.office import Tx
from sla.desk.sight import company_in_sight
from sla.store.tables import Contract


def coverage_for(tx: Tx, company_id: int, item: str) -> Decision:
    """Who pays for a line today, by the company's contracts and the hours left on its forfaits."""
    company_in_sight(tx, company_id)
    left = quarters_left((pack for pack in forfaits_of(tx, company_id) if not pack.expired), tx.today)
    return decide(
        tx.settings.catalogue.get(item), has_maintenance=has_contract(tx, company_id, tx.today), quarters_left=left
    )


def has_contract(tx: Tx, company_id: int, day: date, level: str = "maintenance") -> bool:
    query = select(Contract.id).where(Contract.company_id == company_id, Contract.level == level)
    query = query.where(Contract.first_day <= day, Contract.last_day >= day).limit(1)
    return tx.session.scalar(query) is not None
