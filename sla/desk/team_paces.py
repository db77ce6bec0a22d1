"""What the plan believes of each technician: load of four weeks, skills, and slowness learned from the desk's past."""

from collections.abc import Sequence
from dataclasses import dataclass

from sla.desk.known import known
from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.desk.roster import team
from sla.errors import Forbidden
from sla.queue.pace import Pace


@dataclass(frozen=True, slots=True)
class LearnedPace:
    """A service item's slowness as configured and as learned; the plan follows the latter."""

    item: str
    label: str
    pace: Pace


@dataclass(frozen=True, slots=True)
class TeamMember:
    """`load`: the share of the last four weeks that they worked; `skills`: skill → slowness, a part-time capacity
    included; `clients`: how many companies are theirs most often; `learned`: the best known first; `items`, label →
    slowness: service items that desk.toml sets apart and of which nothing was learned."""

    id: int
    name: str
    load: float
    skills: Sequence[tuple[str, float]]
    clients: int
    learned: Sequence[LearnedPace]
    items: Sequence[tuple[str, float]] = ()


def team_paces(tx: Tx) -> list[TeamMember]:
    """For support only."""
    if tx.actor.role not in SUPPORT:
        raise Forbidden(role=tx.actor.role, action="team_paces")
    past, catalogue = known(tx), tx.settings.catalogue
    found = []
    for each in team(tx):
        learned = [
            LearnedPace(item, catalogue.get(item).label, pace)
            for (technician, item), pace in past.paces.items()
            if technician == each.id
        ]
        learned.sort(key=lambda known: (-known.pace.tickets, known.item))
        known_by_work = {one.item for one in learned}
        items = sorted(
            (catalogue.get(item).label, pace) for item, pace in each.lines.items() if item not in known_by_work
        )
        clients = sum(technician == each.id for technician in past.usual.values())
        found.append(TeamMember(each.id, each.name, each.load, sorted(each.skills.items()), clients, learned, items))
    return found
