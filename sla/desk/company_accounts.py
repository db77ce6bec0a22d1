"""The companies that the desk works for: contracts, contacts, forfaits, what is owed; for those who steer the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from sla.desk.actor import Role
from sla.desk.ledger import last_movement
from sla.desk.office import Tx
from sla.errors import Forbidden, NotFound
from sla.store.tables import Company, Contract, Debt, Forfait, LedgerEntry, Person, Ticket


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """`maintained`: the last day of the maintenance contract in force today. Quarter-hours: `left` of running forfaits,
    `owed`. `awaiting`: tickets that await."""

    id: int
    name: str
    maintained: date | None
    left: int
    owed: int
    contacts: int
    awaiting: int


@dataclass(frozen=True, slots=True)
class CompanyAccount:
    """`movements`: of each forfait by number, the newest first."""

    company: Company
    contracts: Sequence[Contract]
    contacts: Sequence[Person]
    packs: Sequence[Forfait]
    movements: dict[int, list[LedgerEntry]]
    owed: int
    last_movement: int


def company_lines(tx: Tx) -> Sequence[CompanyLine]:
    """Every company by name; one query a kind of row."""
    _for_who_steers(tx)
    running = Forfait.first_day <= tx.today, Forfait.last_day >= tx.today
    in_force = Contract.level == "maintenance", Contract.first_day <= tx.today, Contract.last_day >= tx.today
    maintained = _by_company(tx, Contract, func.max(Contract.last_day), *in_force)
    left = _by_company(tx, Forfait, func.sum(Forfait.balance_quarters), *running)
    owed = _by_company(tx, Debt, func.sum(Debt.quarters))
    contacts = _by_company(tx, Person, func.count(), Person.active)
    awaiting = _by_company(tx, Ticket, func.count(), Ticket.awaiting)
    return [
        CompanyLine(
            each.id,
            each.name,
            maintained.get(each.id),
            left.get(each.id, 0),
            max(0, owed.get(each.id, 0)),
            contacts.get(each.id, 0),
            awaiting.get(each.id, 0),
        )
        for each in tx.session.scalars(select(Company).order_by(Company.name))
    ]


def _by_company(tx: Tx, table: Any, figure: Any, *where: Any) -> dict[int, Any]:
    query = select(table.company_id, figure).where(table.company_id.is_not(None), *where).group_by(table.company_id)
    return {row[0]: row[1] for row in tx.session.execute(query)}


def company_account(tx: Tx, number: int) -> CompanyAccount:
    """NotFound for a number that no company has."""
    _for_who_steers(tx)
    company = tx.session.get(Company, number)
    if company is None:
        raise NotFound("company", value=number)
    contracts = select(Contract).where(Contract.company_id == number).order_by(Contract.last_day.desc())
    contacts = select(Person).where(Person.company_id == number).order_by(Person.name)
    packs = tx.session.scalars(
        select(Forfait).where(Forfait.company_id == number).order_by(Forfait.expired, Forfait.last_day)
    ).all()
    owed = tx.session.scalar(select(func.coalesce(func.sum(Debt.quarters), 0)).where(Debt.company_id == number))
    entries = select(LedgerEntry).where(LedgerEntry.forfait_id.in_([pack.id for pack in packs]))
    movements: dict[int, list[LedgerEntry]] = {}
    for entry in tx.session.scalars(entries.order_by(LedgerEntry.id.desc())):
        movements.setdefault(entry.forfait_id, []).append(entry)
    return CompanyAccount(
        company,
        tx.session.scalars(contracts).all(),
        tx.session.scalars(contacts).all(),
        packs,
        movements,
        max(0, int(owed or 0)),
        last_movement(tx, number),
    )


def _for_who_steers(tx: Tx) -> None:
    if tx.actor.role not in (Role.DISPATCHER, Role.MANAGER, Role.SYSTEM):
        raise Forbidden(role=tx.actor.role, action="companies")
