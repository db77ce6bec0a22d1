"""What a ticket is, said again: its clocks measured from the deposit by the new promise; and the client's
disagreement."""

from dataclasses import replace
from datetime import datetime

from sla.ticket.clock import ClockName, Hours, Mark
from sla.ticket.facts import Fact
from sla.ticket.life import Life, Rules


def requalified(life: Life, fact: Fact, rules: Rules) -> Life:
    was = rules.promises.promise(life.level, life.severity).always
    known = {key: fact.data[key] for key in ("level", "severity", "item") if key in fact.data}
    answered = bool(known.keys() & {"item", "level"})
    life = replace(life, **known, contested=life.contested and not answered)
    promise = rules.promises.promise(life.level, life.severity)
    at, hours, recount = fact.at, rules.hours, was != promise.always
    life = life.with_clocks(
        life.clock(ClockName.FIRST_RESPONSE).retarget(at, promise.first_response, hours, recount=recount),
        life.clock(ClockName.NEXT_RESPONSE).retarget(at, promise.next_response, hours, recount=recount),
        life.clock(ClockName.RESOLUTION).retarget(at, promise.resolution, hours, recount=recount),
    )
    return owe_workaround(life, at, promise.workaround, hours, recount=recount)


def owe_workaround(life: Life, at: datetime, target_s: int | None, hours: Hours, *, recount: bool = False) -> Life:
    """A ticket that becomes blocking owes a workaround counted from the deposit, with the resolution's pauses; one that
    was missed before it became less grave was missed."""
    workaround, resolution = life.clock(ClockName.WORKAROUND), life.clock(ClockName.RESOLUTION)
    if target_s is None:
        return life.with_clocks(workaround.void("changed", at, hours))
    if workaround.live or not resolution.live:
        return life.with_clocks(workaround.retarget(at, target_s, hours, recount=recount))
    same_cycle = workaround.started_at == resolution.started_at
    if workaround.mark is not Mark.VOID and same_cycle:
        return life  # already given
    alike = replace(resolution, name=ClockName.WORKAROUND, generation=workaround.generation)
    alike = alike.retarget(at, target_s, hours)
    lived = workaround.lived and same_cycle
    return life.with_clocks(replace(alike, lived=lived, cause="changed" if alike.overdue_at and not lived else None))


def contested(life: Life, fact: Fact, rules: Rules) -> Life:
    """The client disagrees with who pays; no clock cares, a dispatcher is awaited."""
    return replace(life, contested=True)


def upheld(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(life, contested=False)
