"""A technician's diary: what it holds at an instant, and the nearest free slots that can be offered."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from sla import wording
from sla.calendar import YearOutOfReach
from sla.desk.both_tongues import instant_said, time_said
from sla.desk.office import Tx
from sla.desk.queueing import LONGEST_APPOINTMENT, team
from sla.desk.sight import lock_diary, ticket_in_sight
from sla.errors import Away, Both, Busy, InThePast, PastClosing, SupportClosed
from sla.queue.dispatch import Technician
from sla.store.tables import Absence, Appointment, Event, Person, Ticket
from sla.ticket.clock import ClockName
from sla.ticket.facts import Kind

GRID = timedelta(minutes=15)
OFFERED, A_HALF_DAY = 6, 2
LOOKS = 400
"""Slots offered, of them in one half-day, and places looked at for them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A free instant of someone's. `in_time`: a call held then still meets the first response that is promised; None
    where none is owed."""

    starts_at: datetime
    minutes: int
    technician_id: int
    technician: str
    in_time: bool | None


def reserve(tx: Tx, at: datetime, minutes: int, who: Person, *, but: Collection[int] = ()) -> None:
    """Refuse what the desk's hours, the technician's absences or appointments don't allow; `but` are the
    appointments that move. What is booked for the same technician at the same time waits here for the first."""
    end = at + timedelta(minutes=minutes)
    if at <= tx.now:
        raise InThePast("starts_at", value=instant_said(tx, at))
    if tx.hours.between(at, end) != end - at:
        if tx.hours.is_open(at):
            free = instant_said(tx, _after_the_pause(tx, at, end))
            raise PastClosing("starts_at", value=instant_said(tx, at), until=time_said(tx, end), suggestion=free)
        raise SupportClosed(
            "starts_at", value=instant_said(tx, at), suggestion=instant_said(tx, tx.hours.next_open(at))
        )
    lock_diary(tx, who.id)
    _is_there(tx, at, end, who)
    booked = select(Appointment).where(Appointment.technician_id == who.id, Appointment.state == "booked")
    near = booked.where(Appointment.starts_at < end, Appointment.starts_at > at - LONGEST_APPOINTMENT)
    for other in tx.session.scalars(near.where(Appointment.id.not_in(but))):
        until = other.starts_at + timedelta(minutes=other.minutes)
        if until > at:
            times = {"since": time_said(tx, other.starts_at), "until": time_said(tx, until)}
            raise Busy("starts_at", technician=who.name, first=_who_was_first(tx, other), **times)


def _who_was_first(tx: Tx, other: Appointment) -> Both:
    """For support alone: the appointment may be another company's."""
    if tx.actor.is_client:
        return Both("", "")
    agreed = Kind.CALL_BOOKED, Kind.CALL_MOVED, Kind.SESSION_BOOKED, Kind.SESSION_MOVED
    facts = select(Event).where(Event.ticket_id == other.ticket_id, Event.kind.in_(agreed)).order_by(Event.seq.desc())
    author = next((each.author for each in tx.session.scalars(facts) if each.data["appointment"] == other.id), "?")
    number = other.ticket_id
    return Both(f" (ticket nº {number}, convenu par {author})", f" (ticket {number}, agreed by {author})")


def _after_the_pause(tx: Tx, at: datetime, end: datetime) -> datetime:
    """The opening after the closing that an appointment would run into."""
    skipped = next(each for each in tx.hours.explain(at, end) if not each.counted)
    return tx.hours.next_open(skipped.start)


def _is_there(tx: Tx, at: datetime, end: datetime, who: Person) -> None:
    away = select(func.max(Absence.ends_at)).where(Absence.technician_id == who.id)
    until = tx.session.scalar(away.where(Absence.starts_at < end, Absence.ends_at > at))
    if until is not None:
        back = tx.hours.next_open(until)
        said = Both(*(wording.promise(back, tx.settings.zone, tx.now, lang) for lang in ("fr", "en")))
        raise Away("starts_at", technician=who.name, back=said)


def free_slots(tx: Tx, number: int, *, minutes: int = 15, technician: int | None = None) -> Sequence[Slot]:
    """The nearest that can be offered for a ticket, at most two a half-day: by the diary of the technician named by
    support, else of the ticket's own, else of those who master it."""
    ticket = ticket_in_sight(tx, number)
    due = ticket.due_at if ticket.due_clock == ClockName.FIRST_RESPONSE else None
    found = [
        Slot(at, minutes, who.id, who.name, at <= due if due is not None else None)
        for who in _asked(tx, ticket, None if tx.actor.is_client else technician)
        for at in _free(tx, who, timedelta(minutes=minutes))
    ]
    nearest: dict[datetime, Slot] = {}
    for slot in sorted(found, key=lambda each: each.starts_at):
        nearest.setdefault(slot.starts_at, slot)
    return _spread(tx, list(nearest.values()))


def _asked(tx: Tx, ticket: Ticket, named: int | None) -> list[Technician]:
    people, skill = team(tx), tx.settings.catalogue.get(ticket.item).skill
    chosen = named or ticket.technician_id
    return [each for each in people if (each.id == chosen if chosen else each.masters(skill))]


def _free(tx: Tx, who: Technician, length: timedelta) -> Iterator[datetime]:
    """Places on the quarter-hour at which the technician's own hours hold the whole length, the nearest first."""
    hours = tx.hours.minus([(start, end, "") for start, end in who.away]) if who.away else tx.hours
    at = tx.now + timedelta(seconds=1)
    held: Counter[datetime] = Counter()
    for _ in range(LOOKS):
        try:
            at = _on_grid(hours.next_open(at))
            closing = tx.hours.next_close(at)
        except YearOutOfReach:
            return  # away for good
        if hours.between(at, at + length) == length:
            yield at
            held[closing] += 1
            if held.total() == OFFERED:
                return
        at = closing if held[closing] == A_HALF_DAY else at + GRID


def _on_grid(at: datetime) -> datetime:
    step = int(GRID.total_seconds())
    return datetime.fromtimestamp(-(-at.timestamp() // step) * step, UTC)


def _spread(tx: Tx, slots: Sequence[Slot]) -> list[Slot]:
    """At most so many a half-day, so that the choice isn't one morning's quarters."""
    offered: list[Slot] = []
    held: Counter[datetime] = Counter()
    for slot in slots:
        closing = tx.hours.next_close(slot.starts_at)
        if held[closing] < A_HALF_DAY:
            held[closing] += 1
            offered.append(slot)
    return offered[:OFFERED]
