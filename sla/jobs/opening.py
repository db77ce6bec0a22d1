"""Reminders leave while support is open: one that falls due otherwise, after an outage or where a closure was saved
since it was written, waits for the opening. A promise's own levels see to that themselves, see `sla.desk.warn`."""

from datetime import timedelta

from sla.desk.office import Tx
from sla.desk.timers import TimerKind
from sla.store.tables import Timer

REMINDERS = frozenset(
    {
        *(TimerKind.ACCEPTANCE_REMINDER, TimerKind.ESTIMATE_REMINDER, TimerKind.PUBLISHER_FOLLOW_UP),
        *(TimerKind.EXPIRY_REMINDER, TimerKind.CONTRACT_END, TimerKind.RUNS_OUT),
        *(TimerKind.CONTESTED_STILL, TimerKind.REPORT_ASKED_STILL, TimerKind.HOURS_ASKED_STILL),
        TimerKind.WORK_UNCONFIRMED,
    }
)
"""Those of which nothing depends on the hour. A call's are not among them: at the opening it may be too late."""
JUST_CLOSED = timedelta(minutes=5)
"""What was due by the closing may still leave."""


def waits_for_opening(tx: Tx, timer: Timer) -> bool:
    """Put off until the desk opens. Where the calendar has moved it, that is when it is due; else it is late."""
    hours = tx.hours
    if timer.kind not in REMINDERS or hours.is_open(tx.now) or hours.is_open(tx.now - JUST_CLOSED):
        return False
    timer.next_at = hours.next_open(tx.now)
    if not hours.is_open(timer.due_at):
        timer.due_at = hours.next_open(timer.due_at)
    return True
