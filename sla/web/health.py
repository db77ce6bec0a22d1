"""`/health`: whether the database can be written and the alarm keeps time."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.overdue import oldest_overdue
from sla.web.turn import the_desk

pages = Blueprint("health", __name__)
LATE_S = 60


@pages.get("/health")
def health() -> ResponseReturnValue:
    """200 while all is well; 503 names what is not: the database, or a timer more than a minute late."""
    desk, now = the_desk(), wallclock.now()
    try:
        writable = desk.database.answers()
        overdue = desk.by(SYSTEM).see(oldest_overdue)
    except Exception as error:  # whatever it is, the answer is « not well »
        return jsonify(status="failing", database=type(error).__name__), 503
    late_s = max(0, int((now - overdue).total_seconds())) if overdue else 0
    well = writable and late_s <= LATE_S
    body = {
        "status": "ok" if well else "failing",
        "database": "ok",
        "oldest_overdue_s": late_s,
        "open": desk.settings.calendar.is_open(now),
    }
    return jsonify(body), 200 if well else 503
