"""The plan replayed: the rule of dispatch over many futures, each with durations, arrivals and returns drawn.

A replay is drawn from a seed and reads no clock: the same scene gives the same answer.
"""

from random import Random

from sla.queue.expect.future import Future, Past
from sla.queue.expect.grid import Grid
from sla.queue.expect.scene import Scene
from sla.queue.rule import Rule

FUTURES = 48
LEAST_FUTURES = 12
CROWD = 40
"""With more tickets waiting than this, fewer futures are drawn: the effort stays about the same."""


def replay(scene: Scene, past: Past, rule: Rule, ticket: int, *, futures: int = FUTURES, seed: int = 0) -> Grid:
    """The wait from now until the first answer to `ticket`, which waits in the scene."""
    crowd = max(CROWD, len(scene.waiting))
    count = max(LEAST_FUTURES, futures * CROWD // crowd)
    return Grid.of([Future(scene, past, rule, Random(f"{seed}:{n}")).answer(ticket) for n in range(count)])
