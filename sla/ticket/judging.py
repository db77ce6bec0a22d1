"""The verdicts of a ticket after one fact more."""

from datetime import datetime

from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.life import Life
from sla.ticket.verdict import Verdict, Verdicts, outcome


def judged(before: Life, after: Life, at: datetime) -> Verdicts:
    """Nothing happens between two facts: what passed before `at` was whose the ticket was before. A fact that changes
    neither a clock nor whose the ticket is judges nothing."""
    verdicts, same_owner = dict(after.verdicts), _owner(before) == _owner(after)
    for name, clock in after.clocks.items():
        left = before.clock(name)
        if left == clock and same_owner:
            continue
        if left.cycle != clock.cycle:
            _judge(verdicts, left, before, before, at)
        _judge(verdicts, clock, before, after, at)
    return verdicts if verdicts != after.verdicts else after.verdicts


def _judge(
    verdicts: dict[tuple[ClockName, int], Verdict], clock: Clock, before: Life, after: Life, at: datetime
) -> None:
    key, found = (clock.name, clock.cycle), outcome(clock, at)
    kept = verdicts.get(key)
    if kept is not None and (clock.mark is Mark.VOID or (found is not None and (kept.mark, kept.at) == found[:2])):
        return  # whose it was, and what made it so, was said when it came to pass
    if found is None:
        verdicts.pop(key, None)  # refused within its window, or given a longer target: it can be kept again
        return
    mark, then, cause = found
    verdicts[key] = Verdict(mark, then, cause, *_owner(before if then < at and cause is None else after))


def _owner(life: Life) -> tuple[str, str, int | None]:
    return life.level, life.severity, life.technician
