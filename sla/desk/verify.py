"""Fold every history again and name each difference with what is stored beside it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import select

from sla.desk.history import copy, store
from sla.desk.office import Tx
from sla.desk.verdicts import differing_verdicts, stored_verdicts
from sla.desk.verify_appointments import Agreed, agreed, differing_appointments
from sla.desk.verify_hours import differing_hours
from sla.desk.verify_timers import differing_ends, differing_follow_ups, differing_timers, pending_timers
from sla.store.tables import Appointment, ClockRow, Event, Ticket
from sla.ticket.clock import ClockName, Mark
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
    "waiting_until",
    "merged_into",
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
    """One line a difference: whose, which column, what is stored and what the history says. Tickets, their clocks and
    verdicts, appointments, timers, errors at the publisher, interventions, forfaits, and what is owed."""
    found: list[str] = []
    tickets = {ticket.id: ticket for ticket in tx.session.scalars(select(Ticket))}
    clocks = {(row.ticket_id, row.name): row for row in tx.session.scalars(select(ClockRow))}
    timers, verdicts = pending_timers(tx), stored_verdicts(tx)
    kept: dict[int, Agreed] = {}
    history = tx.session.scalars(select(Event).order_by(Event.ticket_id, Event.seq).execution_options(yield_per=2000))
    for number, told in groupby(history, key=lambda event: event.ticket_id):
        events, ticket = list(told), tickets.pop(number)
        life = fold(events, tx.rules)
        found.extend(_ticket(ticket, life, events))
        found.extend(_clocks(number, clocks, life))
        found.extend(differing_verdicts(number, life, verdicts.get(number, {})))
        found.extend(differing_timers(tx, number, life, timers))
        kept |= agreed(events)
    found.extend(f"ticket {number}: no history" for number in tickets)
    found.extend(f"ticket {number}: clock {name} has no history" for number, name in clocks)
    found.extend(differing_appointments(tx, tx.session.scalars(select(Appointment)), kept, timers))
    found.extend(differing_follow_ups(tx, timers))
    found.extend(differing_ends(tx, timers))
    return [*found, *differing_hours(tx)]


def _ticket(stored: Ticket, life: Life, events: Sequence[Event]) -> Iterable[str]:
    expected = Ticket(id=stored.id)
    store(expected, life)
    for column in FOLDED:
        yield from _compared(f"ticket {stored.id}", column, getattr(stored, column), getattr(expected, column))
    yield from _compared(f"ticket {stored.id}", "seq", stored.seq, len(events))


def _clocks(number: int, clocks: dict[tuple[int, str], ClockRow], life: Life) -> Iterable[str]:
    for name in ClockName:
        clock, stored = life.clock(name), clocks.pop((number, str(name)), None)
        if stored is None:
            if clock.mark is not Mark.IDLE:
                yield f"ticket {number}: clock {name} is missing"
            continue
        expected = ClockRow(ticket_id=number, name=name)
        copy(clock, expected)
        for column in CLOCKED:
            is_, should = getattr(stored, column), getattr(expected, column)
            yield from _compared(f"ticket {number}", f"{name}.{column}", is_, should)


def _compared(whose: str, what: str, is_: object, should: object) -> Iterable[str]:
    if is_ != should:
        yield f"{whose}: {what} is {is_!r}, its history says {should!r}"
