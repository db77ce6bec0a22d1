"""An intervention report as it was sent (booklet, « Un rapport d’intervention »)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.report import Stretch, Worked
from sla.desk.sight import ticket_in_sight
from sla.errors import NotFound
from sla.store.tables import Event, Ticket
from sla.ticket.facts import Kind


@dataclass(frozen=True, slots=True)
class KeptReport:
    """The figures are those of its instant, whatever was worked since; `left`, `owed` in quarter-hours."""

    ticket: Ticket
    author: str
    at: datetime
    done: str
    remaining: str
    perimeter: str
    worked: Sequence[Worked]
    left: int
    owed: int

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.worked)

    @property
    def consumed(self) -> int:
        return sum(each.consumed_quarters for each in self.worked)


def see_report(tx: Tx, number: int, seq: int) -> KeptReport:
    """NotFound when the ticket is out of sight or that fact of its history is no report."""
    ticket = ticket_in_sight(tx, number)
    query = select(Event).where(Event.ticket_id == number, Event.seq == seq, Event.kind == Kind.REPORTED)
    event = tx.session.scalars(query).one_or_none()
    if event is None:
        raise NotFound("report", value=f"{number}/{seq}")
    data = event.data
    worked = [_worked(each) for each in data.get("worked", [])]
    left, owed = int(data.get("left_quarters", 0)), int(data.get("owed_quarters", 0))
    remaining, perimeter = str(data.get("remaining", "")), str(data.get("perimeter", ""))
    return KeptReport(ticket, event.author, event.at, event.text, remaining, perimeter, worked, left, owed)


def _worked(kept: dict[str, Any]) -> Worked:
    stretches = tuple(
        Stretch(datetime.fromisoformat(start), datetime.fromisoformat(end), minutes, note)
        for start, end, minutes, note in kept["stretches"]
    )
    day = date.fromisoformat(kept["day"])
    return Worked(kept["technician"], day, stretches, kept["minutes"], kept["consumed_quarters"])
