"""`move_contract_end`, `cancel_contract`: the days of a contract, changed once it is signed; and that of one level none
runs beside another."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from sla.desk.both_tongues import date_said, day_said
from sla.desk.contract_end import await_end
from sla.desk.ledger import lock_account
from sla.desk.office import Tx
from sla.desk.tell import contacts, having, tell
from sla.desk.timers import TimerKind, cancel
from sla.desk.typed import day_typed, one_text
from sla.errors import AlreadyDone, Both, NotFound, Refused, UnfitInstant
from sla.store.tables import Company, Contract

DAY = timedelta(days=1)


class UnderContract(Refused):
    """Two of one level at once would be told to the client twice, and each end too."""

    code, status = "under_contract", 409
    fr = (
        "Un contrat de {level} court déjà du {first} au {last} : celui qui le suit commence au plus tôt le {next}, "
        "celui qui le précède finit au plus tard le {before}."
    )
    en = (
        "A {level} contract runs already from {first} to {last}: one that follows it begins on {next} at the earliest, "
        "one that comes before it ends on {before} at the latest."
    )


def check_alone(tx: Tx, contract: Contract, field: str) -> None:
    """No other of its level on any of its days."""
    query = select(Contract).where(Contract.company_id == contract.company_id, Contract.level == contract.level)
    query = query.where(Contract.first_day <= contract.last_day, Contract.last_day >= contract.first_day)
    others = query.where(Contract.id != contract.id).order_by(Contract.first_day.desc())
    met = tx.session.scalars(others.limit(1)).first()
    if met is None:
        return
    days = {"first": met.first_day, "last": met.last_day, "next": met.last_day + DAY, "before": met.first_day - DAY}
    said = {name: date_said(day) for name, day in days.items()}
    raise UnderContract(field, level="TMA" if met.level == "tma" else met.level, **said)


def move_contract_end(tx: Tx, contract: int, *, last_day: date | str, reason: str) -> Contract:
    """Earlier or later, today at the earliest: who pays for a ticket is decided at its deposit, and was by then. Told
    with the reason, and the new end is told ahead in its turn."""
    reason = one_text("reason", reason, 500)
    last, found = day_typed(tx, "last_day", last_day), _locked(tx, contract)
    was, earliest = found.last_day, max(found.first_day, tx.today)
    if was < tx.today:
        fr, en = date_said(was)
        raise AlreadyDone(
            what=Both(
                f"ce contrat a pris fin le {fr}, signez-en un autre", f"this contract ended on {en}, sign another"
            )
        )
    if last == was:
        raise AlreadyDone("last_day", what=Both("c’est déjà son dernier jour", "it is its last day already"))
    if last < earliest:
        fr, en = date_said(earliest)
        rule = Both(f"ce contrat finit au plus tôt le {fr}", f"this contract ends on {en} at the earliest")
        raise UnfitInstant("last_day", value=day_said(tx, last), rule=rule)
    found.last_day = last
    check_alone(tx, found, "last_day")
    tx.session.flush()
    cancel(tx, TimerKind.CONTRACT_END, found.id)
    await_end(tx, found)
    _tell(tx, found, reason, was=was, cancelled=False)
    return found


def cancel_contract(tx: Tx, contract: int, *, reason: str) -> Contract:
    """One that has not begun, under which nothing was promised yet; told with the reason."""
    reason = one_text("reason", reason, 500)
    found = _locked(tx, contract)
    if found.first_day <= tx.today:
        fr, en = date_said(found.first_day)
        raise AlreadyDone(
            what=Both(
                f"ce contrat a commencé le {fr}, changez plutôt son dernier jour",
                f"this contract began on {en}, change its last day instead",
            )
        )
    cancel(tx, TimerKind.CONTRACT_END, found.id)
    _tell(tx, found, reason, was=found.last_day, cancelled=True)
    tx.session.delete(found)
    tx.session.flush()
    return found


def _locked(tx: Tx, number: int) -> Contract:
    """With its company's account in hand, as it is signed."""
    company = tx.session.scalar(select(Contract.company_id).where(Contract.id == number))
    if company is None:
        raise NotFound("contract", value=number)
    lock_account(tx, company)
    found = tx.session.get(Contract, number, populate_existing=True)
    if found is None:  # somebody was first
        raise NotFound("contract", value=number)
    return found


def _tell(tx: Tx, contract: Contract, reason: str, *, was: date, cancelled: bool) -> None:
    """Those who are told of its end."""
    company = tx.session.get_one(Company, contract.company_id)
    people = contacts(tx, company.id, "account") + having(tx, "manager")
    facts: dict[str, Any] = {
        "contract": contract,
        "company": company,
        "reason": reason,
        "was": was,
        "cancelled": cancelled,
    }
    tell(tx, people, "contract_changed", key=f"contract_changed:{contract.id}:{tx.now.isoformat()}", **facts)
