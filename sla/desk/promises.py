"""The timers of a clock's deadline: all its levels are written at once, and taken back when the deadline goes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sla.contract.targets import BREACH_SHARE
from sla.desk.office import Tx
from sla.desk.timers import TimerKind, cancel, schedule
from sla.store.tables import Ticket
from sla.ticket.clock import Clock, Hours, Mark


def keep_promises(tx: Tx, ticket: Ticket, old: Clock, new: Clock) -> None:
    """Bring the SLA timers of one clock in line with its new deadline; nothing to do while the deadline stands."""
    if old.mark is new.mark is Mark.RUNNING and old.generation == new.generation:
        return
    if old.mark is Mark.RUNNING:
        cancel(tx, TimerKind.SLA_LEVEL, ticket.id, clock=new.name)
    if new.mark is not Mark.RUNNING or new.due_at is None:
        return
    for share, reached in _levels(tx, tx.hours_of(ticket.level, ticket.severity), old, new):
        data = level_data(new.name, share, new.due_at)
        mark = level_mark(new.name, new.cycle, new.due_at, share)
        schedule(tx, TimerKind.SLA_LEVEL, ticket.id, reached, mark=mark, generation=new.generation, data=data)


def _levels(tx: Tx, hours: Hours, old: Clock, new: Clock) -> Iterable[tuple[int, datetime]]:
    """Each level and when it is reached. A level passed in an earlier run of the clock was told then; of those that
    another target has passed at once, the highest alone; those that another calendar leaves behind were told too."""
    if new.overdue_at is not None:
        return [(BREACH_SHARE, tx.now)]
    shares = (*tx.settings.targets.warning_shares, BREACH_SHARE)
    reached = [(share, at) for share in shares if (at := new.reaches(share, hours)) is not None]
    ahead = [(share, at) for share, at in reached if at >= tx.now]
    passed = [(share, at) for share, at in reached if at < tx.now]
    return [*passed[-1:], *ahead] if old.target_s != new.target_s else ahead


def level_mark(clock: str, cycle: int, due_at: datetime, share: int) -> str:
    """What names one level of one deadline: a deadline that comes back finds its own levels again."""
    return f"{clock}:{cycle}:{due_at:%Y%m%dT%H%M%S}:{share}"


def level_data(clock: str, share: int, due_at: datetime) -> dict[str, Any]:
    return {"clock": str(clock), "share": share, "due_at": due_at.isoformat()}
