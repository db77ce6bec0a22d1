"""`catch_up`: after an upgrade that reads histories otherwise, what is stored beside them is folded anew, each ticket
once.

Such an upgrade leaves a mark, a timer: the service catches up as it starts, in batches, so that a queue of any length
is never held; what a process that ended has left is done when the timer fires.
"""

from collections.abc import Sequence

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from sla.desk.history import copy, store
from sla.desk.office import Tx
from sla.desk.promises import keep_levels
from sla.desk.timers import TimerKind, cancel, schedule
from sla.desk.verdicts import fold_verdicts
from sla.store.faults import collided, held, of_the_machine
from sla.store.tables import ClockRow, Event, Ticket, Timer
from sla.ticket.clock import ClockName, Mark
from sla.ticket.fold import fold
from sla.ticket.life import Life

BATCH = 100
"""Two seconds or so where the machine has much else to do: far less than others wait for a lock."""
MARK = 0
"""The subject of an upgrade's mark: no ticket in particular."""
LOG = structlog.get_logger(__name__)


def catch_up(tx: Tx) -> bool:
    """One batch of what an upgrade has left to fold; False where it left none. A process that comes while another
    is at a batch waits for it, and does the next: none begins to work before all is caught up."""
    marks = Timer.subject == MARK, Timer.kind == TimerKind.REFOLD, Timer.state == "pending"
    left = select(Timer).where(*marks).order_by(Timer.id).limit(1)
    while (timer := tx.session.scalars(left.with_for_update()).one_or_none()) is None:
        if tx.session.scalar(left) is None:  # else PostgreSQL, having waited, doesn't see the mark that was left then
            return False
    timer.state, timer.fired_at = "fired", tx.now
    refold(tx, timer)
    return True


def refold(tx: Tx, timer: Timer) -> None:
    """Effect of the mark's timer: one batch of the tickets past those it names, and a timer for the next, of the same
    mark."""
    query = select(Ticket).where(Ticket.id > timer.data["after"]).order_by(Ticket.id).limit(BATCH)
    tickets = tx.session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()
    for ticket in tickets:
        try:
            with tx.session.begin_nested():
                _folded(tx, ticket)
        except Exception as error:
            if isinstance(error, DBAPIError) and (collided(error) or held(error) or of_the_machine(error)):
                raise  # the database's own trouble: all of the batch is tried again
            tx.lives.pop(ticket.id, None)
            LOG.exception("ticket_not_folded", ticket=ticket.id)  # `sla verify` names it; the others go on
    if len(tickets) == BATCH:
        data = {"after": tickets[-1].id, "mark": timer.data.get("mark", timer.id)}
        schedule(tx, TimerKind.REFOLD, MARK, tx.now, mark="{mark}:{after}".format_map(data), due_at=tx.now, data=data)


def _folded(tx: Tx, ticket: Ticket) -> None:
    history: Sequence[Event] = tx.session.scalars(
        select(Event).where(Event.ticket_id == ticket.id).order_by(Event.seq)
    ).all()
    if not history:
        return  # what has none is for `sla verify` to name
    life = fold(history, tx.rules)
    tx.lives[ticket.id] = life
    store(ticket, life)
    for name in ClockName:
        _clock(tx, ticket, life, name)
    fold_verdicts(tx, ticket, life)


def _clock(tx: Tx, ticket: Ticket, life: Life, name: ClockName) -> None:
    """Its row, and the warnings that are still to come of it."""
    clock, row = life.clock(name), tx.session.get(ClockRow, (ticket.id, name))
    if row is None:
        if clock.mark is Mark.IDLE:
            return
        row = ClockRow(ticket_id=ticket.id, name=name)
        tx.session.add(row)
    before = (row.mark, row.due_at)
    copy(clock, row)
    if before != (row.mark, row.due_at):
        cancel(tx, TimerKind.SLA_LEVEL, ticket.id, clock=clock.name)
    if clock.mark is Mark.RUNNING and clock.due_at is not None:
        keep_levels(tx, ticket, clock)
