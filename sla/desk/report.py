"""`report`: what the client receives after the work (booklet, « Un rapport d’intervention »)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from sla.desk.history import record
from sla.desk.ledger import left_on, owed_by
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import tell_client
from sla.desk.time_kept import stands
from sla.desk.typed import Reading
from sla.store.tables import Event, Intervention, Person, Ticket, TimeEntry
from sla.ticket.facts import Kind


@dataclass(frozen=True, slots=True)
class Stretch:
    started_at: datetime
    ended_at: datetime
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class Worked:
    """One intervention: who, which day, each stretch, real minutes and consumed quarter-hours."""

    technician: str
    day: date
    stretches: tuple[Stretch, ...]
    minutes: int
    consumed_quarters: int


def report(tx: Tx, number: int, *, done: str, remaining: str = "", perimeter: str = "") -> Event:
    """Keep and send it: what was done, what is left to do, and the time as it stands now."""
    reading = Reading()
    done = reading.text("done", done)
    remaining = reading.text("remaining", remaining, 5000, required=False)
    perimeter = reading.text("perimeter", perimeter, 2000, required=False)
    for field, text in (("done", done), ("remaining", remaining), ("perimeter", perimeter)):
        reading.no_secret(field, text)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    worked = worked_on(tx, ticket)
    kept = [_kept(each) for each in worked]
    left = left_on(tx, ticket.company_id, tx.today)
    facts: dict[str, Any] = {
        "remaining": remaining,
        "perimeter": perimeter,
        "worked": kept,
        "left_quarters": left,
        "owed_quarters": owed_by(tx, ticket.company_id),
    }
    event = record(tx, ticket, Kind.REPORTED, text=done, **facts)
    tell_client(
        tx,
        ticket,
        "report",
        key=f"report:{ticket.id}:{event.seq}",
        done=done,
        remaining=remaining,
        worked=worked,
        left=left,
    )
    return event


def worked_on(tx: Tx, ticket: Ticket) -> list[Worked]:
    """Every intervention on a ticket, by day, with its stretches."""
    rows = tx.session.execute(
        select(Intervention, Person.name, TimeEntry)
        .join(Person, Person.id == Intervention.technician_id)
        .join(TimeEntry, TimeEntry.intervention_id == Intervention.id)
        .where(Intervention.ticket_id == ticket.id, stands())
        .order_by(Intervention.day, Intervention.id, TimeEntry.started_at)
    ).all()
    stretches: dict[int, list[Stretch]] = {}
    heads: dict[int, tuple[Intervention, str]] = {}
    for intervention, name, entry in rows:
        heads[intervention.id] = (intervention, name)
        stretch = Stretch(entry.started_at, entry.ended_at, entry.minutes, entry.note)
        stretches.setdefault(intervention.id, []).append(stretch)
    return [
        Worked(name, head.day, tuple(stretches[number]), head.minutes, head.consumed_quarters)
        for number, (head, name) in heads.items()
    ]


def _kept(each: Worked) -> dict[str, object]:
    return {
        "technician": each.technician,
        "day": each.day.isoformat(),
        "minutes": each.minutes,
        "consumed_quarters": each.consumed_quarters,
        "stretches": [[s.started_at.isoformat(), s.ended_at.isoformat(), s.minutes, s.note] for s in each.stretches],
    }
