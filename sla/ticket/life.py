"""A ticket as its history tells it, and what the telling depends on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar

from sla.calendar import AlwaysOpen
from sla.ticket.clock import Clock, ClockName, Hours
from sla.ticket.states import State
from sla.ticket.verdict import Verdicts

ALWAYS = AlwaysOpen()
T = TypeVar("T")


class Promise(Protocol):
    """The targets of one level and severity, in working seconds, or in elapsed ones if `always` (24/7); `workaround`
    only where one is owed."""

    @property
    def first_response(self) -> int: ...
    @property
    def next_response(self) -> int: ...
    @property
    def resolution(self) -> int: ...
    @property
    def workaround(self) -> int | None: ...
    @property
    def always(self) -> bool: ...


class Promises(Protocol):
    """Every level's and severity's targets."""

    @property
    def deployment(self) -> int: ...
    def promise(self, level: str, severity: str) -> Promise: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What folding depends on beside the history; `acceptance_days` are working days.

    `hours` is what clocks count by: the desk's calendar in force now, or 24/7 for a promise that is `always` owed.
    `days` are the desk's, for delays in working days. `earlier`: the calendars before, each with the instant at which
    it ended; `formerly`: so the promises and acceptance windows before.
    """

    hours: Hours
    promises: Promises
    acceptance_days: int
    earlier: tuple[tuple[datetime, Hours], ...] = ()
    desk: Hours | None = None
    formerly: tuple[tuple[datetime, tuple[Promises, int]], ...] = ()

    @property
    def days(self) -> Hours:
        return self.desk or self.hours

    def counting(self, clock: ClockName) -> Hours:
        """What that clock counts by: deployment keeps the desk's hours, whatever support promised."""
        return self.days if clock is ClockName.DEPLOYMENT else self.hours

    def of(self, level: str, severity: str) -> "Rules":
        """The rules of one promise."""
        if not self.promises.promise(level, severity).always:
            return self
        return replace(self, hours=ALWAYS, desk=self.days)

    def at(self, instant: datetime) -> "Rules":
        """The rules as they were: what happened then was counted and promised by what held then. What was promised
        before still stands."""
        hours = newest_begun(self.earlier, self.hours, instant)
        promises, days = newest_begun(self.formerly, (self.promises, self.acceptance_days), instant)
        if hours is self.hours and promises is self.promises and days == self.acceptance_days:
            return self
        return Rules(hours, promises, days, formerly=self.formerly)


def newest_begun(before: Sequence[tuple[datetime, T]], now: T, instant: datetime) -> T:
    """What was in force at that instant, of what came before, each with its end, and what is now. A clock that was set
    right may have begun one before the one that it follows."""
    then = now
    for until, former in reversed(before):
        if instant >= until:
            break
        then = former
    return then


def _idle() -> dict[ClockName, Clock]:
    return {name: Clock(name) for name in ClockName}


@dataclass(frozen=True, slots=True)
class Life:
    """A ticket as its history tells it, up to and including the last fact folded in.

    `verdicts` are those of every cycle of its clocks, not only of the ones that stand; `eased`: the misses that a
    longer target took back. `waiting_until`: the date that the client chose. `transferred`: deployment has the work, or
    did it. `sessions`: those that are booked, by number.
    """

    state: State | None = None
    level: str = ""
    severity: str = ""
    item: str = ""
    technician: int | None = None
    pinned: bool = False
    begun: bool = False
    waiting_for: str | None = None
    waiting_since: datetime | None = None
    waiting_until: datetime | None = None
    deposited_at: datetime | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    accept_until: datetime | None = None
    reopenings: int = 0
    worked_minutes: int = 0
    transferred: bool = False
    contested: bool = False
    sessions: frozenset[int] = frozenset()
    merged_into: int | None = None
    clocks: Mapping[ClockName, Clock] = field(default_factory=_idle)
    verdicts: Verdicts = field(default_factory=dict)
    eased: Verdicts = field(default_factory=dict)

    def clock(self, name: ClockName) -> Clock:
        return self.clocks[name]

    def with_clocks(self, *changed: Clock) -> "Life":
        return replace(self, clocks={**self.clocks, **{clock.name: clock for clock in changed}})

    @property
    def nearest(self) -> Clock | None:
        """The clock whose deadline comes first among those that run."""
        running = [(clock.due_at, clock) for clock in self.clocks.values() if clock.since and clock.due_at]
        return min(running, key=lambda each: each[0])[1] if running else None
