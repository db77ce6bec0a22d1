"""A simulated desk that tells each client what to expect: it knows its queue and its own past, and nothing that is to
come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import process_time

from bench.expect_scores import Scores
from sla.queue.expect.arrivals import Days
from sla.queue.expect.choice import LAST_HUNDRED, Answer, Told, alike, marks, tell
from sla.queue.expect.durations import FollowUps, Ratios
from sla.queue.expect.future import Past
from sla.queue.expect.grid import Grid
from sla.queue.expect.plain import last_hundred, last_wait, rolling_mean
from sla.queue.expect.replay import replay
from sla.queue.expect.scene import Scene
from sla.queue.expect.similar import Request, similar
from sla.queue.jobs import Hand, Job
from sla.simulation.history import Case
from sla.simulation.run import Run
from sla.simulation.simulated_desk import SimulatedDesk

DAY_S = 7 * 3600.0
LIVE_FROM, SCORED_FROM = 10, 20
"""Working days before which nothing is predicted, and nothing is scored."""
DAYS = 60
OURS = "told"


@dataclass(frozen=True, slots=True)
class Asked:
    """A prediction that awaits its answer."""

    told: Told
    said: dict[str, Grid]
    naive: dict[str, Grid]
    scored: bool


@dataclass(slots=True)
class Foretold:
    """Watches a run. `learned`: what durations are drawn from, by day; `took`: seconds that each prediction cost."""

    desk: SimulatedDesk
    scores: Scores = field(default_factory=Scores)
    took: list[float] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    depositing: dict[int, Request] = field(default_factory=dict)
    requests: list[tuple[Request, float]] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    statics: dict[str, Grid] = field(default_factory=dict)
    learned: tuple[int, Past] | None = None

    def deposited(self, run: Run, case: Case, job: Job) -> None:
        day = int(run.now // DAY_S)
        request = Request((case.severity, case.line), (run.now - day * DAY_S) / 3600, len(run.waiting))
        self.depositing[case.number] = request
        if day >= LIVE_FROM:
            self._predict(run, case, day, request)
        self.cases.append(case)

    def _predict(self, run: Run, case: Case, day: int, request: Request) -> None:
        past = self._past(run, day)
        began = process_time()
        scene = self._scene(run, day)
        own = alike(case.severity, self.answers)
        said = {
            "replay": replay(scene, past, run.policy.rule, case.number),
            "similar": similar(request, self.requests),
            LAST_HUNDRED: last_hundred(own),
        }
        told = tell(said, case.severity, self.answers)
        self.took.append(process_time() - began)
        if told is not None:
            naive = self._naive(case.severity) if day >= SCORED_FROM else {}
            self.asked[case.number] = Asked(told, said, naive, day >= SCORED_FROM)

    def _naive(self, severity: str) -> dict[str, Grid]:
        waits = [each.wait for each in self.answers]
        own = [each.wait for each in self.answers if each.severity == severity] or waits
        if severity not in self.statics:
            self.statics[severity] = Grid.of(own)
        return {
            "static quantiles, same severity": self.statics[severity],
            "rolling mean of the last 10": rolling_mean(waits),
            "last wait": last_wait(waits),
            "last 100, same severity": last_hundred(own),
        }

    def answered(self, run: Run, case: Case, at: float) -> None:
        wait, asked = at - case.place, self.asked.pop(case.number, None)
        self.requests.append((self.depositing.pop(case.number), wait))
        if asked is None:
            self.answers.append(Answer(case.severity, wait))
            return
        self.answers.append(Answer(case.severity, wait, marks(asked.said, asked.told.offers, wait)))
        if asked.scored:
            offers = {f"{rule}, calibrated": grid for rule, grid in asked.told.offers.items()}
            self.scores.add(case.severity, {**asked.naive, **offers, OURS: asked.told.grid}, wait)

    def _scene(self, run: Run, day: int) -> Scene:
        """Zero is now. What was answered and is nowhere is with its client."""
        hands, jobs = run.scene()
        here = {job.ticket for job in jobs}
        out = (each for each in run.told.values() if each.answered and not each.resolved)
        back = [self._returning(run, each.case, each.by, each.answered) for each in out if each.case.number not in here]
        moved = [self._moved(job, run.now) for job in jobs]
        return Scene([self._hand(hand, run.now) for hand in hands], moved, back, run.now - day * DAY_S)

    def _moved(self, job: Job, now: float) -> Job:
        return replace(job, due=None if job.due is None else job.due - now, since=job.since - now)

    def _hand(self, hand: Hand, now: float) -> Hand:
        return replace(hand, away=tuple((max(0.0, begin - now), end - now) for begin, end in hand.away if end > now))

    def _returning(self, run: Run, case: Case, by: int, answered: float) -> Job:
        severity, line = self.desk.by_severity[case.severity], self.desk.by_line[case.line]
        due = case.place + severity.resolution - run.now
        weight, spent = severity.weight * self.desk.follow_weight, run.now - answered
        seconds = line.resolution.mean
        return Job(case.number, line.code, line.skill, case.severity, weight, seconds, due, 0.0, True, by, spent=spent)

    def _past(self, run: Run, day: int) -> Past:
        """Once a day, from the time that was logged on what is answered, and resolved, by then."""
        if self.learned is None or self.learned[0] != day:
            told = [run.told[case.number] for case in self.cases]
            done = [each.case for each in told if each.answered]
            self.learned = day, Past(self._ratios(done), self._follow_ups(run, done), self._days(day))
        return self.learned[1]

    def _ratios(self, done: Sequence[Case]) -> Ratios:
        return Ratios.of([(case.line, case.answer / self.desk.first_response.mean) for case in done])

    def _follow_ups(self, run: Run, done: Sequence[Case]) -> FollowUps:
        lines = {line.code: line.resolution.mean for line in self.desk.lines}
        over = [case for case in done if run.told[case.number].resolved]
        work = [(case.line, case.follow / lines[case.line]) for case in over if case.follow is not None]
        pauses = sorted(case.wait for case in over if case.follow is not None) or [0.0]
        share = len([case for case in done if run.told[case.number].resolved != run.told[case.number].answered])
        targets = {each.code: float(each.resolution) for each in self.desk.severities}
        return FollowUps(share / len(done), pauses, lines, targets, self.desk.follow_weight, Ratios.of(work))

    def _days(self, day: int) -> Days:
        """What was deposited on each of the past working days."""
        found: dict[int, list[Job]] = defaultdict(list)
        for case in self.cases:
            severity, line = self.desk.by_severity[case.severity], self.desk.by_line[case.line]
            place, due = case.place % DAY_S, float(severity.first_response)
            seconds = self.desk.first_response.mean
            job = Job(0, line.code, line.skill, case.severity, severity.weight, seconds, due, place)
            found[int(case.place // DAY_S)].append(job)
        return Days([found[each] for each in range(max(0, day - DAYS), day)], DAY_S)
