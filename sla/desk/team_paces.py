"""What the plan believes of each technician: load of four weeks, skills, slowness learned from the desk's past, and
when they are away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from sla.desk.known import known
from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.desk.roster import team
from sla.errors import Forbidden
from sla.queue.pace import Pace
from sla.store.tables import Absence, Appointment


@dataclass(frozen=True, slots=True)
class LearnedPace:
    """A service item's slowness as configured and as learned; the plan follows the latter."""

    item: str
    label: str
    pace: Pace


@dataclass(frozen=True, slots=True)
class Away:
    """An absence that is to come or under way (`begun`); `met`: tickets of the calls and sessions that fall into it."""

    absence: Absence
    begun: bool
    met: Sequence[int]


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
    away: Sequence[Away] = ()


def team_paces(tx: Tx) -> list[TeamMember]:
    """For support only."""
    if tx.actor.role not in SUPPORT:
        raise Forbidden(role=tx.actor.role, action="team_paces")
    past, catalogue, away = known(tx), tx.settings.catalogue, _away(tx)
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
        skills, absences = sorted(each.skills.items()), away.get(each.id, ())
        found.append(TeamMember(each.id, each.name, each.load, skills, clients, learned, items, absences))
    return found


def _away(tx: Tx) -> dict[int, list[Away]]:
    """By technician, the first to begin first."""
    found: dict[int, list[Away]] = {}
    coming = select(Absence).where(Absence.ends_at > tx.now).order_by(Absence.starts_at, Absence.id)
    booked = select(Appointment).where(Appointment.state == "booked")
    owed = tx.session.scalars(booked).all()
    for absence in tx.session.scalars(coming):
        met = {each.ticket_id for each in owed if _falls_into(each, absence)}
        found.setdefault(absence.technician_id, []).append(Away(absence, absence.starts_at < tx.now, sorted(met)))
    return found


def _falls_into(agreed: Appointment, absence: Absence) -> bool:
    ends_at = agreed.starts_at + timedelta(minutes=agreed.minutes)
    theirs = agreed.technician_id == absence.technician_id
    return theirs and agreed.starts_at < absence.ends_at and ends_at > absence.starts_at
