"""What a ticket is, as the fold of its history: state, clocks, whose turn it is. Nothing else is true.

Read from a fact's `data`: `deposited` carries level, severity, item, by_support; `requalified` those that
changed; `assigned` technician, pinned; `taken` technician; `waiting_*` reason, until; `worked` minutes;
`work_corrected` minutes and those before; `merged` into; `session_*` appointment.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import reduce

from sla.ticket.clock import ClockName, Hours, Mark
from sla.ticket.endings import back_to_deployment, closed, ended, merged, transferred
from sla.ticket.facts import Fact, Kind
from sla.ticket.judging import judged
from sla.ticket.life import Life, Promise, Rules
from sla.ticket.qualification import contested, requalified, upheld
from sla.ticket.states import LEFT, OPEN, WAITING, State, after

FIRST, NEXT, WORKAROUND, RESOLUTION, DEPLOYMENT = ClockName


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
        moved = _resumed(moved, fact.at, _rules_then(life, fact, rules).hours)
    return replace(moved, state=state, verdicts=judged(life, moved, fact.at))


def _rules_then(life: Life, fact: Fact, rules: Rules) -> Rules:
    """By the calendar in force at that instant, and the hours of the promise that the fact leaves the ticket with."""
    level, severity = (fact.data.get(key) or kept for key, kept in (("level", life.level), ("severity", life.severity)))
    return rules.at(fact.at).of(level, severity)


def _deposited(life: Life, fact: Fact, rules: Rules) -> Life:
    at, hours, data = fact.at, rules.hours, fact.data
    promise = rules.promises.promise(data["level"], data["severity"])
    life = replace(life, level=data["level"], severity=data["severity"], item=data["item"], deposited_at=at)
    first = life.clock(FIRST)
    if data.get("by_support"):
        life = replace(life.with_clocks(first.met_at_once(at, promise.first_response)), answered_at=at)
    else:
        life = life.with_clocks(first.start(at, promise.first_response, hours))
    return _owe_resolution(life, at, promise, hours)


def _owe_resolution(life: Life, at: datetime, promise: Promise, hours: Hours) -> Life:
    life = life.with_clocks(life.clock(RESOLUTION).start(at, promise.resolution, hours))
    if promise.workaround is None:
        return life
    return life.with_clocks(life.clock(WORKAROUND).start(at, promise.workaround, hours))


def _assigned(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, technician=fact.data["technician"], pinned=bool(fact.data.get("pinned")))


def _unpinned(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, pinned=False)


def _taken(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, technician=fact.data["technician"], begun=True)


def _responded(life: Life, fact: Fact, rules: Rules) -> Life:
    """A public answer, an estimate, a call or a session held: what the client waited to hear, it has heard."""
    at, hours = fact.at, rules.hours
    life = replace(life, answered_at=life.answered_at or at)
    return life.with_clocks(*(life.clock(name).stop(at, hours) for name in (FIRST, NEXT, DEPLOYMENT)))


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
    return life.with_clocks(life.clock(WORKAROUND).stop(fact.at, rules.hours))


def _written(life: Life, fact: Fact, rules: Rules) -> Life:
    """The client wrote: it is owed an answer, unless the first one is still owed."""
    at, following = fact.at, life.clock(NEXT)
    if life.clock(FIRST).live or following.mark is Mark.RUNNING or life.state in LEFT:
        return life
    if following.mark is Mark.PAUSED:
        return life.with_clocks(following.resume(at, rules.hours))
    promise = rules.promises.promise(life.level, life.severity)
    return life.with_clocks(following.start(at, promise.next_response, rules.hours))


def _waiting_client(life: Life, fact: Fact, rules: Rules) -> Life:
    paused = (life.clock(name).pause(fact.at, rules.hours) for name in (NEXT, WORKAROUND, RESOLUTION))
    chosen = fact.data.get("until")
    until = datetime.fromisoformat(chosen) if chosen else None
    life = replace(life.with_clocks(*paused), waiting_for=fact.data.get("reason"), waiting_since=fact.at)
    return replace(life, waiting_until=until)


def _waiting_publisher(life: Life, fact: Fact, rules: Rules) -> Life:
    if life.state is State.WAITING_CLIENT:
        life = life.with_clocks(life.clock(NEXT).resume(fact.at, rules.hours))
    paused = (life.clock(name).pause(fact.at, rules.hours) for name in (WORKAROUND, RESOLUTION))
    life = replace(life.with_clocks(*paused), waiting_for=fact.data.get("reason"), waiting_since=fact.at)
    return replace(life, waiting_until=None)


def _resumed(life: Life, at: datetime, hours: Hours) -> Life:
    """However a wait has ended, by a word, a reply or a session, nothing stands still any more."""
    return life.with_clocks(*(clock.resume(at, hours) for clock in life.clocks.values()))


def _worked(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, worked_minutes=life.worked_minutes + fact.data["minutes"])


def _corrected(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, worked_minutes=life.worked_minutes + fact.data["minutes"] - fact.data["before"])


def _resolved(life: Life, fact: Fact, rules: Rules) -> Life:
    at, hours = fact.at, rules.hours
    life = life.with_clocks(*(clock.stop(at, hours) for clock in life.clocks.values()))
    until = rules.days.add_days(at, rules.acceptance_days)
    return replace(life, answered_at=life.answered_at or at, resolved_at=at, accept_until=until)


def _reopened(life: Life, fact: Fact, rules: Rules) -> Life:
    at, hours = fact.at, rules.hours
    promise = rules.promises.promise(life.level, life.severity)
    within = life.accept_until is not None and at <= life.accept_until
    life = replace(life, reopenings=life.reopenings + 1, resolved_at=None, accept_until=None)
    if within and life.transferred:
        return back_to_deployment(life, fact, rules)
    if within:
        revived = life.clock(RESOLUTION).revive(at, hours)
        life = life.with_clocks(revived.retarget(at, promise.resolution, hours))  # it may have been requalified since
        return _written(life, fact, rules)
    voided = (life.clock(name).void("cycle", at, hours) for name in (NEXT, DEPLOYMENT))
    life = life.with_clocks(*voided, life.clock(FIRST).start(at, promise.first_response, hours))
    life = replace(life, begun=False, pinned=False, answered_at=None, transferred=False, merged_into=None)
    return _owe_resolution(life, at, promise, hours)


def _rescheduled(life: Life, fact: Fact, rules: Rules) -> Life:
    """The desk's hours were edited: running clocks have another deadline, with what was left of them."""
    hours = rules.hours
    life = life.with_clocks(*(clock.reschedule(fact.at, hours) for clock in life.clocks.values()))
    if life.resolved_at is None or life.accept_until is None or life.accept_until < fact.at:
        return life
    return replace(life, accept_until=rules.days.add_days(life.resolved_at, rules.acceptance_days))


EFFECTS: dict[Kind, Callable[[Life, Fact, Rules], Life]] = {
    Kind.DEPOSITED: _deposited,
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
    Kind.COMMENTED: _written,
    Kind.ESTIMATE_ASKED: _written,
    Kind.ESTIMATE_QUESTIONED: _written,
    Kind.WAITING_CLIENT: _waiting_client,
    Kind.WAITING_PUBLISHER: _waiting_publisher,
    Kind.WORKED: _worked,
    Kind.WORK_CORRECTED: _corrected,
    Kind.RESOLVED: _resolved,
    Kind.ACCEPTED: closed,
    Kind.CLOSED: closed,
    Kind.ACCEPTED_WITH_RESERVATIONS: _reopened,
    Kind.REFUSED: _reopened,
    Kind.REOPENED: _reopened,
    Kind.REQUALIFIED: requalified,
    Kind.CONTESTED: contested,
    Kind.UPHELD: upheld,
    Kind.RESCHEDULED: _rescheduled,
    Kind.TRANSFERRED: transferred,
    Kind.DECLINED: ended,
    Kind.MERGED: merged,
}
