"""What an intervention consumes, which forfaits bear it, what is owed for it; and the way back."""

from dataclasses import dataclass

from sqlalchemy import func, select

from sla.contract.forfait import debit, quarters
from sla.contract.service_item import Coverage
from sla.desk.exhaustion import await_exhaustion
from sla.desk.ledger import move, open_account, owe, owed_by, settle_by_those_begun_since, settle_debts, today_within
from sla.desk.office import Tx
from sla.desk.reminder_days import is_gone
from sla.desk.tell import contacts, having, tell
from sla.desk.time_kept import charged_minutes
from sla.store.tables import Debt, Forfait, Intervention, LedgerEntry, Ticket


@dataclass(frozen=True, slots=True)
class Returned:
    """Whose hours come back, and why, as the movement says it."""

    intervention: Intervention
    reason: str


def account_for(
    tx: Tx, ticket: Ticket, intervention: Intervention, *, corrected: str = "", awaited: bool = False
) -> None:
    """Bring what an intervention has consumed in line with its minutes and its ticket's coverage.

    Rounding happens once, over all stretches of the intervention (booklet, Consommation des heures). `corrected`: why
    typed time was put right; what then moves is a correction that says so. `awaited`: the time is a timer's, which a
    forfait waits for beyond its days of grace.
    """
    wanted = quarters(charged_minutes(tx, intervention)) if ticket.level == Coverage.TMA else 0
    missing = wanted - intervention.consumed_quarters
    if missing > 0:
        _consume(tx, ticket, intervention, missing, corrected, awaited=awaited)
    elif missing < 0:
        _give_back(tx, ticket, intervention, -missing, corrected)
    intervention.consumed_quarters = wanted


def _consume(tx: Tx, ticket: Ticket, intervention: Intervention, amount: int, corrected: str, *, awaited: bool) -> None:
    packs = open_account(tx, ticket.company_id)
    paid = debit((pack for pack in packs if awaited or not is_gone(tx, pack)), intervention.day, amount)
    by_id = {pack.id: pack for pack in packs}
    for number, taken in paid.takes:
        kind, reason = "consumption", f"Ticket nº\u00a0{ticket.id}"
        if corrected:
            kind, reason = "correction", f"{reason}, temps corrigé\u00a0: {corrected}"
        move(tx, by_id[number], kind, -taken, intervention.day, reason=reason, intervention=intervention)
    if paid.takes:
        await_exhaustion(tx, ticket.company_id)
    if paid.owed:
        owe(tx, ticket.company_id, paid.owed, intervention=intervention)
        settle_by_those_begun_since(tx, packs, intervention.day, paid.owed)
        _tell_owed(tx, ticket, intervention, paid.owed)


def _tell_owed(tx: Tx, ticket: Ticket, intervention: Intervention, amount: int) -> None:
    """At once, to those who answer for the company and those who steer the desk; to nobody where nothing is owed."""
    told = owed_by(tx, ticket.company_id)
    if told <= 0:
        return
    people = contacts(tx, ticket.company_id, "account", "approver") + having(tx, "dispatcher")
    key = f"owed:{intervention.id}:{intervention.minutes}:{ticket.seq}"
    more = min(amount, told)
    tell(tx, people, "hours_owed", key=key, ticket=ticket, day=intervention.day, amount=more, owed=told)


def _give_back(tx: Tx, ticket: Ticket, intervention: Intervention, amount: int, corrected: str) -> None:
    """Undo by new movements: first what is owed for it, then the forfaits that bore it, the last debited first. One
    that has ended takes nothing back: hours would be lost there to a mistake that was not the client's. They go to the
    one that ends next, or are kept for the next to be bought (a debt below zero)."""
    because = f", temps corrigé\u00a0: {corrected}" if corrected else " requalifié"
    returned = Returned(intervention, f"Ticket nº\u00a0{ticket.id}{because}")
    packs = {pack.id: pack for pack in open_account(tx, ticket.company_id) if pack.last_day >= tx.today}
    left = amount - _forgive(tx, ticket.company_id, intervention, amount)
    for number, borne in (*_drawn(tx, intervention), *_settled(tx, ticket.company_id)):
        back = min(left, borne)
        if back > 0 and number in packs:
            _credit(tx, packs[number], returned, back)
            left -= back
    if left and packs:
        _credit(tx, next(iter(packs.values())), returned, left)
    elif left:
        owe(tx, ticket.company_id, -left, intervention=intervention)


def _drawn(tx: Tx, intervention: Intervention) -> list[tuple[int, int]]:
    """(forfait, quarter-hours that it bears of this intervention), the last debited first."""
    query = select(LedgerEntry.forfait_id, func.sum(LedgerEntry.quarters))
    query = query.where(LedgerEntry.intervention_id == intervention.id).group_by(LedgerEntry.forfait_id)
    return [
        (number, -int(total)) for number, total in tx.session.execute(query.order_by(func.max(LedgerEntry.id).desc()))
    ]


def _settled(tx: Tx, company_id: int) -> list[tuple[int, int]]:
    """(forfait, quarter-hours that it paid of what was owed before), the last to pay first."""
    query = select(Debt.forfait_id, func.sum(-Debt.quarters)).where(Debt.company_id == company_id, Debt.quarters < 0)
    query = query.where(Debt.forfait_id.is_not(None)).group_by(Debt.forfait_id).order_by(Debt.forfait_id.desc())
    return [(number, int(total)) for number, total in tx.session.execute(query) if number is not None]


def _credit(tx: Tx, pack: Forfait, returned: Returned, amount: int) -> None:
    intervention, reason = returned.intervention, returned.reason
    day = intervention.day if pack.first_day <= intervention.day <= pack.last_day else today_within(tx, pack)
    move(tx, pack, "correction", amount, day, reason=reason, intervention=intervention)
    settle_debts(tx, pack)


def _forgive(tx: Tx, company_id: int, intervention: Intervention, amount: int) -> int:
    total = select(func.coalesce(func.sum(Debt.quarters), 0)).where(Debt.intervention_id == intervention.id)
    forgiven = min(amount, int(tx.session.scalar(total) or 0), max(0, owed_by(tx, company_id)))
    if forgiven > 0:
        owe(tx, company_id, -forgiven, intervention=intervention)
    return max(0, forgiven)
