"""What each kind of timer does when it falls due. Every effect re-reads whether its cause still holds."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sla.desk.accept import close_unanswered, remind_acceptance
from sla.desk.appointment_ends import raise_missed_call
from sla.desk.call_reminders import remind_call
from sla.desk.catch_up import refold
from sla.desk.contract_end import remind_contract
from sla.desk.disagreement import remind_contested
from sla.desk.escalate import escalate_if_over
from sla.desk.estimates import expire_estimate, remind_estimate
from sla.desk.exhaustion import remind_exhaustion
from sla.desk.follow_up import remind_publisher, remind_report
from sla.desk.foretell import foretell
from sla.desk.hours import expire_hours, remind_expiry, remind_low, start_hours
from sla.desk.office import Tx
from sla.desk.reschedule import reschedule
from sla.desk.running_work import stop_forgotten
from sla.desk.timers import TimerKind
from sla.desk.unanswered import remind_asked_report, remind_hours
from sla.desk.unconfirmed import remind_unconfirmed
from sla.desk.wait import end_wait
from sla.desk.warn import warn
from sla.desk.watch_reliability import watch_reliability
from sla.desk.work_limits import warn_agreed, warn_running
from sla.store.tables import Timer

Effect = Callable[[Tx, Timer], object]

EFFECTS: Mapping[str, Effect] = {
    TimerKind.SLA_LEVEL: lambda tx, timer: warn(
        tx, timer.subject, timer.data["clock"], timer.data["share"], datetime.fromisoformat(timer.data["due_at"])
    ),
    TimerKind.CALL_REMINDER: lambda tx, timer: remind_call(tx, timer.subject, eve=timer.data.get("eve", False)),
    TimerKind.CALL_MISSED: lambda tx, timer: raise_missed_call(tx, timer.subject),
    TimerKind.HOURS_START: lambda tx, timer: start_hours(tx, timer.subject),
    TimerKind.EXPIRY_REMINDER: lambda tx, timer: remind_expiry(tx, timer.subject, timer.data["days"]),
    TimerKind.EXPIRY: lambda tx, timer: expire_hours(tx, timer.subject),
    TimerKind.LOW_BALANCE: lambda tx, timer: remind_low(
        tx, timer.subject, timer.data["share"], timer.data.get("movement", 0)
    ),
    TimerKind.ESCALATION: lambda tx, timer: escalate_if_over(tx, timer.subject, timer.data["cause"]),
    TimerKind.ESTIMATE_REMINDER: lambda tx, timer: remind_estimate(tx, timer.subject),
    TimerKind.ESTIMATE_END: lambda tx, timer: expire_estimate(tx, timer.subject),
    TimerKind.WORK_STOP: lambda tx, timer: stop_forgotten(tx, timer.subject),
    TimerKind.WORK_LIMIT: lambda tx, timer: warn_running(tx, timer.subject),
    TimerKind.WORK_AGREED: lambda tx, timer: warn_agreed(tx, timer.subject),
    TimerKind.WORK_UNCONFIRMED: lambda tx, timer: remind_unconfirmed(tx, timer.subject, timer.data["times"]),
    TimerKind.ACCEPTANCE_REMINDER: lambda tx, timer: remind_acceptance(tx, timer.subject),
    TimerKind.RUNS_OUT: lambda tx, timer: remind_exhaustion(tx, timer.subject),
    TimerKind.CONTRACT_END: lambda tx, timer: remind_contract(
        tx, timer.subject, timer.data["days"], timer.data.get("last_day")
    ),
    TimerKind.PUBLISHER_FOLLOW_UP: lambda tx, timer: remind_publisher(tx, timer.subject),
    TimerKind.REPORT_DUE: lambda tx, timer: remind_report(tx, timer.subject, timer.data["seq"]),
    TimerKind.REPORT_ASKED_STILL: lambda tx, timer: remind_asked_report(tx, timer.subject, timer.data["seq"]),
    TimerKind.HOURS_ASKED_STILL: lambda tx, timer: remind_hours(tx, timer.subject),
    TimerKind.CONTESTED_STILL: lambda tx, timer: remind_contested(
        tx, timer.subject, timer.data["seq"], timer.data["text"]
    ),
    TimerKind.WAIT_ENDS: lambda tx, timer: end_wait(tx, timer.subject, timer.data["seq"]),
    TimerKind.RESCHEDULE: lambda tx, timer: reschedule(tx, timer.subject, after=timer.data["after"]),
    TimerKind.REFOLD: refold,
    TimerKind.EXPECTATION: lambda tx, timer: foretell(tx, timer.subject),
    TimerKind.RELIABILITY: lambda tx, timer: watch_reliability(tx),
    TimerKind.ACCEPTANCE_END: lambda tx, timer: close_unanswered(tx, timer.subject),
}
