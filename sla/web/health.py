"""`/health`: whether the database can be written and the alarm keeps time; in figures and in words."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from sla import wallclock, wording
from sla.desk.actor import SYSTEM
from sla.desk.overdue import failed_timers, last_look, oldest_overdue
from sla.errors import Both
from sla.web.access import limiter
from sla.web.turn import the_desk

pages = Blueprint("health", __name__)
LOG = structlog.get_logger()
LATE_S = 60
SILENT_S = 120
"""The alarm looks every 30 s at the latest."""
UNWRITABLE = Both("la base de données ne peut pas être écrite", "the database can't be written")
LATE = Both("la plus ancienne échéance a {value} de retard", "the oldest timer is {value} late")
SILENT = Both("l’échéancier n’a rien regardé depuis {value}", "the clock has not looked for {value}")
WELL = Both("tout va bien", "all is well")


@dataclass(frozen=True, slots=True)
class Health:
    """`silent_s`: since the clock last looked, None where no clock ever did."""

    writable: bool
    late_s: int
    silent_s: int | None

    @property
    def ills(self) -> list[tuple[Both, int]]:
        """What is wrong, with the seconds that it tells of."""
        found = [] if self.writable else [(UNWRITABLE, 0)]
        if self.late_s > LATE_S:
            found.append((LATE, self.late_s))
        if self.silent_s is not None and self.silent_s > SILENT_S:
            found.append((SILENT, self.silent_s))
        return found


@pages.get("/health")
@limiter.limit("120 per minute")
def health() -> ResponseReturnValue:
    """200 while all is well; 503 where the database can't be written, the alarm has stopped, or a timer is a minute
    late. Timers that were given up are counted, and are the manager's."""
    desk, now = the_desk(), wallclock.now()
    lang = request.accept_languages.best_match(["fr", "en"], default="fr")
    try:
        writable = desk.database.answers()
        overdue, looked = desk.by(SYSTEM).see(oldest_overdue), desk.by(SYSTEM).see(last_look)
        failed = desk.by(SYSTEM).see(failed_timers)
        is_open = desk.hours.is_open(now)
    except Exception as error:  # whatever it is, the answer is « not well »
        LOG.exception("health", error=type(error).__name__)
        return jsonify(status="failing", database=type(error).__name__, says=[_said(UNWRITABLE, 0, lang)]), 503
    beats = [beat for beat in (looked, _heartbeat()) if beat is not None]
    silent = [abs(int((now - beat).total_seconds())) for beat in beats]  # ahead of now: a clock that was set back
    seen = Health(writable, _since(overdue, now) or 0, min(silent, default=None))
    body = {
        "status": "failing" if seen.ills else "ok",
        "database": "ok" if writable else "read-only",
        "oldest_overdue_s": seen.late_s,
        "failed_timers": failed,
        "alarm_silent_s": seen.silent_s,
        "open": is_open,
        "says": [_said(ill, seconds, lang) for ill, seconds in seen.ills] or [_said(WELL, 0, lang)],
    }
    return jsonify(body), 503 if seen.ills else 200


def _heartbeat() -> datetime | None:
    """Of the alarm in this very process, where there is one."""
    asked = current_app.extensions["heartbeat"]
    found: datetime | None = asked() if asked is not None else None
    return found


def _since(at: datetime | None, now: datetime) -> int | None:
    return max(0, int((now - at).total_seconds())) if at is not None else None


def _said(what: Both, seconds: int, lang: str) -> str:
    return what.said(lang).format(value=wording.duration(seconds))
