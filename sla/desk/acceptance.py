"""The acceptance window of a resolved ticket: a reminder, then its end, closed without an answer and said as such."""

from datetime import datetime

from sla.desk.office import Tx
from sla.desk.timers import TimerKind, cancel, schedule


def await_acceptance(tx: Tx, ticket: int, *, resolved_at: datetime, until: datetime, seq: int) -> None:
    """`seq` is the place in the history of the resolution that awaits acceptance; `until` the end of the window."""
    reminded = tx.hours.add_days(resolved_at, tx.settings.reminders.acceptance_days)
    for kind, at in ((TimerKind.ACCEPTANCE_REMINDER, reminded), (TimerKind.ACCEPTANCE_END, until)):
        schedule(tx, kind, ticket, at, mark=str(seq), data={"seq": seq})


def await_no_more(tx: Tx, ticket: int) -> None:
    """The client has answered, or the work is on again."""
    for kind in (TimerKind.ACCEPTANCE_REMINDER, TimerKind.ACCEPTANCE_END):
        cancel(tx, kind, ticket)
