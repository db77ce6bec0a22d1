"""The end of a contract: told ahead of it, unless another takes over."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.reminder_days import told_ahead
from sla.desk.tell import contacts, having, tell
from sla.desk.timers import TimerKind, schedule
from sla.store.tables import Company, Contract

SOON_DAYS = 60
"""From here on an end is shown as near."""


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A contract in force; `soon`: near its end, and followed by none."""

    level: str
    last_day: date
    soon: bool


def await_end(tx: Tx, contract: Contract) -> None:
    """On the same days ahead as a forfait's end; what lies in the past is not told."""
    for days in tx.settings.forfaits.expiry_reminder_days:
        if contract.last_day - timedelta(days=days) < max(contract.first_day, tx.today):
            continue
        opening = told_ahead(tx, contract.last_day, days)
        if opening >= tx.now:
            last = contract.last_day.isoformat()
            facts = {"days": days, "last_day": last}
            schedule(tx, TimerKind.CONTRACT_END, contract.id, opening, mark=f"{days}:{last}", data=facts)


def remind_contract(tx: Tx, number: int, days: int, last_day: str | None) -> None:
    """Effect of the reminder's timer: to the manager, and to those who answer for the company. `last_day`: the end of
    which it tells, None where it was written before ends could be moved; one that has been moved since has its own."""
    contract = tx.session.get(Contract, number)
    if contract is None or last_day not in (None, contract.last_day.isoformat()):
        return
    if tx.today > contract.last_day or followed(tx, contract):
        return
    company = tx.session.get_one(Company, contract.company_id)
    people = contacts(tx, company.id, "account") + having(tx, "manager")
    key = f"contract_ending:{number}:{days}:{contract.last_day}"
    tell(tx, people, "contract_ending", key=key, contract=contract, company=company)


def followed(tx: Tx, contract: Contract) -> bool:
    """Whether another contract of the same level covers the day after its last."""
    day = contract.last_day + timedelta(days=1)
    query = select(Contract.id).where(Contract.company_id == contract.company_id, Contract.level == contract.level)
    return tx.session.scalar(query.where(Contract.first_day <= day, Contract.last_day >= day).limit(1)) is not None


def contract_lines(tx: Tx, company_id: int) -> list[ContractLine]:
    """What is in force today, the first to end first."""
    query = select(Contract).where(Contract.company_id == company_id)
    query = query.where(Contract.first_day <= tx.today, Contract.last_day >= tx.today).order_by(Contract.last_day)
    return [ContractLine(each.level, each.last_day, _ends_soon(tx, each)) for each in tx.session.scalars(query)]


def _ends_soon(tx: Tx, contract: Contract) -> bool:
    return (contract.last_day - tx.today).days <= SOON_DAYS and not followed(tx, contract)
