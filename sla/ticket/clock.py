"""One SLA clock: a working-time stopwatch against a target, as an immutable value.

All amounts are working seconds of the calendar that is handed in; all instants are aware. A verdict compares
instants: an answer at the very deadline is met, and a deadline at closing that is answered at the next opening is
missed.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Hours(Protocol):
    """What a clock asks of a calendar."""

    def add(self, at: datetime, amount: timedelta) -> datetime: ...
    def between(self, a: datetime, b: datetime) -> timedelta: ...
    def next_open(self, at: datetime) -> datetime: ...
    def add_days(self, at: datetime, n: int) -> datetime: ...


class ClockName(StrEnum):
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    WORKAROUND = "workaround"
    RESOLUTION = "resolution"
    DEPLOYMENT = "deployment"


class Mark(StrEnum):
    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    VOID = "void"


LIVE = frozenset({Mark.RUNNING, Mark.PAUSED})
WHOLE = 100
"""The share of a target, in per cent, that is its deadline."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`due_at` is set while the clock runs and kept by its verdict; a paused clock has none.

    `stretches` are the closed runs so far; `since` opens the current one. `generation` counts the deadlines the clock
    has had, `cycle` the times it was started anew. `overdue_at` is the deadline that passed while running: a miss
    stays a miss. `lived`: one passed while it was promised, and whatever target makes it late again is not the cause.
    """

    name: ClockName
    mark: Mark = Mark.IDLE
    cycle: int = 0
    generation: int = 0
    target_s: int = 0
    spent_s: int = 0
    started_at: datetime | None = None
    since: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    overdue_at: datetime | None = None
    cause: str | None = None
    stretches: tuple[tuple[datetime, datetime], ...] = ()
    lived: bool = False

    @property
    def live(self) -> bool:
        return self.mark in LIVE

    @property
    def left_s(self) -> int:
        """What was left when the current stretch began; negative: overrun."""
        return self.target_s - self.spent_s

    def start(self, at: datetime, target_s: int, hours: Hours) -> "Clock":
        fresh = Clock(self.name, cycle=self.cycle + 1, generation=self.generation, target_s=target_s, started_at=at)
        return fresh._run(at, hours)

    def met_at_once(self, at: datetime, target_s: int) -> "Clock":
        """Nothing was ever owed: support deposited the ticket while talking to the caller."""
        return Clock(self.name, Mark.MET, self.cycle + 1, self.generation, target_s, 0, at, None, None, at)

    def _run(self, at: datetime, hours: Hours) -> "Clock":
        due = self.overdue_at or hours.add(at, timedelta(seconds=max(0, self.left_s)))
        changed = due != self.due_at and (self.due_at is not None or self.overdue_at is None)
        return replace(self, mark=Mark.RUNNING, since=at, due_at=due, generation=self.generation + changed)

    def _halt(self, at: datetime, hours: Hours) -> "Clock":
        """Close the current stretch, noting a deadline that passed within it."""
        if self.mark is not Mark.RUNNING or self.since is None or self.due_at is None:
            return self
        spent = self.spent_s + _span_s(hours, self.since, at)
        late = self.overdue_at or (self.due_at if at > self.due_at else None)
        return replace(self, spent_s=spent, overdue_at=late, since=None, stretches=(*self.stretches, (self.since, at)))

    def pause(self, at: datetime, hours: Hours) -> "Clock":
        if self.mark is not Mark.RUNNING:
            return self
        return replace(self._halt(at, hours), mark=Mark.PAUSED, due_at=None)

    def resume(self, at: datetime, hours: Hours) -> "Clock":
        return self._run(at, hours) if self.mark is Mark.PAUSED else self

    def reschedule(self, at: datetime, hours: Hours, *, moved: bool = False) -> "Clock":
        """Another calendar from `at` on: the same amount left, another deadline; one that has passed stays.

        `moved`: it had another deadline before, which what happened in the very second of the edit knows no more of.
        """
        if self.mark is not Mark.RUNNING or self.since is None or self.due_at is None or at > self.due_at:
            return self
        anew = self._run(self.since, hours)
        return replace(anew, generation=self.generation + 1) if moved else anew

    def stop(self, at: datetime, hours: Hours) -> "Clock":
        """The promise is kept, or it is too late: MET or MISSED."""
        if not self.live:
            return self
        halted = self._halt(at, hours)
        due = self.due_at if self.mark is Mark.RUNNING else halted.overdue_at
        return replace(halted, mark=Mark.MISSED if halted.overdue_at else Mark.MET, due_at=due, ended_at=at)

    def revive(self, at: datetime, hours: Hours) -> "Clock":
        """Go on with what was left, the time since the verdict excluded."""
        if self.mark not in (Mark.MET, Mark.MISSED):
            return self
        spent = sum(_span_s(hours, *stretch) for stretch in self.stretches)  # the hours it counts by may have changed
        anew = replace(self, ended_at=None, due_at=self.overdue_at, spent_s=spent)
        late = anew._passed(hours) if self.overdue_at is None else None
        if late is not None:
            anew = replace(anew, due_at=late, overdue_at=late, cause="changed")
        return anew._run(at, hours)

    def void(self, cause: str, at: datetime, hours: Hours) -> "Clock":
        if not self.live:
            return self
        halted = self._halt(at, hours)
        lived = self.lived or (halted.overdue_at is not None and self.cause is None)
        return replace(halted, mark=Mark.VOID, due_at=None, ended_at=at, cause=cause, lived=lived)

    def retarget(self, at: datetime, target_s: int, hours: Hours, *, recount: bool = False) -> "Clock":
        """Measure from the start with another target, pauses kept; an instant miss has the cause `changed`.

        `recount`: other hours count from now on, and what was spent is counted anew by them.
        """
        if not self.live or (target_s == self.target_s and not recount):
            return self
        running = self.mark is Mark.RUNNING
        was_late = self.overdue_at is not None or (running and self.due_at is not None and at > self.due_at)
        lived = self.lived or (was_late and self.cause is None)
        halted = replace(self._halt(at, hours), target_s=target_s, overdue_at=None, lived=lived)
        if recount:
            halted = replace(halted, spent_s=sum(_span_s(hours, *stretch) for stretch in halted.stretches))
        late = halted._passed(hours)
        cause = None if late is None or lived else self.cause if was_late else "changed"
        halted = replace(halted, overdue_at=late, cause=cause)
        return halted._run(at, hours) if running else halted

    def _passed(self, hours: Hours) -> datetime | None:
        """The deadline that passed within a closed stretch, if one did; used up at a stretch's very end, it did not."""
        left = self.target_s
        for begin, end in self.stretches:
            span = _span_s(hours, begin, end)
            if left <= span and (due := hours.add(begin, timedelta(seconds=left))) < end:
                return due
            left -= span
        return None

    def reaches(self, share: int, hours: Hours) -> datetime | None:
        """When `share` % of the target will be used up, if that lies in the current stretch; None otherwise."""
        ahead = self.target_s * share // 100 - self.spent_s
        if self.mark is not Mark.RUNNING or self.since is None or self.overdue_at is not None:
            return None
        if ahead < 0 or (ahead == 0 and self.spent_s > 0 and share < WHOLE):
            return None
        return hours.add(self.since, timedelta(seconds=ahead))


def _span_s(hours: Hours, begin: datetime, end: datetime) -> int:
    return int(hours.between(begin, end).total_seconds())
