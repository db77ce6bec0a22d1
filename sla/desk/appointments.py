"""What support owes at an agreed instant, a callback or a remote session: booked in open hours and free time, moved,
and reminded."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sla import wording
from sla.desk.altered_hours import Altered
from sla.desk.call_reminders import forget, remind
from sla.desk.diary import reserve
from sla.desk.field_labels import label
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queueing import team
from sla.desk.sight import colleague, ticket_in_sight
from sla.desk.tell import clients_of, person, tell
from sla.desk.typed import Reading, instant_typed
from sla.desk.who_decided import already_done
from sla.errors import AlreadyDone, Both, Missing, NotFound
from sla.store.tables import Appointment, Person, Ticket
from sla.ticket.facts import Kind


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that history keeps of one kind of appointment."""

    booked: Kind
    held: Kind
    missed: Kind
    cancelled: Kind
    moved: Kind


CALL = Facts(Kind.CALL_BOOKED, Kind.CALL_HELD, Kind.CALL_MISSED, Kind.CALL_CANCELLED, Kind.CALL_MOVED)
SESSION = Facts(Kind.SESSION_BOOKED, Kind.SESSION_HELD, Kind.SESSION_MISSED, Kind.SESSION_CANCELLED, Kind.SESSION_MOVED)
FACTS: Mapping[str, Facts] = {"callback": CALL, "session": SESSION}
OWED = ("booked", "missed")


def book(
    tx: Tx, number: int, kind: str, *, starts_at: datetime | str, technician: int | None, note: str, minutes: int
) -> Appointment:
    """With the technician named by support, else the ticket's own, else who acts, else whoever masters it."""
    reading = Reading()
    note = reading.text("note", note, 500, required=False)
    reading.no_secret("note", note)
    reading.finish()
    at = instant_typed(tx, "starts_at", starts_at)
    ticket = ticket_in_sight(tx, number, lock=True)
    who = _held_by(tx, ticket, technician)
    reserve(tx, at, minutes, who)
    made = Appointment(ticket_id=ticket.id, technician_id=who.id, kind=kind, state="booked", starts_at=at)
    made.minutes, made.note, made.booked_at, made.sequence = minutes, note, tx.now, 0
    tx.session.add(made)
    tx.session.flush()
    record(tx, ticket, FACTS[kind].booked, text=note, **_told(made))
    remind(tx, made)
    tell_both(tx, ticket, made, "call_booked", key=f"call_booked:{made.id}", invite="REQUEST")
    return made


def _told(made: Appointment) -> dict[str, Any]:
    return {"appointment": made.id, "starts_at": made.starts_at.isoformat(), "technician": made.technician_id}


def _held_by(tx: Tx, ticket: Ticket, named: int | None) -> Person:
    chosen = None if tx.actor.is_client else named
    chosen = chosen or ticket.technician_id or (tx.actor.id if tx.actor.role == "technician" else None)
    if chosen is None:
        skill = tx.settings.catalogue.get(ticket.item).skill
        chosen = next((each.id for each in team(tx) if each.masters(skill)), None)
    if chosen is None:
        raise Missing("technician", label=label("technician"), rule=Both("dites qui s’en charge", "say who does it"))
    return colleague(tx, chosen, "technician")


def tell_both(tx: Tx, ticket: Ticket, made: Appointment, text: str, /, *, key: str, **facts: Any) -> None:
    """The ticket's client, and who holds the appointment."""
    who = person(tx, made.technician_id)
    people = [*clients_of(tx, ticket), who]
    tell(tx, people, text, key=key, ticket=ticket, call=made, who=who, **facts)


def move(
    tx: Tx,
    appointment: int,
    kind: str,
    *,
    starts_at: datetime | str,
    technician: int | None,
    reason: str = "",
    altered: Sequence[Altered] = (),
    leaving: Collection[int] = (),
) -> Appointment:
    """To another instant, and by someone else if support says so; what was missed is thereby booked again. `altered`:
    the hours that changed, if that is why. `leaving`: the appointments that are to leave their instants too."""
    reading = Reading()
    reason = reading.text("reason", reason, 500, required=False)
    reading.finish()
    at = instant_typed(tx, "starts_at", starts_at)
    made, ticket = owed_by_number(tx, appointment, kind, *OWED)
    before, was = person(tx, made.technician_id), made.starts_at
    named = None if tx.actor.is_client else technician
    who = colleague(tx, named or made.technician_id, "technician")
    reserve(tx, at, made.minutes, who, but={made.id, *leaving})
    if (at, who.id, made.state) == (was, before.id, "booked"):
        raise AlreadyDone(what=Both("le rendez-vous est déjà à cet instant", "it is at that instant already"))
    forget(tx, made)
    made.starts_at, made.technician_id, made.state, made.sequence = at, who.id, "booked", made.sequence + 1
    tx.session.flush()
    record(tx, ticket, FACTS[kind].moved, text=reason, before=was.isoformat(), **_told(made))
    remind(tx, made)
    key = f"call_moved:{made.id}:{made.sequence}"
    tell_both(tx, ticket, made, "call_moved", key=key, old=was, reason=reason, altered=altered, invite="REQUEST")
    if before.id != who.id:
        _tell_handed_over(tx, ticket, made, before, was)
    return made


def _tell_handed_over(tx: Tx, ticket: Ticket, made: Appointment, before: Person, was: datetime) -> None:
    """Who held it so far has it no longer."""
    facts: dict[str, Any] = {"call": made, "who": before, "old": was, "invite": "CANCEL"}
    key = f"call_handed:{made.id}:{made.sequence}"
    tell(tx, [before], "call_handed_over", key=key, ticket=ticket, taken_by=person(tx, made.technician_id), **facts)


def owed_by_number(tx: Tx, appointment: int, kind: str, *states: str) -> tuple[Appointment, Ticket]:
    """Locked, the ticket first, as everywhere: the other way round is a deadlock."""
    of = select(Appointment.ticket_id).where(Appointment.id == appointment, Appointment.kind == kind)
    number = tx.session.scalar(of)
    if number is None:
        raise NotFound("appointment", value=appointment)
    try:
        ticket = ticket_in_sight(tx, number, lock=True)
    except NotFound as hidden:  # its number is not for whoever guessed the appointment's
        raise NotFound("appointment", value=appointment) from hidden
    mine = select(Appointment).where(Appointment.id == appointment)
    made = tx.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()
    if made.state not in states:
        raise ended(tx, made)
    return made, ticket


def ended(tx: Tx, made: Appointment) -> AlreadyDone:
    """The refusal that says what has become of it, and by whom."""
    fact: Kind = getattr(FACTS[made.kind], made.state)
    by = already_done(tx, made.ticket_id, [fact], appointment=made.id)
    return by or AlreadyDone(what=Both(*(wording.label("event", fact, lang) for lang in ("fr", "en"))))


def close_appointment(tx: Tx, made: Appointment, state: str) -> None:
    made.state = state
    forget(tx, made)
