"""`reschedule`: after an edit of the calendar, the running clocks take their new deadlines, in batches."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from sla.calendar import changed_between
from sla.desk.acceptance import await_acceptance, await_no_more
from sla.desk.history import life_of, record
from sla.desk.impact import AHEAD, due_by_desk_hours, moved_acceptances
from sla.desk.office import Tx
from sla.desk.promises import keep_levels
from sla.desk.reminder_days import expires_at
from sla.desk.timers import TimerKind, cancel, schedule
from sla.store.tables import ClockRow, Event, Forfait, Ticket, Timer
from sla.ticket.clock import ClockName
from sla.ticket.facts import Kind

BATCH = 2_000


def reschedule(tx: Tx, number: int, *, after: int) -> int:
    """Bring one batch of tickets past `after` in line with edition `number`, and leave a timer for the next batch.

    Each deadline that moves is a fact in its ticket's history, old → new. Returns how many tickets moved.
    """
    tickets, moved = _moved(tx, after)
    if after == 0:
        _move_acceptances(tx, number)
        _bring_ends_forward(tx)
    if moved:
        _write(tx, number, moved)
    if len(tickets) == BATCH:
        data = {"after": tickets[-1]}
        schedule(tx, TimerKind.RESCHEDULE, number, tx.now, mark=str(tickets[-1]), due_at=tx.now, data=data)
    return len(moved)


Move = tuple[str, datetime, datetime]


def _moved(tx: Tx, after: int) -> tuple[list[int], dict[int, list[Move]]]:
    """The tickets looked at, and for each that moves its clocks' (name, old, new)."""
    running = due_by_desk_hours(tx)
    ids = select(ClockRow.ticket_id).where(*running, ClockRow.ticket_id > after).distinct()
    tickets = list(tx.session.scalars(ids.order_by(ClockRow.ticket_id).limit(BATCH)))
    if not tickets:
        return [], {}
    held = select(Ticket.id).where(Ticket.id.in_(tickets)).order_by(Ticket.id)
    tx.session.execute(held.with_for_update(key_share=True))
    columns = ClockRow.ticket_id, ClockRow.name, ClockRow.since, ClockRow.due_at, ClockRow.target_s - ClockRow.spent_s
    within = ClockRow.ticket_id.between(tickets[0], tickets[-1])
    rows = tx.session.execute(select(*columns).where(*running, within)).all()
    due = tx.hours.add_many([row[2] for row in rows], [timedelta(seconds=row[4]) for row in rows])
    moved: dict[int, list[Move]] = {}
    for (ticket, name, _, old, _), new in zip(rows, due, strict=True):
        if old is not None and new != old:
            moved.setdefault(ticket, []).append((name, old, new))
    return tickets, moved


def _write(tx: Tx, number: int, moved: dict[int, list[Move]]) -> None:
    """What `record` would write for each, with one statement a kind of row."""
    session, ids = tx.session, list(moved)
    session.flush()
    seqs = {row[0]: row[1] for row in session.execute(select(Ticket.id, Ticket.seq).where(Ticket.id.in_(ids)))}
    facts = [_fact(tx, number, ticket, seqs[ticket] + 1, moves) for ticket, moves in moved.items()]
    session.execute(insert(Event), facts)
    clocks: Any = ClockRow.__table__
    due = update(clocks).where(clocks.c.ticket_id == bindparam("of"), clocks.c.name == bindparam("clock"))
    due = due.values(due_at=bindparam("new"), generation=clocks.c.generation + 1)
    moves = [{"of": t, "clock": name, "new": new} for t, each in moved.items() for name, _, new in each]
    session.execute(due, moves)
    _nearest(tx, ids, seqs)
    session.expire_all()
    for ticket in ids:
        tx.lives.pop(ticket, None)
    if not _only_closes(tx, number):
        _keep_levels(tx, moved)


def _fact(tx: Tx, number: int, ticket: int, seq: int, moves: Sequence[Move]) -> dict[str, Any]:
    told = {name: [old.isoformat(), new.isoformat()] for name, old, new in moves}
    facts = {"ticket_id": ticket, "seq": seq, "at": tx.now, "kind": Kind.RESCHEDULED, "author_id": tx.actor.id}
    return {**facts, "author": tx.actor.name, "public": True, "text": "", "data": {"edition": number, "moves": told}}


def _nearest(tx: Tx, ids: list[int], seqs: dict[int, int]) -> None:
    """Each ticket's nearest deadline again, over all its running clocks."""
    query = select(ClockRow.ticket_id, ClockRow.name, ClockRow.due_at).where(ClockRow.mark == "running")
    nearest: dict[int, tuple[datetime, str]] = {}
    for ticket, name, due_at in tx.session.execute(query.where(ClockRow.ticket_id.in_(ids))):
        if due_at is not None and (ticket not in nearest or (due_at, name) < nearest[ticket]):
            nearest[ticket] = (due_at, name)
    table: Any = Ticket.__table__
    rows = [{"of": t, "due": nearest[t][0], "clock": nearest[t][1], "seq": seqs[t] + 1} for t in ids]
    changed = update(table).where(table.c.id == bindparam("of"))
    changed = changed.values(due_at=bindparam("due"), due_clock=bindparam("clock"), seq=bindparam("seq"))
    tx.session.execute(changed, rows)


def _keep_levels(tx: Tx, moved: dict[int, list[Move]]) -> None:
    """Deadlines that come sooner need their warnings sooner: taken back, and written by the new deadlines."""
    tickets = tx.session.scalars(select(Ticket).where(Ticket.id.in_(moved)).execution_options(populate_existing=True))
    for ticket in tickets:
        clocks = life_of(tx, ticket).clocks
        for name, _, _ in moved[ticket.id]:
            cancel(tx, TimerKind.SLA_LEVEL, ticket.id, clock=name)
            keep_levels(tx, ticket, clocks[ClockName(name)])


def _only_closes(tx: Tx, number: int) -> bool:
    """Whether the edition opens no time that the one before it had closed: then no deadline can come sooner."""
    before = next(each.hours for each in reversed(tx.editions) if each.number < number)
    return not any(each.opens for each in changed_between(before, tx.hours, tx.now, tx.now + AHEAD))


def _move_acceptances(tx: Tx, number: int) -> None:
    """The windows of acceptance are working days too."""
    for each in list(moved_acceptances(tx, tx.hours)):
        ticket = tx.session.get_one(Ticket, each.ticket)
        moves = {each.clock: [each.old.isoformat(), each.new.isoformat()]}
        event = record(tx, ticket, Kind.RESCHEDULED, edition=number, moves=moves)
        if ticket.resolved_at is not None and ticket.accept_until is not None:
            await_no_more(tx, ticket.id)
            await_acceptance(tx, ticket.id, resolved_at=ticket.resolved_at, until=ticket.accept_until, seq=event.seq)


def _bring_ends_forward(tx: Tx) -> None:
    """The days of grace of a forfait are working days too. One that comes to its end later waits by itself."""
    due = select(Timer.subject, func.min(Timer.due_at)).where(Timer.kind == TimerKind.EXPIRY, Timer.state == "pending")
    told: dict[int, datetime] = {row[0]: row[1] for row in tx.session.execute(due.group_by(Timer.subject))}
    for pack in tx.session.scalars(select(Forfait).where(~Forfait.expired).order_by(Forfait.id)):
        end = expires_at(tx, pack)
        if pack.id in told and tx.now < end < told[pack.id]:
            schedule(tx, TimerKind.EXPIRY, pack.id, end, mark=f"{end:%Y%m%dT%H%M%S}")
