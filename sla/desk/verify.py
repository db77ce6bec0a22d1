"""Fold every history again and name each difference with what is stored."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import func, select

from sla.desk.history import copy, store
from sla.desk.office import Tx
from sla.store.tables import ClockRow, Event, Forfait, LedgerEntry, Ticket
from sla.ticket.clock import Mark
from sla.ticket.fold import fold
from sla.ticket.life import Life

FOLDED = (
    "state",
    "level",
    "severity",
    "item",
    "technician_id",
    "pinned",
    "begun",
    "waiting_for",
    "deposited_at",
    "resolved_at",
    "accept_until",
    "answered_at",
    "worked_minutes",
    "contested",
    "awaiting",
    "due_clock",
    "due_at",
    "left_s",
)
CLOCKED = (
    "mark",
    "cycle",
    "generation",
    "cause",
    "target_s",
    "spent_s",
    "started_at",
    "since",
    "due_at",
    "ended_at",
    "overdue_at",
)


def differences(tx: Tx) -> list[str]:
    """One line a difference: ticket, column, what is stored and what the history says; and forfaits against their
    ledger."""
    found: list[str] = []
    tickets = {ticket.id: ticket for ticket in tx.session.scalars(select(Ticket))}
    clocks = {(row.ticket_id, row.name): row for row in tx.session.scalars(select(ClockRow))}
    history = tx.session.scalars(select(Event).order_by(Event.ticket_id, Event.seq).execution_options(yield_per=2000))
    for number, events in groupby(history, key=lambda event: event.ticket_id):
        life = fold(events, tx.rules)
        found.extend(_ticket(tickets.pop(number), life))
        found.extend(_clocks(number, clocks, life))
    found.extend(f"ticket {number}: no history" for number in tickets)
    return found + _balances(tx)


def _ticket(stored: Ticket, life: Life) -> Iterable[str]:
    expected = Ticket(id=stored.id)
    store(expected, life)
    for column in FOLDED:
        is_, should = getattr(stored, column), getattr(expected, column)
        if is_ != should:
            yield f"ticket {stored.id}: {column} is {is_!r}, its history says {should!r}"


def _clocks(number: int, clocks: dict[tuple[int, str], ClockRow], life: Life) -> Iterable[str]:
    for name, clock in life.clocks.items():
        stored = clocks.get((number, name))
        if stored is None:
            if clock.mark is not Mark.IDLE:
                yield f"ticket {number}: clock {name} is missing"
            continue
        expected = ClockRow(ticket_id=number, name=name)
        copy(clock, expected)
        for column in CLOCKED:
            is_, should = getattr(stored, column), getattr(expected, column)
            if is_ != should:
                yield f"ticket {number}: {name}.{column} is {is_!r}, its history says {should!r}"


def _balances(tx: Tx) -> list[str]:
    total = func.coalesce(func.sum(LedgerEntry.quarters), 0)
    query = select(Forfait.id, Forfait.balance_quarters, total).outerjoin(LedgerEntry).group_by(Forfait.id)
    rows = tx.session.execute(query).all()
    return [
        f"forfait {n}: balance is {kept}, its ledger sums to {summed}" for n, kept, summed in rows if kept != summed
    ]
