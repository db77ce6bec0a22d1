"""Which work is owed: the movement that settles it names it, so that its owner can check it line by line."""

from sqlalchemy import select

from sla.desk.office import Tx
from sla.store.tables import Debt, Intervention


def owed_for(tx: Tx, company_id: int, quarters: int) -> list[int]:
    """The tickets whose work the next so many quarter-hours settle: what was owed first is settled first."""
    found: list[int] = []
    for ticket, owed in _outstanding(tx, company_id).items():
        if quarters > 0 and owed > 0:
            found.append(ticket)
            quarters -= owed
    return found


def _outstanding(tx: Tx, company_id: int) -> dict[int, int]:
    """Ticket → quarter-hours of its work that are still owed, what was owed first at the beginning."""
    query = select(Debt.quarters, Debt.forfait_id, Intervention.ticket_id)
    query = query.outerjoin(Intervention, Intervention.id == Debt.intervention_id).where(Debt.company_id == company_id)
    left: dict[int, int] = {}
    kept = 0  # for the client, which pays what is owed next
    for quarters, forfait, ticket in tx.session.execute(query.order_by(Debt.id)):
        if quarters < 0:
            own = {ticket: left[ticket]} if forfait is None and ticket in left else {}
            kept += _settle(dict(left), _settle(own, -quarters, left), left)
        else:
            paid = min(kept, quarters)
            kept -= paid
            if forfait is None:
                left[ticket] = left.get(ticket, 0) + quarters - paid
    return left


def _settle(among: dict[int, int], quarters: int, left: dict[int, int]) -> int:
    """What of so many quarter-hours is over once those are settled, the first first."""
    for ticket, owed in among.items():
        paid = min(owed, quarters)
        left[ticket], quarters = owed - paid, quarters - paid
    return quarters
