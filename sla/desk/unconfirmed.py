"""Time that a timer left and that nobody has confirmed: where it is seen, who is reminded of it, what waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from sla import wording
from sla.contract.service_item import Coverage
from sla.desk.both_tongues import time_said
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import added_quarters, await_word, counted_until, elapsed
from sla.desk.stretches import adjusts
from sla.desk.tell import having, person, tell
from sla.errors import UnconfirmedTime
from sla.store.tables import Absence, Forfait, Stint, Ticket


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """Time that a timer left, with what was said when it stopped; `added`: the quarter-hours that it would consume as
    it is; `adjusts`: the ticket has come back from acceptance; `mine`: the reader's own."""

    stint: int
    ticket: Ticket
    started_at: datetime
    ended_at: datetime
    minutes: int
    added: int
    note: str
    own_error: bool
    reason: str
    adjusts: bool
    technician_id: int
    technician: str
    mine: bool

    @property
    def counted_until(self) -> datetime:
        """Where what is counted ends, whole minutes after its beginning; the timer stopped within a minute of it."""
        return self.started_at + timedelta(minutes=self.minutes)


def unconfirmed(tx: Tx, *, ticket: int | None = None, technician: int | None = None) -> list[ToConfirm]:
    """For support, the oldest first: on a ticket, of a technician, or all there is."""
    query = select(Stint).where(Stint.state == "to_confirm")
    if ticket is not None:
        query = query.where(Stint.ticket_id == ticket_in_sight(tx, ticket).id)
    if technician is not None:
        query = query.where(Stint.technician_id == technician)
    return [_to_confirm(tx, stint) for stint in tx.session.scalars(query.order_by(Stint.started_at, Stint.id))]


def _to_confirm(tx: Tx, stint: Stint) -> ToConfirm:
    ticket, ended = ticket_in_sight(tx, stint.ticket_id), stint.ended_at or tx.now
    minutes, added = elapsed(stint, ended), added_quarters(tx, ticket, stint, ended)
    said = stint.note, stint.own_error, stint.reason
    whose = stint.technician_id, person(tx, stint.technician_id).name, stint.technician_id == tx.actor.id
    return ToConfirm(stint.id, ticket, stint.started_at, ended, minutes, added, *said, adjusts(tx, ticket), *whose)


def unconfirmed_minutes(tx: Tx, ticket: Ticket) -> int:
    return sum(elapsed(each, each.ended_at or tx.now) for each in _left_on(tx, ticket))


def require_confirmed(tx: Tx, ticket: Ticket) -> None:
    """Refused while time of the ticket waits to be confirmed: what was said of its hours would not be true."""
    left = _left_on(tx, ticket)
    if left:
        first = left[0]
        ended = counted_until(first, first.ended_at or tx.now)
        facts: dict[str, Any] = {"technician": person(tx, first.technician_id).name, "ticket": ticket.id}
        facts |= {"since": time_said(tx, first.started_at), "until": time_said(tx, ended)}
        raise UnconfirmedTime(time=wording.hours(elapsed(first, ended) * 60), **facts)


def _left_on(tx: Tx, ticket: Ticket) -> Sequence[Stint]:
    query = select(Stint).where(Stint.ticket_id == ticket.id, Stint.state == "to_confirm")
    return tx.session.scalars(query.order_by(Stint.started_at, Stint.id)).all()


def still_to_consume(tx: Tx, pack: Forfait) -> bool:
    """Whether work of the pack's days waits to be confirmed: its hours are then not free to expire."""
    query = select(Stint.started_at).join(Ticket, Ticket.id == Stint.ticket_id).where(Stint.state == "to_confirm")
    query = query.where(Ticket.company_id == pack.company_id, Ticket.level == Coverage.TMA)
    return any(pack.first_day <= tx.day_of(each) <= pack.last_day for each in tx.session.scalars(query))


def remind_unconfirmed(tx: Tx, number: int, times: int) -> None:
    """Effect of the reminder's timer, each working day until it is confirmed or set aside. The second time, or at once
    when its technician is away, the dispatchers are told too: they can answer for it."""
    stint = tx.session.get(Stint, number)
    if stint is None or stint.state != "to_confirm" or stint.ended_at is None:
        return
    ticket, who = ticket_in_sight(tx, stint.ticket_id), person(tx, stint.technician_id)
    others = having(tx, "dispatcher") or having(tx, "manager")
    people = [who, *others] if times > 1 or _away(tx, who.id) or not who.active else [who]
    facts: dict[str, Any] = {
        "started_at": stint.started_at,
        "ended_at": counted_until(stint, stint.ended_at),
        "minutes": elapsed(stint, stint.ended_at),
    }
    key = f"work_unconfirmed:{stint.id}:{times}"
    tell(tx, people, "work_unconfirmed", key=key, ticket=ticket, who=who, **facts)
    await_word(tx, stint, tx.now, times + 1)


def _away(tx: Tx, technician: int) -> bool:
    """At this instant, or for the rest of the day's opening hours."""
    until = max(tx.now, tx.hours.next_open(tx.now)) + timedelta(seconds=1)
    away = select(Absence.id).where(Absence.technician_id == technician)
    return tx.session.scalar(away.where(Absence.starts_at < until, Absence.ends_at > tx.now).limit(1)) is not None
