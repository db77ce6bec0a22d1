"""Hours that are kept as sums, against the movements and stretches that they sum."""

from collections.abc import Iterable

from sqlalchemy import func, select

from sla.contract.forfait import quarters
from sla.contract.service_item import Coverage
from sla.desk.office import Tx
from sla.desk.time_kept import stands
from sla.store.tables import Debt, Forfait, Intervention, LedgerEntry, Ticket, TimeEntry


def differing_hours(tx: Tx) -> Iterable[str]:
    yield from _balances(tx)
    yield from _interventions(tx)
    yield from _accounts(tx)


def _balances(tx: Tx) -> Iterable[str]:
    total = func.coalesce(func.sum(LedgerEntry.quarters), 0)
    query = select(Forfait.id, Forfait.balance_quarters, total).outerjoin(LedgerEntry).group_by(Forfait.id)
    for number, kept, summed in tx.session.execute(query):
        if kept != summed:
            yield f"forfait {number}: balance is {kept}, its ledger sums to {summed}"


def _interventions(tx: Tx) -> Iterable[str]:
    """Real minutes are those of the entries that stand; consumed quarters those that the coverage charges for."""
    real = func.coalesce(func.sum(TimeEntry.minutes), 0)
    charged = func.coalesce(func.sum(TimeEntry.minutes).filter(~TimeEntry.own_error), 0)
    rows = (
        select(Intervention.id, Intervention.minutes, Intervention.consumed_quarters, Ticket.level, real, charged)
        .join(Ticket, Ticket.id == Intervention.ticket_id)
        .outerjoin(TimeEntry, (TimeEntry.intervention_id == Intervention.id) & stands())
        .group_by(Intervention.id, Ticket.level)
    )
    for number, minutes, consumed, level, summed, counted in tx.session.execute(rows):
        if minutes != summed:
            yield f"intervention {number}: minutes is {minutes}, its stretches sum to {summed}"
        due = quarters(counted) if level == Coverage.TMA else 0
        if consumed != due:
            yield f"intervention {number}: consumed_quarters is {consumed}, its stretches make {due}"


def _accounts(tx: Tx) -> Iterable[str]:
    """What a company's work consumed was taken from a forfait, or is owed."""
    consumed = select(Ticket.company_id, func.sum(Intervention.consumed_quarters)).join(
        Intervention, Intervention.ticket_id == Ticket.id
    )
    used = dict(tx.session.execute(consumed.group_by(Ticket.company_id)).all())
    moved = (LedgerEntry.kind == "consumption") | LedgerEntry.intervention_id.is_not(None)
    taken = select(Forfait.company_id, -func.sum(LedgerEntry.quarters)).join(LedgerEntry).where(moved)
    paid = dict(tx.session.execute(taken.group_by(Forfait.company_id)).all())
    debts = select(Debt.company_id, func.sum(Debt.quarters)).group_by(Debt.company_id)
    owed = dict(tx.session.execute(debts).all())
    # What was kept for the client came to a forfait by a correction of no intervention, and off what is owed.
    given = dict(tx.session.execute(debts.where(Debt.quarters > 0, Debt.forfait_id.is_not(None))).all())
    for company in sorted(used.keys() | paid.keys() | owed.keys()):
        found = [int(each.get(company) or 0) for each in (used, paid, owed)]
        found[1] -= int(given.get(company) or 0)
        if found[0] != found[1] + found[2]:
            yield f"company {company}: {found[0]} quarters consumed, {found[1]} taken from forfaits, {found[2]} owed"
