"""The desk's table of clocks a second time, as plainly as it can be said: whole minutes on a grid of open ones, each
clock the list of its runs, everything else counted anew from them. Nothing of `sla` is used; the two are compared.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

DAY = 1440
HEARD = ("answered", "call_held", "session_held", "estimate_offered", "workaround_given", "workaround_impossible")
LASTING = ("estimate", "forfait", "date")
BACK = ("refused", "reopened", "accepted_with_reservations")
Run = tuple[int, int]
Targets = Mapping[tuple[str, str], tuple[int, int, int | None, int, bool]]
"""By level and severity: first response, next response, workaround, resolution, in minutes; whether round the clock."""


class Grid:
    """Open minutes: `before[m]` of them lie before minute m."""

    def __init__(self, minutes: Iterable[int]) -> None:
        self.open = bytes(minutes)
        self.before = [0, *accumulate(self.open)]

    def within(self, run: Run) -> int:
        return self.before[run[1]] - self.before[run[0]]

    def after(self, at: int, amount: int) -> int:
        """Used up exactly at closing is at closing; nothing to use up is at once, or at the next opening."""
        wanted = self.before[at] + amount
        return bisect_left(self.before, wanted) if amount else bisect_right(self.before, wanted) - 1

    def window(self, at: int, days: int) -> int:
        """The n-th open day after this one, at the same minute or the next open one."""
        day = at // DAY
        while days:
            day += 1
            days -= any(self.open[day * DAY : (day + 1) * DAY])
        return self.after(day * DAY + at % DAY, 0)


@dataclass
class Watch:
    """One cycle of one clock."""

    target: int
    begun: int
    runs: list[Run] = field(default_factory=list)
    since: int | None = None
    mark: str = "running"
    ended: int | None = None
    cause: str | None = None
    kept: int | None = None
    lived: bool = False

    def spent(self, grid: Grid) -> int:
        return sum(map(grid.within, self.runs))

    def deadline(self, grid: Grid) -> int | None:
        """That of the run that goes on, or the one that has passed."""
        left = self.target
        for run in self.runs:
            if left <= grid.within(run) and (passed := grid.after(run[0], left)) < run[1]:
                return passed
            left -= grid.within(run)
        return grid.after(self.since, left) if self.since is not None else None

    def late(self, grid: Grid, at: int) -> bool:
        due = self.deadline(grid)
        return due is not None and due < at

    def halt(self, at: int, mark: str) -> None:
        if self.since is not None:
            self.runs, self.since = [*self.runs, (self.since, at)], None
        self.mark = mark


class Model:
    """One ticket."""

    def __init__(self, targets: Targets, desk: Grid, always: Grid) -> None:
        self.targets, self.desk, self.always = targets, desk, always
        self.clocks: dict[str, Watch] = {}
        self.level = self.severity = ""
        self.stands, self.waits = "open", ""
        self.window: int | None = None
        self.resolved = 0
        self.theirs = False

    @property
    def grid(self) -> Grid:
        return self.always if self.targets[self.level, self.severity][4] else self.desk

    def grid_of(self, name: str) -> Grid:
        return self.desk if name == "deployment" else self.grid

    def owed(self, name: str) -> int | None:
        names = ("first_response", "next_response", "workaround", "resolution")
        return 840 if name == "deployment" else self.targets[self.level, self.severity][names.index(name)]

    def start(self, at: int, *names: str) -> None:
        for name in names:
            target = self.owed(name)
            if target is not None:
                self.clocks[name] = Watch(target, at, since=at)

    def live(self, name: str) -> bool:
        return name in self.clocks and self.clocks[name].mark in ("running", "paused")

    def end(self, at: int, names: Iterable[str], cause: str = "") -> None:
        for name in filter(self.live, names):
            watch = self.clocks[name]
            due = watch.deadline(self.grid_of(name))
            watch.halt(at, "void" if cause else "met")
            watch.ended, watch.kept = at, None
            if cause:
                watch.lived |= due is not None and due < at and watch.cause is None
                watch.cause = cause
                continue
            watch.kept = due
            if due is not None and due < at:
                watch.mark = "missed"

    def pause(self, at: int, *names: str) -> None:
        for name in names:
            if name in self.clocks and self.clocks[name].mark == "running":
                self.clocks[name].halt(at, "paused")

    def go_on(self, at: int, *names: str) -> None:
        for name in names or tuple(self.clocks):
            if name in self.clocks and self.clocks[name].mark == "paused":
                self.clocks[name].mark, self.clocks[name].since = "running", at

    def edit(self, at: int, desk: Grid) -> None:
        self.desk = desk
        if self.window is not None and self.window >= at and self.stands in ("resolved", "closed"):
            self.window = desk.window(self.resolved, 5)

    def happen(self, at: int, kind: str, data: Mapping[str, str]) -> None:
        named: Callable[..., None] | None = getattr(self, f"_{kind}", None)
        if kind in HEARD:
            self.end(at, ("first_response", "next_response", "deployment"))
            if kind.startswith("workaround"):
                self.end(at, ("workaround",))
        if kind in BACK:
            self._back(at)
        elif named is not None:
            named(at, data)
        if kind in ("session_held", "session_booked", "resumed") and self.waits:
            self.waits = ""
            self.go_on(at)

    def _deposited(self, at: int, data: Mapping[str, str]) -> None:
        self.level, self.severity = data["level"], data["severity"]
        self.start(at, "first_response", "workaround", "resolution")
        if data.get("by_support"):
            first = self.clocks["first_response"]
            first.since, first.mark, first.ended = None, "met", at

    def _commented(self, at: int, data: Mapping[str, str]) -> None:
        self.written(at)
        if self.waits == "question":
            self.waits = ""
            self.go_on(at)

    def written(self, at: int) -> None:
        if self.live("first_response") or self.stands in ("deployment", "declined", "merged"):
            return
        if not self.live("next_response"):
            self.start(at, "next_response")
        self.go_on(at, "next_response")

    def _waiting_client(self, at: int, data: Mapping[str, str]) -> None:
        self.pause(at, "next_response", "workaround", "resolution")
        self.waits = data["reason"]

    def _waiting_publisher(self, at: int, data: Mapping[str, str]) -> None:
        self.go_on(at, "next_response")
        self.pause(at, "workaround", "resolution")
        self.waits = "publisher"

    def _leave(self, at: int, stands: str, cause: str) -> None:
        self.end(at, tuple(self.clocks), cause)
        self.stands, self.waits = stands, ""

    def _transferred(self, at: int, data: Mapping[str, str]) -> None:
        self._leave(at, "deployment", "transferred")
        self.theirs = True
        self.start(at, "deployment")

    def _declined(self, at: int, data: Mapping[str, str]) -> None:
        self._leave(at, "declined", "declined")
        self.window = None

    def _merged(self, at: int, data: Mapping[str, str]) -> None:
        self._leave(at, "merged", "merged")
        self.window = None

    def _resolved(self, at: int, data: Mapping[str, str]) -> None:
        self.end(at, tuple(self.clocks))
        self.stands, self.waits, self.resolved = "resolved", "", at
        self.window = self.desk.window(at, 5)

    def _accepted(self, at: int, data: Mapping[str, str]) -> None:
        self._leave(at, "closed", "closed")

    _closed = _accepted

    def _back(self, at: int) -> None:
        within = self.window is not None and at <= self.window
        self.window, self.stands = None, "open"
        if within and self.theirs:
            self.stands = "deployment"
            self.start(at, "deployment")
        elif within:
            again = self.clocks["resolution"]
            missed = again.mark == "missed"
            if again.mark in ("met", "missed"):
                again.mark, again.since, again.ended = "running", at, None
            self.aim(at, "resolution", self.grid, was=missed)
            given, was = self.clocks.get("workaround"), None
            if given and given.mark in ("met", "missed") and given.ended == self.resolved and self.owed("workaround"):
                was, given.mark, given.since, given.ended = given.mark == "missed", "running", at, None
            self.owe_workaround(at, self.grid, was=was)
            self.written(at)
        else:
            self.end(at, ("next_response", "deployment"), "cycle")
            self.theirs = False
            self.start(at, "first_response", "workaround", "resolution")

    def _requalified(self, at: int, data: Mapping[str, str]) -> None:
        then = self.grid
        self.level, self.severity = data["level"], data["severity"]
        for name in ("first_response", "next_response", "resolution"):
            self.aim(at, name, then)
        self.owe_workaround(at, then)

    def owe_workaround(self, at: int, then: Grid, *, was: bool | None = None) -> None:
        resolution, given = self.clocks["resolution"], self.clocks.get("workaround")
        if self.owed("workaround") is None:
            self.end(at, ("workaround",), "changed")
        elif self.live("workaround"):
            self.aim(at, "workaround", then, was=was)
        elif self.live("resolution") and (given is None or given.mark == "void" or given.begun != resolution.begun):
            owed = Watch(self.owed("workaround") or 0, resolution.begun, list(resolution.runs), resolution.since)
            owed.mark = resolution.mark
            owed.lived = given is not None and given.begun == resolution.begun and given.lived
            owed.cause = "changed" if owed.late(self.grid, at) and not owed.lived else None
            self.clocks["workaround"] = owed

    def aim(self, at: int, name: str, then: Grid, *, was: bool | None = None) -> None:
        """Another target, from the start; what becomes late by it is so by the change, unless it `was` before, or ever
        was by what was promised then."""
        if not self.live(name):
            return
        watch, target = self.clocks[name], self.owed(name)
        if was is None and target == watch.target and then is self.grid:
            return
        was = watch.late(then, at) if was is None else was
        watch.target = target or 0
        watch.lived |= was and watch.cause is None
        late = watch.late(self.grid, at)
        watch.cause = ("changed" if not was else watch.cause) if late and not watch.lived else None
