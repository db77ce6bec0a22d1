"""The timers of a clock's deadline: all its levels are written at once, and taken back when the deadline goes."""

from sla.contract.targets import BREACH_SHARE
from sla.desk.office import Tx
from sla.desk.timers import TimerKind, cancel, schedule
from sla.store.tables import Ticket
from sla.ticket.clock import Clock, Mark


def keep_promises(tx: Tx, ticket: Ticket, old: Clock, new: Clock) -> None:
    """Bring the SLA timers of one clock in line with its new deadline; nothing to do while the deadline stands."""
    if old.mark is new.mark is Mark.RUNNING and old.generation == new.generation:
        return
    if old.mark is Mark.RUNNING:
        cancel(tx, TimerKind.SLA_LEVEL, ticket.id, clock=new.name)
    if new.mark is not Mark.RUNNING:
        return
    if new.overdue_at is not None:
        _write(tx, ticket, new, BREACH_SHARE)
        return
    for share in (*tx.settings.targets.warning_shares, BREACH_SHARE):
        _write(tx, ticket, new, share)


def _write(tx: Tx, ticket: Ticket, clock: Clock, share: int) -> None:
    """Once a deadline and level: the key names both. A level passed in an earlier run of this clock was told then."""
    reached = tx.now if clock.overdue_at is not None else clock.reaches(share, tx.hours)
    if reached is None or clock.due_at is None:
        return
    mark = f"{clock.name}:{clock.cycle}:{clock.due_at:%Y%m%dT%H%M%S}:{share}"
    data = {"clock": clock.name, "share": share, "due_at": clock.due_at.isoformat()}
    schedule(tx, TimerKind.SLA_LEVEL, ticket.id, reached, mark=mark, generation=clock.generation, data=data)
