"""The plan in its plainest form, all that waits weighed again at each step: what `sla.queue.plan.play` must equal."""

from collections.abc import Sequence
from itertools import count

from sla.queue.jobs import Hand, Job
from sla.queue.rule import Rule

Placed = tuple[Job, int, float, float]


def simply_played(hands: Sequence[Hand], jobs: Sequence[Job], rule: Rule) -> tuple[list[Placed], list[Job]]:
    team = {hand.id: hand for hand in hands}
    free = {hand.id: hand.free(0.0) for hand in hands}
    waiting, placed = {job.ticket: job for job in jobs}, list[Placed]()

    def begins(job: Job, hand: Hand, at: float, work: float) -> None:
        end = hand.after(at, round(work))
        placed.append((job, hand.id, at, end))
        del waiting[job.ticket]
        looks[hand.id] = free[hand.id] = hand.free(end)

    looks: dict[int, float] = {}
    for hand in hands:
        theirs = [job for job in jobs if job.spent is not None and job.owner == hand.id]
        theirs = [job for job in theirs if job.pinned in (None, hand.id)]
        if theirs:
            job = min(theirs, key=lambda job: job.spent or 0.0)
            begins(job, hand, free[hand.id], rule.left(job, hand))
    looks = dict(free)
    for _ in count():
        if not waiting or not looks:
            return placed, list(waiting.values())
        at = min(looks.values())
        found = []
        for hand in (team[number] for number, when in looks.items() if when == at):
            best = rule.best(hand, waiting.values(), at, free)
            if best is not None:
                found.append((best[0], -best[2], -hand.load, -hand.id, best[1]))
        if found:
            _, work, _, number, job = max(found, key=lambda each: each[:4])
            begins(job, team[-number], at, -work)
            continue
        for number in [number for number, when in looks.items() if when == at]:
            del looks[number]
            theirs = [job for job in waiting.values() if rule.able(job, team[number])]
            later = [
                max(job.ready, rule.let_go_at(job))
                if job.owner not in (None, number) and job.owner in team and job.pinned is None
                else job.ready
                for job in theirs
            ]
            if any(each > at for each in later):
                looks[number] = free[number] = team[number].free(min(each for each in later if each > at))
    raise AssertionError("counting ends never")
