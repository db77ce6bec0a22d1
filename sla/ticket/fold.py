"""What a ticket is, as the fold of its history: state, clocks, whose turn it is. Nothing else is true.

Read from a fact's `data`: `deposited` carries level, severity, item, by_support; `requalified` those that
changed; `assigned` technician, pinned; `taken` technician; `waiting_*` reason, until; `worked` minutes;
`work_corrected` minutes and those before; `merged` into; `session_*` appointment; `rescheduled` moves, by what
moved: the old instant and the new.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import reduce

from sla.ticket.clock import ClockName
from sla.ticket.cycle import deposited, reopened, resolved
from sla.ticket.endings import closed, ended, merged, transferred
from sla.ticket.facts import Fact, Kind
from sla.ticket.judging import judged
from sla.ticket.life import Life, Rules
from sla.ticket.qualification import contested, requalified, upheld
from sla.ticket.states import OPEN, WAITING, after
from sla.ticket.waits import resumed, waiting_client, waiting_publisher, written

WINDOW = "acceptance"
"""What moves beside the clocks: the end of the window in which the client tries the work."""


def fold(history: Iterable[Fact], rules: Rules) -> Life:
    """The whole history, from the deposit on."""
    return reduce(lambda life, fact: step(life, fact, rules), history, Life())


def step(life: Life, fact: Fact, rules: Rules) -> Life:
    """One fact more. Whether it was legal was asked before it was written; here it has happened."""
    kind = Kind(fact.kind)
    effect = EFFECTS.get(kind)
    moved = effect(life, fact, _rules_then(life, fact, rules)) if effect else life
    booked, gone = bool(moved.sessions), moved.transferred
    state = after(life.state, kind, begun=moved.begun, waiting_for=life.waiting_for, transferred=gone, booked=booked)
    if state not in WAITING:
        moved = replace(moved, waiting_for=None, waiting_since=None, waiting_until=None)
    if life.state in WAITING and state in OPEN - WAITING:
        moved = resumed(moved, fact.at, _rules_then(life, fact, rules).hours)
    verdicts, eased = judged(life, moved, fact.at)
    return replace(moved, state=state, verdicts=verdicts, eased=eased)


def _rules_then(life: Life, fact: Fact, rules: Rules) -> Rules:
    """By the calendar in force at that instant, and the hours of the promise that the fact leaves the ticket with."""
    level, severity = (fact.data.get(key) or kept for key, kept in (("level", life.level), ("severity", life.severity)))
    return rules.at(fact.at).of(level, severity)


def _assigned(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, technician=fact.data["technician"], pinned=bool(fact.data.get("pinned")))


def _unpinned(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, pinned=False)


def _taken(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, technician=fact.data["technician"], begun=True)


def _responded(life: Life, fact: Fact, rules: Rules) -> Life:
    """A public answer, an estimate, a call or a session held: what the client waited to hear, it has heard."""
    life = replace(life, answered_at=life.answered_at or fact.at)
    awaited = (ClockName.FIRST_RESPONSE, ClockName.NEXT_RESPONSE, ClockName.DEPLOYMENT)
    return life.with_clocks(*(life.clock(name).stop(fact.at, rules.counting(name)) for name in awaited))


def _session_held(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(_session_over(_responded(life, fact, rules), fact, rules), begun=True)


def _session_booked(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, sessions=life.sessions | {_session(fact)})


def _session_over(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, sessions=life.sessions - {_session(fact)})


def _session(fact: Fact) -> int:
    return int(fact.data.get("appointment", 0))


def _workaround(life: Life, fact: Fact, rules: Rules) -> Life:
    life = _responded(life, fact, rules)
    return life.with_clocks(life.clock(ClockName.WORKAROUND).stop(fact.at, rules.hours))


def _worked(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, worked_minutes=life.worked_minutes + fact.data["minutes"])


def _corrected(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, worked_minutes=life.worked_minutes + fact.data["minutes"] - fact.data["before"])


def _rescheduled(life: Life, fact: Fact, rules: Rules) -> Life:
    """The desk's hours were edited: running clocks have another deadline, with what was left of them; a window of
    acceptance ends when the client was told."""
    moved = fact.data.get("moves", {})
    life = life.with_clocks(
        *(
            clock.reschedule(fact.at, rules.counting(clock.name), moved=clock.name in moved)
            for clock in life.clocks.values()
        )
    )
    if life.resolved_at is None or life.accept_until is None or life.accept_until < fact.at:
        return life
    if WINDOW in moved:
        return replace(life, accept_until=datetime.fromisoformat(moved[WINDOW][1]))
    given = rules.at(life.resolved_at).acceptance_days
    return replace(life, accept_until=rules.days.add_days(life.resolved_at, given))


EFFECTS: dict[Kind, Callable[[Life, Fact, Rules], Life]] = {
    Kind.DEPOSITED: deposited,
    Kind.ASSIGNED: _assigned,
    Kind.UNPINNED: _unpinned,
    Kind.TAKEN: _taken,
    Kind.ANSWERED: _responded,
    Kind.CALL_HELD: _responded,
    Kind.SESSION_BOOKED: _session_booked,
    Kind.SESSION_MOVED: _session_booked,
    Kind.SESSION_HELD: _session_held,
    Kind.SESSION_MISSED: _session_over,
    Kind.SESSION_CANCELLED: _session_over,
    Kind.ESTIMATE_OFFERED: _responded,
    Kind.WORKAROUND_GIVEN: _workaround,
    Kind.WORKAROUND_IMPOSSIBLE: _workaround,
    Kind.COMMENTED: written,
    Kind.ESTIMATE_ASKED: written,
    Kind.ESTIMATE_QUESTIONED: written,
    Kind.WAITING_CLIENT: waiting_client,
    Kind.WAITING_PUBLISHER: waiting_publisher,
    Kind.WORKED: _worked,
    Kind.WORK_CORRECTED: _corrected,
    Kind.RESOLVED: resolved,
    Kind.ACCEPTED: closed,
    Kind.CLOSED: closed,
    Kind.ACCEPTED_WITH_RESERVATIONS: reopened,
    Kind.REFUSED: reopened,
    Kind.REOPENED: reopened,
    Kind.REQUALIFIED: requalified,
    Kind.CONTESTED: contested,
    Kind.UPHELD: upheld,
    Kind.RESCHEDULED: _rescheduled,
    Kind.TRANSFERRED: transferred,
    Kind.DECLINED: ended,
    Kind.MERGED: merged,
}
