"""A cycle of promises: begun by the deposit, solved, gone on with after a refusal, begun anew by a late reopening."""

from dataclasses import replace
from datetime import datetime

from sla.ticket.clock import ClockName, Hours
from sla.ticket.endings import back_to_deployment
from sla.ticket.facts import Fact
from sla.ticket.life import Life, Promise, Rules
from sla.ticket.qualification import owe_workaround
from sla.ticket.waits import written


def deposited(life: Life, fact: Fact, rules: Rules) -> Life:
    at, hours, data = fact.at, rules.hours, fact.data
    promise = rules.promises.promise(data["level"], data["severity"])
    life = replace(life, level=data["level"], severity=data["severity"], item=data["item"], deposited_at=at)
    first = life.clock(ClockName.FIRST_RESPONSE)
    if data.get("by_support"):
        life = replace(life.with_clocks(first.met_at_once(at, promise.first_response)), answered_at=at)
    else:
        life = life.with_clocks(first.start(at, promise.first_response, hours))
    return _owe_resolution(life, at, promise, hours)


def _owe_resolution(life: Life, at: datetime, promise: Promise, hours: Hours) -> Life:
    life = life.with_clocks(life.clock(ClockName.RESOLUTION).start(at, promise.resolution, hours))
    if promise.workaround is None:
        return life
    return life.with_clocks(life.clock(ClockName.WORKAROUND).start(at, promise.workaround, hours))


def resolved(life: Life, fact: Fact, rules: Rules) -> Life:
    at, clocks = fact.at, life.clocks.values()
    life = life.with_clocks(*(clock.stop(at, rules.counting(clock.name)) for clock in clocks))
    until = rules.days.add_days(at, rules.acceptance_days)
    return replace(life, answered_at=life.answered_at or at, resolved_at=at, accept_until=until)


def reopened(life: Life, fact: Fact, rules: Rules) -> Life:
    at, hours = fact.at, rules.hours
    promise = rules.promises.promise(life.level, life.severity)
    within, resolved_at = life.accept_until is not None and at <= life.accept_until, life.resolved_at
    life = replace(life, reopenings=life.reopenings + 1, resolved_at=None, accept_until=None)
    if within and life.transferred:
        return back_to_deployment(life, fact, rules)
    if within:
        return written(_owed_again(life, at, resolved_at, promise, hours), fact, rules)
    ended = (ClockName.NEXT_RESPONSE, ClockName.DEPLOYMENT)
    voided = (life.clock(name).void("cycle", at, rules.counting(name)) for name in ended)
    life = life.with_clocks(*voided, life.clock(ClockName.FIRST_RESPONSE).start(at, promise.first_response, hours))
    life = replace(life, begun=False, pinned=False, answered_at=None, transferred=False, merged_into=None)
    return _owe_resolution(life, at, promise, hours)


def _owed_again(life: Life, at: datetime, resolved_at: datetime | None, promise: Promise, hours: Hours) -> Life:
    """What the refused resolution had ended goes on, a workaround that nobody gave too; by the promise of now, since
    the ticket may have been requalified meanwhile."""
    life = life.with_clocks(life.clock(ClockName.RESOLUTION).revive(at, hours).retarget(at, promise.resolution, hours))
    workaround = life.clock(ClockName.WORKAROUND)
    if promise.workaround is not None and workaround.ended_at == resolved_at:
        life = life.with_clocks(workaround.revive(at, hours))
    return owe_workaround(life, at, promise.workaround, hours)
