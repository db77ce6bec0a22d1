"""The requests that outgrew support, as the deployment desk sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sla.desk.board import mark_of
from sla.desk.office import Tx
from sla.store.tables import ClockRow, Company, Ticket


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`due_at`: when deployment owes its first answer, None once it was given; `left_s`: working seconds, negative
    late."""

    id: int
    title: str
    company: str
    severity: str
    item: str
    deposited_at: datetime
    worked_minutes: int
    clock: str | None
    due_at: datetime | None
    left_s: int | None
    mark: str


def handed_over(tx: Tx) -> Sequence[HandedOver]:
    """By deadline."""
    query = (
        select(
            Ticket.id,
            Ticket.title,
            Company.name.label("company"),
            Ticket.severity,
            Ticket.item,
            Ticket.deposited_at,
            Ticket.worked_minutes,
            Ticket.due_clock.label("clock"),
            Ticket.due_at,
            ClockRow.target_s,
        )
        .join(Company, Company.id == Ticket.company_id)
        .outerjoin(ClockRow, (ClockRow.ticket_id == Ticket.id) & (ClockRow.name == Ticket.due_clock))
        .where(Ticket.state == "to_deployment")
        .order_by(Ticket.due_at.is_(None), Ticket.due_at, Ticket.id)
    )
    return [_row(tx, dict(row)) for row in tx.session.execute(query).mappings()]


def _row(tx: Tx, facts: dict[str, Any]) -> HandedOver:
    target, due_at = facts.pop("target_s"), facts["due_at"]
    left = int(tx.hours.between(tx.now, due_at).total_seconds()) if due_at else None
    return HandedOver(**facts, left_s=left, mark=mark_of(tx.now, due_at, left, target))
