"""Waits as the history has them: on the client, on the publisher, and what the client's own word makes owed."""

from dataclasses import replace
from datetime import datetime

from sla.ticket.clock import ClockName, Hours, Mark
from sla.ticket.facts import Fact
from sla.ticket.life import Life, Rules
from sla.ticket.states import LEFT, State


def written(life: Life, fact: Fact, rules: Rules) -> Life:
    """The client wrote: it is owed an answer, unless the first one is still owed."""
    at, following = fact.at, life.clock(ClockName.NEXT_RESPONSE)
    if life.clock(ClockName.FIRST_RESPONSE).live or following.mark is Mark.RUNNING or life.state in LEFT:
        return life
    if following.mark is Mark.PAUSED:
        return life.with_clocks(following.resume(at, rules.hours))
    promise = rules.promises.promise(life.level, life.severity)
    return life.with_clocks(following.start(at, promise.next_response, rules.hours))


def waiting_client(life: Life, fact: Fact, rules: Rules) -> Life:
    paused = (
        life.clock(name).pause(fact.at, rules.hours)
        for name in (ClockName.NEXT_RESPONSE, ClockName.WORKAROUND, ClockName.RESOLUTION)
    )
    chosen = fact.data.get("until")
    until = datetime.fromisoformat(chosen) if chosen else None
    life = replace(life.with_clocks(*paused), waiting_for=fact.data.get("reason"), waiting_since=fact.at)
    return replace(life, waiting_until=until)


def waiting_publisher(life: Life, fact: Fact, rules: Rules) -> Life:
    if life.state is State.WAITING_CLIENT:
        life = life.with_clocks(life.clock(ClockName.NEXT_RESPONSE).resume(fact.at, rules.hours))
    paused = (life.clock(name).pause(fact.at, rules.hours) for name in (ClockName.WORKAROUND, ClockName.RESOLUTION))
    life = replace(life.with_clocks(*paused), waiting_for=fact.data.get("reason"), waiting_since=fact.at)
    return replace(life, waiting_until=None)


def resumed(life: Life, at: datetime, hours: Hours) -> Life:
    """However a wait has ended, by a word, a reply or a session, nothing stands still any more."""
    return life.with_clocks(*(clock.resume(at, hours) for clock in life.clocks.values()))
