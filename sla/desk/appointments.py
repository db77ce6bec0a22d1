"""What support owes at an agreed instant, a callback or a remote session: booked in open hours and free time, reminded,
and raised when it is not held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from sla import wording
from sla.desk.beginning import begin
from sla.desk.field_labels import label
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queueing import LONGEST_APPOINTMENT, team
from sla.desk.sight import colleague, lock_diary, ticket_in_sight
from sla.desk.tell import having, person, tell, tell_client
from sla.desk.timers import TimerKind, cancel, schedule
from sla.desk.typed import Reading, instant_typed, one_text
from sla.errors import AlreadyDone, Away, Both, Busy, InThePast, Missing, NotFound, SupportClosed
from sla.store.tables import Absence, Appointment, Person, Ticket
from sla.ticket.facts import Kind

GRACE_MINUTES = 15
"""What is not held this long after its instant, in working time, is raised to the dispatcher."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that history keeps of one kind of appointment."""

    booked: Kind
    held: Kind
    missed: Kind
    cancelled: Kind


FACTS: Mapping[str, Facts] = {
    "callback": Facts(Kind.CALL_BOOKED, Kind.CALL_HELD, Kind.CALL_MISSED, Kind.CALL_CANCELLED),
    "session": Facts(Kind.SESSION_BOOKED, Kind.SESSION_HELD, Kind.SESSION_MISSED, Kind.SESSION_CANCELLED),
}


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
    lock_diary(tx, who.id)
    _possible(tx, at, minutes, who)
    made = Appointment(ticket_id=ticket.id, technician_id=who.id, kind=kind, state="booked", starts_at=at)
    made.minutes, made.note, made.booked_at = minutes, note, tx.now
    tx.session.add(made)
    tx.session.flush()
    facts: dict[str, Any] = {"appointment": made.id, "starts_at": at.isoformat(), "technician": who.id}
    record(tx, ticket, FACTS[kind].booked, text=note, **facts)
    _remind(tx, made)
    tell_client(tx, ticket, "call_booked", key=f"call_booked:{made.id}", call=made, who=who)
    return made


def _held_by(tx: Tx, ticket: Ticket, named: int | None) -> Person:
    chosen = None if tx.actor.is_client else named
    chosen = chosen or ticket.technician_id or (tx.actor.id if tx.actor.role == "technician" else None)
    if chosen is None:
        skill = tx.settings.catalogue.get(ticket.item).skill
        chosen = next((each.id for each in team(tx) if each.masters(skill)), None)
    if chosen is None:
        raise Missing("technician", label=label("technician"), rule=Both("dites qui s’en charge", "say who does it"))
    return colleague(tx, chosen, "technician")


def _possible(tx: Tx, at: datetime, minutes: int, who: Person) -> None:
    zone = tx.settings.zone
    if at <= tx.now:
        raise InThePast("starts_at", value=wording.instant(at, zone, tx.now))
    if not tx.hours.is_open(at):
        free = wording.instant(tx.hours.next_open(at), zone, tx.now)
        raise SupportClosed("starts_at", value=wording.instant(at, zone, tx.now), suggestion=free)
    end = at + timedelta(minutes=minutes)
    _is_there(tx, at, end, who)
    booked = select(Appointment).where(Appointment.technician_id == who.id, Appointment.state == "booked")
    near = booked.where(Appointment.starts_at < end, Appointment.starts_at > at - LONGEST_APPOINTMENT)
    for other in tx.session.scalars(near):
        until = other.starts_at + timedelta(minutes=other.minutes)
        if until > at:
            since, to = wording.clock_time(other.starts_at, zone), wording.clock_time(until, zone)
            raise Busy("starts_at", technician=who.name, since=since, until=to)


def _is_there(tx: Tx, at: datetime, end: datetime, who: Person) -> None:
    away = select(func.max(Absence.ends_at)).where(Absence.technician_id == who.id)
    until = tx.session.scalar(away.where(Absence.starts_at < end, Absence.ends_at > at))
    if until is not None:
        back = tx.hours.next_open(until)
        said = Both(*(wording.promise(back, tx.settings.zone, tx.now, lang) for lang in ("fr", "en")))
        raise Away("starts_at", technician=who.name, back=said)


def _remind(tx: Tx, made: Appointment) -> None:
    """Ahead in working time; the first of a technician's day is reminded at the previous closing too."""
    ahead = timedelta(minutes=tx.settings.reminders.callback_minutes)
    reminded = max(tx.now, tx.hours.add(made.starts_at, -ahead))
    schedule(tx, TimerKind.CALL_REMINDER, made.id, reminded, due_at=reminded, mark="ahead")
    opening = tx.hours.hours_of(tx.day_of(made.starts_at))[0][0]
    closing = tx.hours.prev_open(opening)
    if closing > tx.now and _is_first(tx, made, opening):
        schedule(tx, TimerKind.CALL_REMINDER, made.id, closing, due_at=closing, mark="eve")
    missed = tx.hours.add(made.starts_at, timedelta(minutes=GRACE_MINUTES))
    schedule(tx, TimerKind.CALL_MISSED, made.id, missed, due_at=missed)


def _is_first(tx: Tx, made: Appointment, opening: datetime) -> bool:
    earlier = select(Appointment.id).where(Appointment.technician_id == made.technician_id)
    earlier = earlier.where(Appointment.state == "booked", Appointment.starts_at >= opening)
    return tx.session.scalar(earlier.where(Appointment.starts_at < made.starts_at).limit(1)) is None


def hold(tx: Tx, appointment: int, kind: str, text: str) -> Appointment:
    """It took place; for the client that is an answer."""
    reading = Reading()
    text = reading.text("text", text, required=False)
    reading.finish()
    made, ticket = _owed(tx, appointment, kind, "booked", "missed")
    _end(tx, made, "held")
    begin(tx, ticket)
    record(tx, ticket, FACTS[kind].held, text=text, appointment=made.id)
    return made


def miss(tx: Tx, appointment: int, kind: str, text: str) -> Appointment:
    """It did not take place: raised to the dispatcher, and still owed."""
    reading = Reading()
    text = reading.text("text", text, 500, required=False)
    reading.finish()
    made, ticket = _owed(tx, appointment, kind, "booked")
    _end(tx, made, "missed")
    record(tx, ticket, FACTS[kind].missed, text=text, public=False, appointment=made.id)
    who = person(tx, made.technician_id)
    people = [*having(tx, "dispatcher"), who]
    tell(tx, people, "call_missed", key=f"call_missed:{made.id}", ticket=ticket, call=made, who=who)
    return made


def take_back(tx: Tx, appointment: int, kind: str, reason: str) -> Appointment:
    """Cancelled, and the client is told why."""
    reason = one_text("reason", reason, 500)
    made, ticket = _owed(tx, appointment, kind, "booked", "missed")
    _end(tx, made, "cancelled")
    record(tx, ticket, FACTS[kind].cancelled, text=reason, appointment=made.id)
    tell_client(tx, ticket, "call_cancelled", key=f"call_cancelled:{made.id}", call=made, reason=reason)
    return made


def _owed(tx: Tx, appointment: int, kind: str, *states: str) -> tuple[Appointment, Ticket]:
    query = select(Appointment).where(Appointment.id == appointment, Appointment.kind == kind)
    number = tx.session.scalar(query.with_only_columns(Appointment.ticket_id))
    if number is None:
        raise NotFound("appointment", value=appointment)
    ticket = ticket_in_sight(tx, number, lock=True)  # a ticket before what hangs on it, everywhere
    made = tx.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
    if made.state not in states:
        fact: Kind = getattr(FACTS[kind], made.state)
        raise AlreadyDone(what=Both(wording.label("event", fact, "fr"), wording.label("event", fact, "en")))
    return made, ticket


def _end(tx: Tx, made: Appointment, state: str) -> None:
    made.state = state
    for kind in (TimerKind.CALL_REMINDER, TimerKind.CALL_MISSED):
        cancel(tx, kind, made.id)


def remind_call(tx: Tx, appointment: int) -> None:
    """Effect of a reminder's timer: tell who calls and who is called, while it is still to come."""
    made = tx.session.get(Appointment, appointment)
    if made is None or made.state != "booked" or made.starts_at <= tx.now:
        return
    ticket, who = ticket_in_sight(tx, made.ticket_id), person(tx, made.technician_id)
    key = f"call_reminder:{made.id}:{tx.now:%Y%m%dT%H%M%S}"
    tell(tx, [who, person(tx, ticket.requester_id)], "call_reminder", key=key, ticket=ticket, call=made, who=who)


def raise_missed_call(tx: Tx, appointment: int) -> Appointment | None:
    """Effect of the timer after its instant: missed, unless it was held, taken back or missed already."""
    made = tx.session.get(Appointment, appointment)
    return miss(tx, appointment, made.kind, "") if made is not None and made.state == "booked" else None
