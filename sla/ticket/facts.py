"""The facts that a ticket's history is made of (booklet, « Historique des actions »)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Kind(StrEnum):
    """What happened. The verb that writes a fact bears its name's infinitive."""

    DEPOSITED = "deposited"
    RECEIVED = "received"  # the automatic receipt: no promise is met by it
    ASSIGNED = "assigned"
    UNPINNED = "unpinned"
    TAKEN = "taken"
    ANSWERED = "answered"
    COMMENTED = "commented"
    NOTED = "noted"
    CALL_BOOKED = "call_booked"
    CALL_HELD = "call_held"
    CALL_MISSED = "call_missed"
    CALL_CANCELLED = "call_cancelled"
    CALL_MOVED = "call_moved"
    SESSION_BOOKED = "session_booked"
    SESSION_STARTED = "session_started"
    SESSION_HELD = "session_held"
    SESSION_MISSED = "session_missed"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_MOVED = "session_moved"
    WAITING_CLIENT = "waiting_client"
    WAITING_PUBLISHER = "waiting_publisher"
    RESUMED = "resumed"
    WORKAROUND_GIVEN = "workaround_given"
    WORKAROUND_IMPOSSIBLE = "workaround_impossible"
    ESTIMATE_ASKED = "estimate_asked"
    ESTIMATE_OFFERED = "estimate_offered"
    ESTIMATE_ACCEPTED = "estimate_accepted"
    ESTIMATE_DECLINED = "estimate_declined"
    ESTIMATE_QUESTIONED = "estimate_questioned"
    ESTIMATE_EXPIRED = "estimate_expired"
    READINESS_SET = "readiness_set"
    WORK_STARTED = "work_started"
    WORK_STOPPED = "work_stopped"  # by itself, to be confirmed: what a technician stops is worked at once
    WORK_DROPPED = "work_dropped"
    WORKED = "worked"
    WORK_CORRECTED = "work_corrected"
    REPORTED = "reported"
    REPORT_ASKED = "report_asked"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_RESERVATIONS = "accepted_with_reservations"
    REFUSED = "refused"
    REOPENED = "reopened"
    CLOSED = "closed"
    REQUALIFIED = "requalified"
    CONTESTED = "contested"  # the client disagrees with who pays
    UPHELD = "upheld"
    RESCHEDULED = "rescheduled"
    CONDITION_SET = "condition_set"
    TRANSFERRED = "transferred"
    DECLINED = "declined"
    MERGED = "merged"
    ABSORBED = "absorbed"  # the other side of a merge: this ticket goes on for both


class Fact(Protocol):
    """One event as the rules read it; `at` is aware, `data` holds what the kind needs (see `fold`)."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
