"""One future of the desk: technicians free themselves, take what the rule gives them, answer, and what follows comes
back."""

import heapq
from dataclasses import dataclass
from random import Random

from sla.queue.expect.arrivals import Days
from sla.queue.expect.durations import FollowUps, Ratios, longer
from sla.queue.expect.scene import DRAWN, Scene
from sla.queue.jobs import Hand, Job
from sla.queue.plan import let_go_later, match
from sla.queue.ranking import Ranking
from sla.queue.rule import Rule

FARTHEST_DAYS = 20
"""A future in which no answer has come after so many working days ends there."""


@dataclass(frozen=True, slots=True)
class Past:
    """What futures are drawn from: how long first answers take, what follows them, what arrives."""

    answers: Ratios
    follow_ups: FollowUps
    days: Days


def ranked(scene: Scene, rule: Rule) -> Ranking:
    """What awaits and is in nobody's hand."""
    doing = {id(job) for job in scene.in_hand.values()}
    return Ranking(scene.hands, rule, (job for job in scene.waiting if id(job) not in doing))


class Future:
    """Events in order of time: a job comes, a technician is free, or (None) may have what its owner loses then."""

    def __init__(self, scene: Scene, past: Past, rule: Rule, chance: Random, awaiting: Ranking | None = None) -> None:
        """`awaiting`: `ranked(scene, rule)`, for whoever plays more than one future of a scene."""
        self.past, self.rule, self.chance = past, rule, chance
        self.hands = {hand.id: hand for hand in scene.hands}
        self.free = {hand.id: hand.free(0.0) for hand in scene.hands}
        self.waiting = (awaiting or ranked(scene, rule)).copy()
        self.idle: list[Hand] = []
        self.events: list[tuple[float, int, Job | Hand | None]] = []
        self.pushed = 0
        self.arrivals = past.days.draw(chance, scene.day)
        self.answered: dict[int, float] = {}
        self.next_look = 0.0
        self._set(scene)

    def answer(self, ticket: int) -> float:
        """When the first answer to `ticket` comes, in working seconds from now."""
        farthest = FARTHEST_DAYS * self.past.days.length
        while self.events and ticket not in self.answered:
            at = self.events[0][0]
            if at > farthest:
                break
            while self.events and self.events[0][0] == at:
                self._happens(heapq.heappop(self.events)[2])
            self._share_out(at)
        return min(farthest, self.answered.get(ticket, farthest))

    def _set(self, scene: Scene) -> None:
        """What is being done goes on; everyone else looks at what waits; what is with the client comes back."""
        busy = scene.in_hand
        for number, job in busy.items():
            hand = self.hands[number]
            self._do(hand, job, 0.0, self.rule.seconds(job, hand), job.spent or 0.0)
        for hand in scene.hands:
            if hand.id not in busy:
                self._push(0.0, hand)
        for job in scene.returning:
            waited = job.spent or 0.0
            self._push(longer(self.past.follow_ups.pauses, waited, self.chance) - waited, job)
        self._arrive()

    def _push(self, at: float, what: Job | Hand | None) -> None:
        self.pushed += 1
        heapq.heappush(self.events, (at, self.pushed, what))

    def _arrive(self) -> None:
        job = next(self.arrivals, None)
        if job is not None:
            self._push(job.since, job)

    def _happens(self, what: Job | Hand | None) -> None:
        if isinstance(what, Hand):
            self.idle.append(what)
        elif what is not None:
            self.waiting.add(what)
            if what.ticket == DRAWN and not what.answered:
                self._arrive()

    def _share_out(self, at: float) -> None:
        """Those who are free take what the plan would give them; who is not there looks again once they are."""
        for hand in [each for each in self.idle if each.free(at) > at]:
            self.idle.remove(hand)
            self.free[hand.id] = hand.free(at)
            self._push(self.free[hand.id], hand)
        while self.idle and self.waiting:
            found = match(self.idle, self.waiting, at, self.free)
            if found is None:
                self._look_again(at)
                return
            hand, job, work = found
            self.idle.remove(hand)
            self._do(hand, job, at, work)

    def _look_again(self, at: float) -> None:
        later = [each for hand in self.idle if (each := let_go_later(hand, self.waiting, at)) is not None]
        if later and not at < self.next_look <= min(later):
            self.next_look = min(later)
            self._push(self.next_look, None)

    def _do(self, hand: Hand, job: Job, at: float, reckoned: float, spent: float = 0.0) -> None:
        """`reckoned`: the work as the rule reckons it; how long it takes is drawn around that."""
        past = self.past.follow_ups.ratios if job.answered else self.past.answers
        ratio = past.draw(self.chance, job.line, spent / reckoned if spent else 0.0)
        end = hand.after(at, ratio * reckoned - spent)
        self.free[hand.id] = end
        if not job.answered:
            self.answered[job.ticket] = end
            self._follow(hand, job, end)
        self._push(end, hand)

    def _follow(self, hand: Hand, job: Job, at: float) -> None:
        """What follows the answer, by the one who gave it, once the client has done its part."""
        rules, chance = self.past.follow_ups, self.chance
        if chance.random() < rules.share:
            pause = longer(rules.pauses, 0.0, chance)
            self._push(at + pause, rules.job(job, hand.id, at + pause, pause))
