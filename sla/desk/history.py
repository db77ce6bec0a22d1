"""Writing history: one fact, the fold after it, and what is stored beside the fold, in the same transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from sla import wording
from sla.desk.announce import announce
from sla.desk.first_answers import keep_first_answer
from sla.desk.office import Tx
from sla.desk.promises import keep_promises
from sla.desk.verdicts import keep_verdicts
from sla.errors import Both, IllegalMove, MergedInto, Overtaken
from sla.store.tables import ClockRow, Event, Ticket
from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.facts import Kind
from sla.ticket.fold import fold, step
from sla.ticket.life import Life
from sla.ticket.states import OPEN, WAITING, State, allows


def record(
    tx: Tx, ticket: Ticket, kind: Kind, *, text: str = "", public: bool = True, at: datetime | None = None, **data: Any
) -> Event:
    """Append one fact and bring the ticket's row, clocks and timers in line with it; IllegalMove if the state
    forbids, MergedInto where another goes on for it."""
    before = life_of(tx, ticket)
    if before.state is State.MERGED and not allows(before.state, kind):
        raise MergedInto(ticket=ticket.id, into=before.merged_into)
    if not allows(before.state, kind):
        raise IllegalMove(ticket=ticket.id, state=before.state, action=kind)
    ticket.seq += 1
    event = Event(ticket_id=ticket.id, seq=ticket.seq, at=at or tx.now, kind=kind, public=public, text=text, data=data)
    event.author_id, event.author = tx.actor.id, tx.actor.name
    tx.session.add(event)
    after = step(before, event, tx.rules)
    tx.lives[ticket.id] = after
    store(ticket, after)
    _store_clocks(tx, ticket, before, after)
    keep_verdicts(tx, ticket, before, after)
    keep_first_answer(tx, ticket, before, after)
    announce(tx, event)
    return event


def life_of(tx: Tx, ticket: Ticket) -> Life:
    """The ticket as its whole history tells it; folded once a transaction."""
    if ticket.id not in tx.lives:
        history = tx.session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.seq))
        tx.lives[ticket.id] = fold(history, tx.rules) if ticket.seq else Life()
    return tx.lives[ticket.id]


def store(ticket: Ticket, life: Life) -> None:
    """The columns that screens query."""
    if life.state is None or life.deposited_at is None:
        raise ValueError(f"ticket {ticket.id} has no deposit in its history")
    ticket.state, ticket.level, ticket.severity, ticket.item = life.state, life.level, life.severity, life.item
    ticket.technician_id, ticket.pinned, ticket.begun = life.technician, life.pinned, life.begun
    ticket.waiting_for, ticket.waiting_until = life.waiting_for, life.waiting_until
    ticket.merged_into, ticket.deposited_at = life.merged_into, life.deposited_at
    ticket.resolved_at, ticket.accept_until, ticket.answered_at = life.resolved_at, life.accept_until, life.answered_at
    ticket.worked_minutes = life.worked_minutes
    nearest, ticket.contested = life.nearest, life.contested
    ticket.awaiting = life.state in OPEN or nearest is not None or life.contested
    ticket.due_clock = nearest.name if nearest else None
    ticket.due_at = nearest.due_at if nearest else None
    ticket.left_s = paused_left(life)


def paused_left(life: Life) -> int | None:
    """Working seconds left on a waiting ticket whose clocks stand still."""
    if life.state not in WAITING:
        return None
    return min((clock.left_s for clock in life.clocks.values() if clock.mark is Mark.PAUSED), default=None)


def _store_clocks(tx: Tx, ticket: Ticket, before: Life, after: Life) -> None:
    for name in ClockName:
        old, new = before.clock(name), after.clock(name)
        if old == new:
            continue
        row = tx.session.get(ClockRow, (ticket.id, name))
        if row is None:
            row = ClockRow(ticket_id=ticket.id, name=name)
            tx.session.add(row)
        copy(new, row)
        keep_promises(tx, ticket, old, new)


def copy(clock: Clock, row: ClockRow) -> None:
    row.mark, row.cycle, row.generation, row.cause = clock.mark, clock.cycle, clock.generation, clock.cause
    row.target_s, row.spent_s, row.started_at, row.since = clock.target_s, clock.spent_s, clock.started_at, clock.since
    row.due_at, row.ended_at, row.overdue_at = clock.due_at, clock.ended_at, clock.overdue_at


def unchanged_since(tx: Tx, ticket: Ticket, seen_seq: int | None) -> None:
    """`seen_seq` is the history's length that a page showed; Overtaken, naming who acted last, if it has grown."""
    if seen_seq is None or ticket.seq == seen_seq:
        return
    last = tx.session.scalars(select(Event).where(Event.ticket_id == ticket.id, Event.seq == ticket.seq)).one()
    what = Both(*(wording.label("event", last.kind, lang).lower() for lang in ("fr", "en")))
    raise Overtaken(who=last.author, ticket=ticket.id, what=what)
