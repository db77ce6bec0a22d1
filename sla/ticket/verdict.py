"""What became of each promise: met or missed, when, and whose it was then. What passes once stands from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sla.ticket.clock import Clock, ClockName, Mark


@dataclass(frozen=True, slots=True)
class Verdict:
    """`mark`: MET or MISSED; `at`: when that was so, an answer's instant or the deadline that passed. `level`,
    `severity` and `technician` are the ticket's at that instant."""

    mark: Mark
    at: datetime
    cause: str | None
    level: str
    severity: str
    technician: int | None


Verdicts = Mapping[tuple[ClockName, int], Verdict]
"""By clock and cycle: a clock that starts anew leaves its last verdict behind."""


def outcome(clock: Clock, at: datetime) -> tuple[Mark, datetime, str | None] | None:
    """Mark, instant and cause of a clock as it stands at `at`; None while its promise can still be kept.

    A deadline that has passed is a miss at once, whenever the answer comes, and stays one where the clock is made void
    afterwards, be it by another severity: that has ended it and not made it late.
    """
    passed = clock.overdue_at
    if passed is None and clock.mark is Mark.RUNNING and clock.due_at is not None and clock.due_at < at:
        passed = clock.due_at
    if passed is not None:
        return Mark.MISSED, passed, "changed" if clock.cause == "changed" and clock.mark is not Mark.VOID else None
    if clock.mark is Mark.MET and clock.ended_at is not None:
        return Mark.MET, clock.ended_at, None
    return None
