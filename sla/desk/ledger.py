"""The movements of forfait hours and what is owed. Whole quarter-hours, append-only."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, update

from sla.contract.forfait import low_levels_crossed, quarters_left, settle
from sla.desk.actor import SYSTEM
from sla.desk.office import Tx
from sla.desk.owed_work import owed_for
from sla.desk.reminder_days import is_gone
from sla.desk.timers import TimerKind, schedule
from sla.errors import Refused
from sla.store.tables import Company, Debt, Forfait, Intervention, LedgerEntry


def forfaits_of(tx: Tx, company_id: int, *, lock: bool = False) -> list[Forfait]:
    """A company's forfaits, the first to expire first; locked, with what it owes, where a movement follows."""
    if lock:
        lock_account(tx, company_id)
    query = select(Forfait).where(Forfait.company_id == company_id).order_by(Forfait.last_day, Forfait.id)
    if not lock:
        return list(tx.session.scalars(query))
    return list(tx.session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def open_account(tx: Tx, company_id: int) -> list[Forfait]:
    """The company's forfaits, locked, as a movement has to find them: those that have begun have borne what was owed,
    be the timer of their first day late."""
    packs = forfaits_of(tx, company_id, lock=True)
    for pack in packs:
        if pack.first_day <= tx.today <= pack.last_day and pack.balance_quarters and owed_by(tx, company_id) > 0:
            settle_debts(tx.as_actor(SYSTEM), pack)
    return packs


def lock_account(tx: Tx, company_id: int) -> None:
    """A purchase must not settle what another settles, nor miss what work is about to owe. Whoever merely refers
    to the company (a deposit) need not wait."""
    tx.session.execute(select(Company.id).where(Company.id == company_id).with_for_update(key_share=True))


def left_on(tx: Tx, company_id: int, day: date) -> int:
    """Quarter-hours that work done on that day can draw on."""
    return quarters_left(forfaits_of(tx, company_id), day)


def owed_by(tx: Tx, company_id: int) -> int:
    """Quarter-hours worked that no forfait has borne yet; below zero, those that the next one brings back."""
    total = select(func.coalesce(func.sum(Debt.quarters), 0)).where(Debt.company_id == company_id)
    return int(tx.session.scalar(total) or 0)


def move(
    tx: Tx,
    pack: Forfait,
    kind: str,
    amount: int,
    day: date,
    *,
    reason: str = "",
    intervention: Intervention | None = None,
) -> None:
    """One movement and the balance after it, in one statement each; the database refuses a balance below zero."""
    entry = LedgerEntry(forfait_id=pack.id, kind=kind, quarters=amount, at=tx.now, day=day, author=tx.actor.name)
    entry.reason, entry.intervention_id = reason, intervention.id if intervention else None
    tx.session.add(entry)
    before = pack.balance_quarters
    changed = update(Forfait).where(Forfait.id == pack.id).values(balance_quarters=Forfait.balance_quarters + amount)
    tx.session.execute(changed.execution_options(synchronize_session=False))
    tx.session.flush()
    tx.session.refresh(pack, ["balance_quarters"])
    if kind in ("consumption", "correction"):
        _tell_low(tx, pack, before, entry.id)
    if kind == "correction" and before == 0 < pack.balance_quarters:
        schedule(tx, TimerKind.HOURS_START, pack.id, tx.now, mark=str(entry.id), due_at=tx.now)


def _tell_low(tx: Tx, pack: Forfait, before: int, movement: int) -> None:
    shares = tx.settings.forfaits.low_balance_shares
    crossed = low_levels_crossed(pack.hours * 4, before, pack.balance_quarters, shares)
    if crossed:
        lowest = min(crossed)
        data = {"share": lowest, "movement": movement}
        schedule(tx, TimerKind.LOW_BALANCE, pack.id, tx.now, mark=f"{lowest}:{movement}", data=data)


def owe(
    tx: Tx, company_id: int, amount: int, *, intervention: Intervention | None = None, forfait: Forfait | None = None
) -> None:
    """One line beside the forfaits, as `Debt` says; below zero, what is owed no more or kept for the client."""
    debt = Debt(company_id=company_id, quarters=amount, at=tx.now, author=tx.actor.name)
    debt.intervention_id = intervention.id if intervention else None
    debt.forfait_id = forfait.id if forfait else None
    tx.session.add(debt)
    tx.session.flush()


def settle_debts(tx: Tx, pack: Forfait, most: int = 0) -> None:
    """Owed hours come first off whatever comes in, and what was kept for the client comes with it: to a forfait that
    has not ended, where it can be used. One that has ended pays `most` at most: what else is left there is for work of
    its own days, typed late."""
    lock_account(tx, pack.company_id)
    owed, ended = owed_by(tx, pack.company_id), pack.last_day < tx.today
    paid = settle(max(0, owed), min(pack.balance_quarters, most) if ended else pack.balance_quarters)
    day = today_within(tx, pack)
    if paid:
        move(tx, pack, "consumption", -paid, day, reason=_for_work(owed_for(tx, pack.company_id, paid)))
        owe(tx, pack.company_id, -paid, forfait=pack)
    elif owed < 0 and not ended:
        move(tx, pack, "correction", -owed, day, reason="Heures rendues, gardées pour ce forfait")
        owe(tx, pack.company_id, -owed, forfait=pack)


def today_within(tx: Tx, pack: Forfait) -> date:
    """No movement of a forfait lies outside its days but a person's own correction."""
    return min(max(tx.today, pack.first_day), pack.last_day)


def _for_work(tickets: Sequence[int]) -> str:
    if not tickets:
        return "Heures dues, travaillées auparavant"
    of = "du ticket" if len(tickets) == 1 else "des tickets"
    return f"Heures dues {of} nº\u00a0{', '.join(map(str, tickets))}"


def settle_by_those_begun_since(tx: Tx, packs: Sequence[Forfait], day: date, amount: int) -> None:
    """So many quarter-hours that work of a day owes, typed late, come off the forfaits that have begun since: had it
    been typed in time, they would have borne it as they began. `packs`: the company's, locked, the first to expire
    first."""
    for pack in packs:
        before = owed_by(tx, pack.company_id)
        if before > 0 and day < pack.first_day <= tx.today and not is_gone(tx, pack):
            settle_debts(tx, pack, amount)
            amount -= before - owed_by(tx, pack.company_id)


class MovedSince(Refused):
    """Said once is done once: a form sent again finds the movement that it made."""

    code, status = "moved_since", 409
    fr = (
        "{who} a enregistré un mouvement ({what}) depuis l’ouverture de cette page. "
        "Rien n’a été fait : vérifiez d’abord."
    )
    en = "{who} entered a movement ({what}) since this page was opened. Nothing was done: check first."


def last_movement(tx: Tx, company_id: int) -> int:
    """The number of a company's newest movement, which its page shows; 0 before the first."""
    of = select(Forfait.id).where(Forfait.company_id == company_id)
    return tx.session.scalar(select(func.max(LedgerEntry.id)).where(LedgerEntry.forfait_id.in_(of))) or 0


def unmoved_since(tx: Tx, company_id: int, seen: int | None) -> None:
    """`seen`: the newest movement that the page showed; MovedSince if there is another by now."""
    newest = last_movement(tx, company_id)
    if seen is not None and newest != seen and newest:
        entry = tx.session.get_one(LedgerEntry, newest)
        raise MovedSince(who=entry.author, what=entry.reason or entry.kind)
