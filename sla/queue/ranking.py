"""What awaits, kept in the order in which each technician would take it, as time goes on.

It chooses what `Rule.best` chooses among all that awaits, and weighs nothing twice: a rank rises along a line that is
known from the start, until its promise is past saving or the job has aged. So n jobs cost n·log n, not n².
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from math import inf

from sla.queue.course import Course, Rank
from sla.queue.jobs import Hand, Job
from sla.queue.rule import OLD, Rule

First = tuple[Rank, int]
"""A rank, and how late the job came to the ranking, negated: of equals the first is the greatest."""


class Ranking:
    """The jobs that wait for `hands`. Time, where it is asked for, never goes back."""

    def __init__(self, hands: Iterable[Hand], rule: Rule, jobs: Iterable[Job] = ()) -> None:
        self.rule = rule
        self.waiting: dict[int, Job] = {}
        self.came = 0
        self.hands = {hand.id: hand for hand in hands}
        self.lanes: dict[int, dict[int | None, Lane]] = {number: {} for number in self.hands}
        for job in jobs:
            self.add(job)

    def copy(self) -> "Ranking":
        """The same as it stands, that goes on by itself."""
        other = Ranking(self.hands.values(), self.rule)
        other.came, other.waiting = self.came, self.waiting.copy()
        for number, theirs in self.lanes.items():
            other.lanes[number] = {holder: lane.copy(other.waiting) for holder, lane in theirs.items()}
        return other

    def __len__(self) -> int:
        return len(self.waiting)

    def __iter__(self) -> Iterator[Job]:
        """In the order in which they came."""
        return iter(self.waiting.values())

    def add(self, job: Job) -> None:
        self.came += 1
        self.waiting[self.came] = job
        for hand in self.hands.values():
            if self.rule.able(job, hand):
                self._put(self.came, job, hand)

    def _put(self, number: int, job: Job, hand: Hand) -> None:
        """A lane for what is theirs to take, and one for each colleague who may lose something to them."""
        theirs = self.lanes[hand.id]
        holder = job.owner if job.pinned is None and job.owner != hand.id and job.owner in self.hands else None
        if holder not in theirs:
            theirs[holder] = Lane(hand, self.rule, self.waiting)
        until = job.ready if holder is None else max(job.ready, self.rule.let_go_at(job))
        if until == -inf:
            theirs[holder].enter(number)
        else:
            theirs[holder].lock(number, until)

    def best(self, hand: Hand, at: float, free: Mapping[int, float]) -> tuple[Rank, int] | None:
        """The rank of what comes first for a technician, and the number by which it is taken; None if nothing is theirs
        to do."""
        open_to = (lane for holder, lane in self.lanes[hand.id].items() if holder is None or free[holder] > at)
        found = max((first for lane in open_to if (first := lane.first(at)) is not None), default=None)
        return None if found is None else (found[0], -found[1])

    def seconds(self, number: int, hand: Hand) -> float:
        """How long it is reckoned to take a technician."""
        return self.rule.seconds(self.waiting[number], hand)

    def take(self, number: int) -> Job:
        return self.waiting.pop(number)

    def next_let_go(self, hand: Hand, at: float) -> float | None:
        """When, after `at`, something next becomes theirs to take: ready, or lost by its owner."""
        theirs = (lane.next_unlocked(at) for lane in self.lanes[hand.id].values())
        return min((each for each in theirs if each is not None), default=None)


class Lane:
    """Part of what a technician may take, as heaps. A job is `locked` until it is ready and its owner may lose it, then
    `rising` until its promise is past saving (`turning`: when that is), then `steady`, as is, with another rank, one
    that has aged (`ageing`: since when each has waited). What was taken is left out as it comes up."""

    __slots__ = ("ageing", "hand", "locked", "rising", "rule", "steady", "turning", "waiting")

    def __init__(self, hand: Hand, rule: Rule, waiting: Mapping[int, Job]) -> None:
        self.hand, self.rule, self.waiting = hand, rule, waiting
        self.locked: list[tuple[float, int]] = []
        self.ageing: list[tuple[float, int]] = []
        self.rising: list[tuple[float, int, Course]] = []
        self.turning: list[tuple[float, int, float]] = []
        self.steady: list[tuple[float, int]] = []

    def copy(self, waiting: Mapping[int, Job]) -> "Lane":
        other = Lane(self.hand, self.rule, waiting)
        other.locked, other.ageing, other.steady = self.locked.copy(), self.ageing.copy(), self.steady.copy()
        other.rising, other.turning = self.rising.copy(), self.turning.copy()
        return other

    def lock(self, number: int, until: float) -> None:
        heappush(self.locked, (until, number))

    def enter(self, number: int) -> None:
        job = self.waiting[number]
        course = self.rule.course(job, self.hand)
        heappush(self.ageing, (job.since, number))
        if course.slope:
            heappush(self.rising, (-course.base, number, course))
            heappush(self.turning, (course.until, number, course.steady))
        else:
            heappush(self.steady, (-course.steady, number))

    def first(self, at: float) -> First | None:
        self._pass(at)
        waiting, steady, rising = self.waiting, self.steady, self.rising
        while steady and steady[0][1] not in waiting:
            heappop(steady)
        while rising and (rising[0][1] not in waiting or rising[0][2].until < at):
            heappop(rising)
        found: list[First] = [((-rank, -rank), -number) for rank, number in steady[:1]]
        found += [(course.at(at), -number) for _, number, course in rising[:1]]
        return max(found, default=None)

    def _pass(self, at: float) -> None:
        """What is another by now than it was."""
        while self.locked and self.locked[0][0] <= at:
            number = heappop(self.locked)[1]
            if number in self.waiting:
                self.enter(number)
        while self.turning and self.turning[0][0] < at:
            _, number, rank = heappop(self.turning)
            heappush(self.steady, (-rank, number))
        while self.ageing and self.rule.aged(since := self.ageing[0][0], at):
            heappush(self.steady, (-OLD + since, heappop(self.ageing)[1]))

    def next_unlocked(self, at: float) -> float | None:
        self._pass(at)
        while self.locked and self.locked[0][1] not in self.waiting:
            heappop(self.locked)
        return self.locked[0][0] if self.locked else None
