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
    for share, reached in _levels(tx, tx.hours_of(ticket.level, ticket.severity, new.name), old, new):
        _write(tx, ticket, new, share, reached)


def keep_levels(tx: Tx, ticket: Ticket, clock: Clock) -> None:
    """Write the levels of a deadline that are still to be told; those that stand already are left as they are."""
    hours = tx.hours_of(ticket.level, ticket.severity, clock.name)
    for share, reached in _reached(tx, hours, clock):
        if hours.next_open(reached) > tx.now:
            _write(tx, ticket, clock, share, reached)


def postpone_level(tx: Tx, ticket: Ticket, clock: Clock, share: int, opening: datetime) -> None:
    """A level that fell due while support is closed, after an outage or an edit, is told at the opening."""
    _write(tx, ticket, clock, share, tx.now, send_at=opening)


def _write(
    tx: Tx, ticket: Ticket, clock: Clock, share: int, reached: datetime, *, send_at: datetime | None = None
) -> None:
    if clock.due_at is None:
        return
    mark = level_mark(clock, share, clock.due_at) + (f":{send_at:%Y%m%dT%H%M%S}" if send_at else "")
    due_at = send_at or tx.hours_of(ticket.level, ticket.severity, clock.name).next_open(reached)
    data = level_data(clock.name, share, clock.due_at)
    facts: dict[str, Any] = {"mark": mark, "generation": clock.generation, "data": data, "due_at": due_at}
    schedule(tx, TimerKind.SLA_LEVEL, ticket.id, reached, **facts)


def _levels(tx: Tx, hours: Hours, old: Clock, new: Clock) -> Iterable[tuple[int, datetime]]:
    """Each level and when it is reached. A level passed in an earlier run of the clock was told then; of those that
    another target has passed at once, the highest alone."""
    if new.overdue_at is not None:
        return [(BREACH_SHARE, tx.now)]
    anew = old.target_s != new.target_s and tx.silent_before is None
    passed = [(share, tx.now) for share in _used_up(tx, new)] if anew else []
    reached = _reached(tx, hours, new)
    if new.since is not None and new.since < tx.now:  # it went on before anybody looked
        passed += [(share, at) for share, at in reached if at < tx.now]
    return [*passed[-1:], *((share, at) for share, at in reached if at >= tx.now)]


def _used_up(tx: Tx, clock: Clock) -> Iterable[int]:
    """The warning shares of its target that were spent before it went on."""
    shares = tx.settings.targets.warning_shares
    return [share for share in shares if 0 < clock.target_s * share // 100 <= clock.spent_s]


def _reached(tx: Tx, hours: Hours, clock: Clock) -> list[tuple[int, datetime]]:
    shares = (*tx.settings.targets.warning_shares, BREACH_SHARE)
    return [(share, at) for share in shares if (at := clock.reaches(share, hours)) is not None]


def level_mark(clock: Clock, share: int, due_at: datetime) -> str:
    """What names one level of one deadline: a deadline that comes back finds its own levels again."""
    return f"{clock.name}:{clock.cycle}:{due_at:%Y%m%dT%H%M%S}:{share}"


def level_data(clock: str, share: int, due_at: datetime) -> dict[str, Any]:
    return {"clock": str(clock), "share": share, "due_at": due_at.isoformat()}
