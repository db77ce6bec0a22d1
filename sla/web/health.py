"""`/health`: whether the database can be written and the alarm keeps time."""

from datetime import datetime

import structlog
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.overdue import failed_timers, oldest_overdue
from sla.web.turn import the_desk

pages = Blueprint("health", __name__)
LOG = structlog.get_logger()
LATE_S = 60
SILENT_S = 120
"""The alarm looks every 30 s at the latest."""


@pages.get("/health")
def health() -> ResponseReturnValue:
    """200 while all is well; 503 where the database can't be written, the alarm has stopped, or a timer is a minute
    late. Timers that were given up are counted, and are the manager's."""
    desk, now = the_desk(), wallclock.now()
    try:
        writable = desk.database.answers()
        overdue, failed = desk.by(SYSTEM).see(oldest_overdue), desk.by(SYSTEM).see(failed_timers)
    except Exception as error:  # whatever it is, the answer is « not well »
        LOG.exception("health", error=type(error).__name__)
        return jsonify(status="failing", database=type(error).__name__), 503
    late_s, silent_s = _since(overdue, now), _since(_heartbeat(), now)
    well = writable and late_s <= LATE_S and silent_s <= SILENT_S
    body = {
        "status": "ok" if well else "failing",
        "database": "ok" if writable else "read-only",
        "oldest_overdue_s": late_s,
        "failed_timers": failed,
        "alarm_silent_s": silent_s,
        "open": desk.hours.is_open(now),
    }
    return jsonify(body), 200 if well else 503


def _heartbeat() -> datetime | None:
    asked = current_app.extensions["heartbeat"]
    return asked() if asked is not None else None


def _since(at: datetime | None, now: datetime) -> int:
    return max(0, int((now - at).total_seconds())) if at else 0
