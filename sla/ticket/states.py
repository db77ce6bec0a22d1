"""The states of a ticket and the moves between them."""

from enum import StrEnum

from sla.ticket.facts import Kind


class State(StrEnum):
    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_CLIENT = "waiting_client"
    WAITING_PUBLISHER = "waiting_publisher"
    PLANNED = "planned"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    TO_DEPLOYMENT = "to_deployment"
    DECLINED = "declined"
    MERGED = "merged"


WAITING = frozenset({State.WAITING_CLIENT, State.WAITING_PUBLISHER})
OPEN = WAITING | {State.NEW, State.ASSIGNED, State.IN_PROGRESS, State.PLANNED, State.REOPENED}
QUEUED = frozenset({State.NEW, State.ASSIGNED, State.REOPENED})
"""States in which nobody has begun: the plan may still move the ticket."""

LEFT = frozenset({State.TO_DEPLOYMENT, State.DECLINED, State.MERGED})
"""Ends in which support promises nothing more: a message there starts no clock."""

LASTING = frozenset({"forfait", "estimate", "date"})
"""What a wait for the client can be for that no mere message ends."""

EVER = frozenset(State)
ANY = EVER - {State.MERGED}
ALIVE = OPEN | {State.RESOLVED}

FROM: dict[Kind, frozenset[State]] = {
    Kind.RECEIVED: ANY,
    Kind.ASSIGNED: OPEN,
    Kind.UNPINNED: OPEN,
    Kind.TAKEN: QUEUED | {State.PLANNED, State.IN_PROGRESS},
    Kind.ANSWERED: ANY - {State.DECLINED},
    Kind.COMMENTED: ANY,
    Kind.NOTED: ANY,
    Kind.CALL_BOOKED: ALIVE,
    Kind.CALL_HELD: ANY,
    Kind.CALL_MISSED: ANY,
    Kind.CALL_CANCELLED: ANY,
    Kind.CALL_MOVED: ALIVE,
    Kind.SESSION_BOOKED: OPEN,
    Kind.SESSION_STARTED: ALIVE,
    Kind.SESSION_HELD: ALIVE,
    Kind.SESSION_MISSED: ANY,
    Kind.SESSION_CANCELLED: ANY,
    Kind.SESSION_MOVED: ALIVE,
    Kind.WAITING_CLIENT: OPEN,
    Kind.WAITING_PUBLISHER: OPEN,
    Kind.RESUMED: WAITING,
    Kind.WORKAROUND_GIVEN: OPEN,
    Kind.WORKAROUND_IMPOSSIBLE: OPEN,
    Kind.ESTIMATE_ASKED: OPEN,
    Kind.ESTIMATE_OFFERED: OPEN,
    Kind.ESTIMATE_ACCEPTED: OPEN,
    Kind.ESTIMATE_DECLINED: OPEN,
    Kind.ESTIMATE_QUESTIONED: OPEN,
    Kind.ESTIMATE_EXPIRED: OPEN,
    Kind.READINESS_SET: OPEN,
    Kind.WORK_STARTED: ALIVE,
    # What was worked was worked, whatever has become of the ticket since.
    Kind.WORK_STOPPED: EVER,
    Kind.WORK_DROPPED: EVER,
    Kind.WORKED: EVER,
    Kind.WORK_CORRECTED: EVER,
    Kind.REPORTED: ANY,
    Kind.REPORT_ASKED: ANY - {State.DECLINED},
    Kind.RESOLVED: OPEN | {State.TO_DEPLOYMENT},
    Kind.ACCEPTED: frozenset({State.RESOLVED}),
    Kind.ACCEPTED_WITH_RESERVATIONS: frozenset({State.RESOLVED}),
    Kind.REFUSED: frozenset({State.RESOLVED}),
    Kind.CLOSED: frozenset({State.RESOLVED}),
    Kind.REOPENED: frozenset({State.RESOLVED, State.CLOSED, *LEFT}),
    Kind.REQUALIFIED: ANY,
    Kind.CONTESTED: ANY,
    Kind.UPHELD: ANY,
    Kind.CONDITION_SET: ALIVE,
    Kind.RESCHEDULED: ANY,
    Kind.TRANSFERRED: OPEN,
    Kind.DECLINED: OPEN,
    Kind.MERGED: OPEN,
    Kind.ABSORBED: OPEN,
}

TO: dict[Kind, State] = {
    Kind.DEPOSITED: State.NEW,
    Kind.TAKEN: State.IN_PROGRESS,
    Kind.SESSION_BOOKED: State.PLANNED,
    Kind.SESSION_HELD: State.IN_PROGRESS,
    Kind.SESSION_MOVED: State.PLANNED,
    Kind.WAITING_CLIENT: State.WAITING_CLIENT,
    Kind.WAITING_PUBLISHER: State.WAITING_PUBLISHER,
    Kind.RESOLVED: State.RESOLVED,
    Kind.ACCEPTED: State.CLOSED,
    Kind.CLOSED: State.CLOSED,
    Kind.ACCEPTED_WITH_RESERVATIONS: State.REOPENED,
    Kind.REFUSED: State.REOPENED,
    Kind.REOPENED: State.REOPENED,
    Kind.TRANSFERRED: State.TO_DEPLOYMENT,
    Kind.DECLINED: State.DECLINED,
    Kind.MERGED: State.MERGED,
}


def allows(state: State | None, kind: Kind) -> bool:
    """Whether a ticket in this state (None: not deposited yet) can bear that fact."""
    return kind is Kind.DEPOSITED if state is None else state in FROM.get(kind, frozenset())


def answered_by_message(state: State | None, waiting_for: str | None) -> bool:
    """Whether a client's message is what a ticket waits for: a question's answer, not hours nor an approval."""
    return state is State.WAITING_CLIENT and waiting_for not in LASTING


BACK = frozenset({Kind.REFUSED, Kind.ACCEPTED_WITH_RESERVATIONS, Kind.REOPENED})
"""What brings a ticket back to those who did the work."""


def after(
    state: State | None,
    kind: Kind,
    *,
    begun: bool,
    waiting_for: str | None = None,
    transferred: bool = False,
    booked: bool = False,
) -> State:
    """The state that follows; `begun`: a technician has started work, so an ended wait leads back to it; `booked`: a
    session still is, so it leads back to that; `transferred`: the work is deployment's, and what is refused of it goes
    back there."""
    if kind in BACK and transferred:
        return State.TO_DEPLOYMENT
    if kind is Kind.ASSIGNED and state in QUEUED:
        return State.ASSIGNED
    if state is State.PLANNED and kind in (Kind.SESSION_MISSED, Kind.SESSION_CANCELLED):
        return _onwards(begun, booked)
    if state is State.PLANNED and kind in (Kind.WORK_STARTED, Kind.SESSION_STARTED):
        return State.IN_PROGRESS
    if kind is Kind.SESSION_HELD and state is State.RESOLVED:
        return State.RESOLVED
    if kind is Kind.SESSION_MOVED and state in WAITING | {State.RESOLVED}:
        return state
    if kind is Kind.RESUMED or (kind is Kind.COMMENTED and answered_by_message(state, waiting_for)):
        return _onwards(begun, booked)
    following = TO.get(kind, state)
    if following is None:
        raise ValueError(f"a history can't begin with {kind}")
    return following


def _onwards(begun: bool, booked: bool) -> State:
    """Where a ticket stands when nothing holds it any more."""
    if booked:
        return State.PLANNED
    return State.IN_PROGRESS if begun else State.ASSIGNED
