"""The verdicts of a ticket after one fact more."""

from dataclasses import replace
from datetime import datetime

from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.life import Life
from sla.ticket.verdict import Verdict, Verdicts, outcome


def judged(before: Life, after: Life, at: datetime) -> tuple[Verdicts, Verdicts]:
    """The verdicts, and the misses that a longer target took back. Nothing happens between two facts: what passed
    before `at` was whose the ticket was before. A fact that changes neither a clock nor whose the ticket is judges
    nothing."""
    verdicts, eased, same_owner = dict(after.verdicts), dict(after.eased), _owner(before) == _owner(after)
    for name, clock in after.clocks.items():
        left, key = before.clock(name), (name, clock.cycle)
        if left == clock and same_owner:
            continue
        if left.cycle != clock.cycle or outcome(clock, at) is None:
            _judge(verdicts, left, before, before, at)
        if key in verdicts and outcome(clock, at) is None and _lived(verdicts[key]):
            eased[key] = verdicts[key]
        _judge(verdicts, clock, before, after, at)
        if key in eased and verdicts.get(key) != after.verdicts.get(key) and _comes_back(left, verdicts.get(key), at):
            verdicts[key] = replace(eased[key], at=verdicts[key].at)
    return (
        verdicts if verdicts != after.verdicts else after.verdicts,
        eased if eased != after.eased else after.eased,
    )


def _lived(verdict: Verdict | None) -> bool:
    """A promise that was missed while it was made, and by no change of it."""
    return verdict is not None and verdict.mark is Mark.MISSED and verdict.cause is None


def _comes_back(left: Clock, verdict: Verdict | None, at: datetime) -> bool:
    """Nothing has passed since: a shorter target has brought back what was missed, and it is whose it was then."""
    was = outcome(left, at)
    return _lived(verdict) and (was is None or was[0] is not Mark.MISSED)


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
