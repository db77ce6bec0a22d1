"""What each predictor says of a ticket's first answer now, and which of them is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sla.desk.experience import experience
from sla.desk.first_answers import Memory, came_at, remembered, request
from sla.desk.known import known
from sla.desk.office import Tx
from sla.desk.scene import ASKED, job, scene, seconds
from sla.queue.expect.choice import LAST_HUNDRED, Answer, Told, alike, tell
from sla.queue.expect.grid import Grid
from sla.queue.expect.plain import last_hundred
from sla.queue.expect.replay import replay, soonest
from sla.queue.expect.scene import Scene
from sla.queue.expect.similar import similar
from sla.queue.jobs import Job
from sla.store.tables import Ticket

REPLAY, SIMILAR = "replay", "similar"
FEW = 10
"""Of fewer past waits as long as this one already is, nothing is said."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """`said`: each predictor's own words; `told`: what is believed, None while too few answers are known; `mine`: the
    ticket as it stands in the scene; `backlog`: how many others await a first answer."""

    scene: Scene
    mine: Job
    said: Mapping[str, Grid]
    told: Told | None
    backlog: int

    @property
    def grid(self) -> Grid:
        """What is believed, or else the plan's own."""
        return self.told.grid if self.told is not None else self.said[REPLAY]


def reckon(
    tx: Tx, item: str, severity: str, due_at: datetime | None, ticket: Ticket | None, asked_at: datetime | None = None
) -> Reckoned | None:
    """Working seconds from now until the first answer. None where nobody can do it within the replay's reach, or it
    isn't support's turn. `asked_at`: when the ticket came to the queue, where nothing kept says so yet."""
    due = None if due_at is None else seconds(tx, tx.now, due_at)
    usual = known(tx).usual.get(tx.actor.company_id or 0)
    asked = job(tx, ASKED, item, severity, due=due, since=0.0, usual=usual) if ticket is None else None
    number, seen = (ASKED if ticket is None else ticket.id), scene(tx, arriving=asked)
    mine = next((each for each in seen.waiting if each.ticket == number), None)
    past, rule = experience(tx), tx.settings.plan.rule
    if mine is None or soonest(seen, past, rule, mine) is None:
        return None
    memory, backlog = remembered(tx), sum(not each.answered for each in seen.waiting) - 1
    asked_at = asked_at or (tx.now if ticket is None else came_at(tx, ticket))
    replayed = replay(seen, past, rule, number)
    said = {REPLAY: replayed, **_plain(tx, mine, asked_at, backlog, memory)}
    said = {name: Grid(tuple(float(round(value)) for value in grid.values)) for name, grid in said.items()}
    told = tell(said, severity, memory.answers, least=tx.settings.plan.prediction_least_answers)
    return Reckoned(seen, mine, said, told, backlog)


def _plain(tx: Tx, mine: Job, asked_at: datetime, backlog: int, memory: Memory) -> dict[str, Grid]:
    """What past waits alone say: of those longer than this one has been, what was left."""
    waited = max(0.0, seconds(tx, asked_at, tx.now))
    left = [Answer(each.severity, each.wait - waited) for each in memory.answers if each.wait > waited]
    if len(left) < FEW:
        return {}
    asked = request(mine.severity, mine.line, asked_at, backlog, tx.settings.zone)
    past = [(each, wait - waited) for each, wait in memory.requests if wait > waited]
    return {SIMILAR: similar(asked, past), LAST_HUNDRED: last_hundred(alike(mine.severity, left))}
