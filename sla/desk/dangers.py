"""The promises that the plan would break, with the hours of notice that are left to keep them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sla.desk.office import Tx
from sla.desk.queueing import Situation, situation


@dataclass(frozen=True, slots=True)
class Threat:
    """A promise that is not broken yet and would be: whose the ticket is in the plan, and when they would be done;
    working seconds of notice until the deadline, and by how many it would be passed."""

    ticket: int
    clock: str
    technician_id: int
    technician: str
    end: datetime
    due_at: datetime
    notice_s: int
    late_s: int


def dangers(tx: Tx) -> Sequence[Threat]:
    """As the plan stands at this instant, the nearest deadline first."""
    return threats(tx, situation(tx))


def threats(tx: Tx, stand: Situation) -> list[Threat]:
    names = {each.id: each.name for each in stand.people}
    found = stand.plan.in_danger(tx.now)
    goals = {work.ticket: work.goal or "" for work in stand.waiting}
    return [
        Threat(
            slot.ticket,
            goals[slot.ticket],
            slot.technician,
            names[slot.technician],
            slot.end,
            slot.due_at,
            int(tx.hours.between(tx.now, slot.due_at).total_seconds()),
            slot.late_s,
        )
        for slot in found
        if slot.due_at is not None
    ]
