"""One history played by one policy: events in order of time, and after each the free take what is theirs."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sla.queue.course import Rank
from sla.queue.jobs import Hand, Job
from sla.simulation.history import Case, History, Hole
from sla.simulation.policy import Policy
from sla.simulation.promises import Promises
from sla.simulation.shift import LEAST_LEFT, Doing, Shift
from sla.simulation.simulated_desk import SimulatedDesk

DONE, BACK, GONE, COMES, LOOK = range(5)
"""In this order at the same instant: who leaves at nine takes nothing at nine."""

Estimate = Callable[[Case, Job], float]


class Watcher(Protocol):
    """Is told what happens, as it happens: a predictor, most often."""

    def deposited(self, run: "Run", case: Case, job: Job) -> None: ...
    def answered(self, run: "Run", case: Case, at: float) -> None: ...


@dataclass(slots=True)
class Told:
    """What became of a case: places on the axis, who answered, and its promises."""

    case: Case
    promises: Promises
    begun: float | None = None
    answered: float = 0.0
    resolved: float = 0.0
    by: int = 0


class Run:
    """`Run(desk, history, policy).play()` gives what became of each case. `estimate`: what the desk believes that a job
    takes at full pace (its mean unless said otherwise)."""

    def __init__(
        self,
        desk: SimulatedDesk,
        history: History,
        policy: Policy,
        *,
        estimate: Estimate | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self.desk, self.axis, self.policy, self.watcher = desk, history.axis, policy, watcher
        self.estimate, self.shift = estimate, Shift(desk.hands)
        self.lines, self.severities = desk.by_line, desk.by_severity
        self.cases = {case.number: case for case in history.cases}
        self.told: dict[int, Told] = {}
        self.waiting: dict[int, Job] = {}
        self.left: dict[int, float] = {}
        self.now, self.count = 0.0, 0
        self.events: list[tuple[float, int, int, object]] = []
        for case in history.cases:
            self._push(case.place, COMES, case)
        for hole in history.holes:
            self._push(hole.begin, GONE, hole)

    def play(self) -> list[Told]:
        """Until nothing is left to happen, in order of deposit."""
        while self.events:
            self.now = self.events[0][0]
            while self.events and self.events[0][0] == self.now:
                _, kind, _, what = heapq.heappop(self.events)
                self._happens(kind, what)
            self._dispatch()
        return [self.told[number] for number in sorted(self.told)]

    def scene(self) -> tuple[list[Hand], list[Job]]:
        """Who is there and what awaits, at `now` on the history's axis; work in hand with what has been spent on it."""
        return self.shift.scene(self.waiting.values(), self.now)

    def _push(self, at: float, kind: int, what: object) -> None:
        self.count += 1
        heapq.heappush(self.events, (at, kind, self.count, what))

    def _happens(self, kind: int, what: object) -> None:
        if isinstance(what, Case):
            self._deposited(what)
        elif isinstance(what, Job):
            self._enters(self._resumed(what))
        elif isinstance(what, tuple):
            self._done(*what)
        elif isinstance(what, Hole) and kind == GONE:
            self._leaves(what)
        elif isinstance(what, Hole):
            self.shift.away[what.hand].remove(what)

    def _deposited(self, case: Case) -> None:
        severity, line = self.severities[case.severity], self.lines[case.line]
        promises = Promises.made(severity, case.at, self.desk.calendar)
        self.told[case.number] = Told(case, promises)
        due, weight = self.axis.of(promises.due) if promises.due else None, severity.weight
        job = Job(case.number, line.code, line.skill, severity.code, weight, 0.0, due, case.place, priority=weight)
        job = self._enters(job)
        if self.watcher is not None:
            self.watcher.deposited(self, case, job)

    def _enters(self, job: Job) -> Job:
        job = replace(job, seconds=self._expected(job))
        job = self.policy.enter(job, self.shift, self.waiting.values(), self.now)
        self.waiting[job.ticket] = job
        if job.owner is not None and job.pinned is None:
            self._push(max(self.now, self.policy.rule.let_go_at(job)), LOOK, None)
        return job

    def _expected(self, job: Job) -> float:
        if job.spent is not None:
            return job.seconds
        if self.estimate is not None:
            return self.estimate(self.cases[job.ticket], job)
        return self.lines[job.line].resolution.mean if job.answered else self.desk.first_response.mean

    def _dispatch(self) -> None:
        """The free one by one, the best match first; of equals the one who has worked least."""
        while self.waiting:
            idle, jobs = list(self.shift.idle()), list(self.waiting.values())
            free = self.shift.free(self.now) if idle else {}
            best: tuple[Rank, float, float, Hand, Job] | None = None
            for hand in idle:
                found = self.policy.choose(hand, jobs, self.now, free)
                if found is not None:
                    rank, job, work = found
                    key = (rank, -work, -self.shift.worked[hand.id])
                    if best is None or key > best[:3]:
                        best = (*key, hand, job)
            if best is None:
                return
            self._begins(best[3], best[4])

    def _begins(self, hand: Hand, job: Job) -> None:
        del self.waiting[job.ticket]
        case, told = self.cases[job.ticket], self.told[job.ticket]
        if told.begun is None:
            told.begun = self.now
        truth = self.left.pop(job.ticket, (case.follow or 0.0) if job.answered else case.answer)
        taken_over = self.desk.hand_over if job.owner not in (None, hand.id) else 0.0
        pace = self.shift.pace(hand.id, job)
        seconds = max(1.0, round(truth * pace + taken_over))
        self.count += 1
        mark = self.count
        self.shift.doing[hand.id] = Doing(job, self.now, seconds, mark)
        self._push(self.now + seconds, DONE, (hand, mark))
        if not job.answered or case.follow is None:
            return
        for place, keep in told.promises.on_the_way(case.answer, case.follow):
            within = round((place - case.follow + truth) * pace + taken_over)
            if 0 <= within < seconds:
                self._push(self.now + within, DONE, (hand, mark, keep))

    def _leaves(self, hole: Hole) -> None:
        """What was in hand goes back to the queue with what is left of it, still theirs."""
        self.shift.away[hole.hand].append(hole)
        self._push(hole.end, BACK, hole)
        each = self.shift.stop(hole.hand, self.now)
        if each is None:
            return
        pace = self.shift.pace(hole.hand, each.job)
        spent = (self.now - each.since) / pace
        self.left[each.job.ticket] = each.left / pace
        rest = max(LEAST_LEFT, each.job.seconds - spent)
        self._enters(replace(each.job, owner=hole.hand, seconds=rest, spent=spent, due=self._due(each.job)))

    def _done(self, hand: Hand, mark: int, keep: Callable[[datetime], None] | None = None) -> None:
        if hand.id not in self.shift.doing or self.shift.doing[hand.id].mark != mark:
            return
        if keep is not None:
            keep(self.axis.ends(self.now))
            return
        each = self.shift.stop(hand.id, self.now)
        if each is not None:
            (self._resolved if each.job.answered else self._answered)(hand, each.job)

    def _answered(self, hand: Hand, job: Job) -> None:
        case, told, at = self.cases[job.ticket], self.told[job.ticket], self.axis.ends(self.now)
        told.answered, told.by = self.now, hand.id
        told.promises.answer(at)
        if self.watcher is not None:
            self.watcher.answered(self, case, self.now)
        if case.follow is None:
            self._resolved(hand, job)
            return
        weight = self.severities[job.severity].weight * self.desk.follow_weight
        follow = replace(job, weight=weight, due=None, answered=True, owner=hand.id, pinned=None, spent=None)
        if case.wait:
            told.promises.wait(at)
        self._push(self.now + round(case.wait), COMES, follow)

    def _resumed(self, job: Job) -> Job:
        message = self.cases[job.ticket].wait > 0
        self.told[job.ticket].promises.resume(self.axis.begins(self.now), message=message)
        return replace(job, due=self._due(job), since=self.now)

    def _due(self, job: Job) -> float | None:
        due = self.told[job.ticket].promises.due
        return None if due is None else self.axis.of(due)

    def _resolved(self, hand: Hand, job: Job) -> None:
        told = self.told[job.ticket]
        told.resolved = self.now
        told.promises.resolve(self.axis.ends(self.now))
