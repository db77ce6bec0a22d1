"""`report`: what the client receives after the work (booklet, « Un rapport d’intervention »)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from sla.contract.forfait import quarters_left, valid_on
from sla.desk.history import record
from sla.desk.ledger import forfaits_of, owed_by
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import person, tell_client
from sla.desk.time_kept import stands
from sla.desk.typed import Reading
from sla.desk.unconfirmed import require_confirmed, unconfirmed_minutes
from sla.store.tables import Company, Event, Intervention, Person, Ticket, TimeEntry
from sla.ticket.facts import Kind


@dataclass(frozen=True, slots=True)
class Stretch:
    started_at: datetime
    ended_at: datetime
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class Worked:
    """One intervention: who, which day, each stretch, real minutes and consumed quarter-hours. `borne`: what support
    bears of it as its own error, the minutes and the reason that the client reads."""

    technician: str
    day: date
    stretches: tuple[Stretch, ...]
    minutes: int
    consumed_quarters: int
    borne: tuple[tuple[int, str], ...] = ()


def report(tx: Tx, number: int, *, done: str, remaining: str = "", perimeter: str = "", interim: bool = False) -> Event:
    """Keep and send it: what was done, what is left to do, and the time as it stands now. `interim`: the work goes on.
    A last one waits until all time is confirmed; an interim one says what is not.

    The fact holds all that the document says, so that it reads the same for ever.
    """
    reading = Reading()
    done = reading.text("done", done)
    remaining = reading.text("remaining", remaining, 5000, required=False)
    perimeter = reading.text("perimeter", perimeter, 2000, required=False)
    for field, text in (("done", done), ("remaining", remaining), ("perimeter", perimeter)):
        reading.no_secret(field, text)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    if not interim:
        require_confirmed(tx, ticket)
    worked = worked_on(tx, ticket)
    facts = {"remaining": remaining, "perimeter": perimeter, "interim": interim, **_about(tx, ticket)}
    facts["unconfirmed_minutes"] = unconfirmed_minutes(tx, ticket)
    event = record(tx, ticket, Kind.REPORTED, text=done, worked=[_kept(each) for each in worked], **facts)
    told = {"done": done, "remaining": remaining, "worked": worked, "left": facts["left_quarters"], "interim": interim}
    attached = {"document": "report", "ticket": ticket.id, "seq": event.seq}
    tell_client(tx, ticket, "report", key=f"report:{ticket.id}:{event.seq}", attached=attached, **told)
    return event


def _about(tx: Tx, ticket: Ticket) -> dict[str, Any]:
    """Whose work it was, and the hours that were left."""
    packs = forfaits_of(tx, ticket.company_id)
    return {
        "company": tx.session.get_one(Company, ticket.company_id).name,
        "requester": person(tx, ticket.requester_id).name,
        "title": ticket.title,
        "item": tx.settings.catalogue.get(ticket.item).label,
        "item_en": tx.settings.catalogue.get(ticket.item).label_en,
        "level": ticket.level,
        "left_quarters": quarters_left(packs, tx.today),
        "owed_quarters": owed_by(tx, ticket.company_id),
        "forfaits": [
            {
                "hours": pack.hours,
                "first_day": pack.first_day.isoformat(),
                "last_day": pack.last_day.isoformat(),
                "left_quarters": pack.balance_quarters,
            }
            for pack in valid_on(packs, tx.today)
        ],
    }


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
    borne: dict[int, list[tuple[int, str]]] = {}
    for intervention, name, entry in rows:
        heads[intervention.id] = (intervention, name)
        stretch = Stretch(entry.started_at, entry.ended_at, entry.minutes, entry.note)
        stretches.setdefault(intervention.id, []).append(stretch)
        if entry.own_error:
            borne.setdefault(intervention.id, []).append((entry.minutes, _why_own(tx, entry)))
    return [
        Worked(
            name, head.day, tuple(stretches[number]), head.minutes, head.consumed_quarters, tuple(borne.get(number, ()))
        )
        for number, (head, name) in heads.items()
    ]


def _why_own(tx: Tx, entry: TimeEntry) -> str:
    """Why support bears it, as it was first marked: a later correction's reason says what was corrected."""
    while entry.corrects_id is not None:
        before = tx.session.get_one(TimeEntry, entry.corrects_id)
        if not before.own_error:
            break
        entry = before
    return entry.reason


def _kept(each: Worked) -> dict[str, object]:
    """Without the notes of its stretches: they are the team's, and a client reads this."""
    return {
        "technician": each.technician,
        "day": each.day.isoformat(),
        "minutes": each.minutes,
        "consumed_quarters": each.consumed_quarters,
        "borne": [[minutes, reason] for minutes, reason in each.borne],
        "stretches": [[s.started_at.isoformat(), s.ended_at.isoformat(), s.minutes] for s in each.stretches],
    }
