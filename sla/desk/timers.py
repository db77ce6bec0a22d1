"""Timers: what is due, written in the same transaction as its cause."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

from sla.desk.office import Tx
from sla.store.tables import Timer


class TimerKind(StrEnum):
    SLA_LEVEL = "sla_level"
    CALL_REMINDER = "call_reminder"
    CALL_MISSED = "call_missed"
    HOURS_START = "hours_start"
    EXPIRY_REMINDER = "expiry_reminder"
    EXPIRY = "expiry"
    LOW_BALANCE = "low_balance"
    ESCALATION = "escalation"
    ESTIMATE_REMINDER = "estimate_reminder"
    ACCEPTANCE_REMINDER = "acceptance_reminder"
    ACCEPTANCE_END = "acceptance_end"
    RESCHEDULE = "reschedule"
    REFOLD = "refold"
    RUNS_OUT = "runs_out"
    CONTRACT_END = "contract_end"
    PUBLISHER_FOLLOW_UP = "publisher_follow_up"
    REPORT_DUE = "report_due"
    REPORT_ASKED_STILL = "report_asked_still"
    HOURS_ASKED_STILL = "hours_asked_still"
    WAIT_ENDS = "wait_ends"
    CONTESTED_STILL = "contested_still"
    WORK_STOP = "work_stop"
    WORK_LIMIT = "work_limit"
    WORK_AGREED = "work_agreed"
    WORK_UNCONFIRMED = "work_unconfirmed"
    ESTIMATE_END = "estimate_end"
    EXPECTATION = "expectation"
    RELIABILITY = "reliability"


class About(StrEnum):
    """What kind of row a timer's `subject` is, which is locked before it acts."""

    TICKET = "ticket"
    APPOINTMENT = "appointment"
    ESTIMATE = "estimate"
    FORFAIT = "forfait"
    STINT = "stint"
    SEVERAL = "several"  # or an error's: the effect locks what it comes to


SUBJECTS = {
    TimerKind.CALL_REMINDER: About.APPOINTMENT,
    TimerKind.CALL_MISSED: About.APPOINTMENT,
    TimerKind.ESTIMATE_REMINDER: About.ESTIMATE,
    TimerKind.ESTIMATE_END: About.ESTIMATE,
    TimerKind.EXPIRY_REMINDER: About.FORFAIT,
    TimerKind.EXPIRY: About.FORFAIT,
    TimerKind.LOW_BALANCE: About.FORFAIT,
    TimerKind.HOURS_START: About.SEVERAL,
    TimerKind.HOURS_ASKED_STILL: About.SEVERAL,
    TimerKind.PUBLISHER_FOLLOW_UP: About.SEVERAL,
    TimerKind.RUNS_OUT: About.SEVERAL,
    TimerKind.CONTRACT_END: About.SEVERAL,
    TimerKind.RESCHEDULE: About.SEVERAL,
    TimerKind.REFOLD: About.SEVERAL,
    TimerKind.WORK_STOP: About.STINT,
    TimerKind.WORK_UNCONFIRMED: About.STINT,
    TimerKind.WORK_LIMIT: About.STINT,
    TimerKind.WORK_AGREED: About.STINT,
    TimerKind.RELIABILITY: About.SEVERAL,
}


def about(kind: str) -> About:
    """Tickets, where nothing else is said."""
    return SUBJECTS.get(TimerKind(kind), About.TICKET) if kind in set(TimerKind) else About.SEVERAL


def schedule(
    tx: Tx,
    kind: TimerKind,
    subject: int,
    reached_at: datetime,
    *,
    mark: str = "",
    generation: int = 0,
    due_at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write a timer once: its key is made of kind, subject and `mark`. Written again, one that was taken back is due
    anew.

    `reached_at` is the instant it tells of; it is sent then, or at the next opening (`due_at` says otherwise).
    """
    send_at = due_at or tx.hours.next_open(reached_at)
    if tx.silent_before is not None and send_at < tx.silent_before:
        return
    key = f"{kind}:{subject}:{mark}" if mark else f"{kind}:{subject}"
    timer = tx.session.scalars(select(Timer).where(Timer.key == key)).one_or_none()
    if timer is None:
        timer = Timer(key=key, kind=kind, subject=subject, due_at=send_at)
        tx.session.add(timer)
    elif timer.state != "cancelled":
        return
    timer.generation, timer.data, timer.state = generation, dict(data or {}), "pending"
    timer.due_at = timer.next_at = send_at
    timer.reached_at, timer.attempts, timer.error = reached_at, 0, None


def is_pending(tx: Tx, kind: TimerKind, subject: int) -> bool:
    query = select(Timer.id).where(Timer.kind == kind, Timer.subject == subject, Timer.state == "pending")
    return tx.session.scalar(query.limit(1)) is not None


def cancel(tx: Tx, kind: TimerKind, subject: int, **data: Any) -> None:
    """Take back what is pending for a subject; with `data`, only the timers that carry these values."""
    pending = Timer.kind == kind, Timer.subject == subject, Timer.state == "pending"
    if not data:
        tx.session.execute(update(Timer).where(*pending).values(state="cancelled"))
        return
    rows = select(Timer).where(*pending).order_by(Timer.id).with_for_update()
    for timer in tx.session.scalars(rows.execution_options(populate_existing=True)):
        if all(timer.data.get(key) == value for key, value in data.items()):
            timer.state = "cancelled"
