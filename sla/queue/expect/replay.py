"""The plan replayed: the rule of dispatch over many futures, each with durations, arrivals and returns drawn.

A replay is drawn from a seed and reads no clock: the same scene gives the same answer.
"""

from random import Random

from sla.queue.expect.future import FARTHEST_DAYS, Future, Past, ranked
from sla.queue.expect.grid import Grid
from sla.queue.expect.plain import certain
from sla.queue.expect.scene import Scene
from sla.queue.jobs import Hand, Job
from sla.queue.rule import Rule

FUTURES = 48
LEAST_FUTURES = 4
CROWD = 40
"""With more tickets waiting than this, fewer futures are drawn, each being longer: one answer costs about the same."""
CROWDED = 400
"""With more than this, none is: the work ahead is shared out among those who can do it."""


def replay(scene: Scene, past: Past, rule: Rule, ticket: int, *, futures: int = FUTURES, seed: int = 0) -> Grid:
    """The wait from now until the first answer to `ticket`, which waits in the scene."""
    if len(scene.waiting) > CROWDED:
        return certain(shared_out(scene, rule, ticket))
    count = how_many(scene, past, rule, ticket, futures)
    awaiting = ranked(scene, rule)
    return Grid.of([Future(scene, past, rule, Random(f"{seed}:{n}"), awaiting).answer(ticket) for n in range(count)])


def how_many(scene: Scene, past: Past, rule: Rule, ticket: int, futures: int = FUTURES) -> int:
    """Futures to be drawn: fewer of longer ones."""
    crowd = max(1.0, len(scene.waiting) / CROWD)
    mine = next(job for job in scene.waiting if job.ticket == ticket)
    away = soonest(scene, past, rule, mine)
    days = FARTHEST_DAYS if away is None else away / past.days.length
    return max(LEAST_FUTURES, round(futures / (crowd**2 * (1 + days))))


def soonest(scene: Scene, past: Past, rule: Rule, mine: Job) -> float | None:
    """When the first of those who may do it is there; None if nobody is within reach."""
    there = [hand.free(0.0) for hand in scene.hands if rule.able(mine, hand)]
    return min((each for each in there if each < FARTHEST_DAYS * past.days.length), default=None)


def shared_out(scene: Scene, rule: Rule, ticket: int) -> float:
    """The work that comes first, divided among those who can do this ticket's, and its own; chance is left to
    calibration."""
    mine = next(job for job in scene.waiting if job.ticket == ticket)
    able = [hand for hand in scene.hands if rule.able(mine, hand)]
    first = (job.seconds for job in scene.waiting if any(before(rule, job, mine, hand) for hand in able))
    return sum(first) / max(1, len(able)) + mine.seconds


def before(rule: Rule, job: Job, mine: Job, hand: Hand) -> bool:
    """Whether a technician who could do both would do the one first, as things stand."""
    return rule.able(job, hand) and rule.rank(job, hand, 0.0) > rule.rank(mine, hand, 0.0)
