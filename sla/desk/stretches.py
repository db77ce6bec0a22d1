"""A stretch of work kept: it joins its day's intervention, which is counted by the started quarter-hour, and stays in
the ticket's history."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from sla.desk.accounting import account_for
from sla.desk.agreed_work import guard_agreed
from sla.desk.both_tongues import instant_said, time_said
from sla.desk.follow_up import await_report_late
from sla.desk.four_hours import guard_four_hours
from sla.desk.history import life_of, record
from sla.desk.office import Tx
from sla.desk.said import Said
from sla.desk.sight import lock_diary
from sla.desk.time_kept import bound_minutes, stands
from sla.desk.typed import instant_typed
from sla.errors import BeforeDeposit, InTheFuture, NothingToAdjust, Overlap, PastMidnight, Refused
from sla.store.tables import Intervention, Person, Stint, Ticket, TimeEntry
from sla.ticket.facts import Kind


def locked_technician(tx: Tx, number: int) -> Person:
    """Two who add to one technician's day take turns, so that no two stretches overlap unseen."""
    lock_diary(tx, number)
    return tx.session.get_one(Person, number)


def start_typed(tx: Tx, typed: datetime | str | None, kept: datetime) -> datetime:
    """When a stretch began, as it was put right. A form shows an instant to the minute: the one that it shows is the
    second that was kept, else what began after another stretch would be taken to begin within it."""
    start = instant_typed(tx, "started_at", typed) if typed else kept
    return kept if start == kept.replace(second=0, microsecond=0) else start


def keep_stretch(
    tx: Tx,
    ticket: Ticket,
    technician: int,
    start: datetime,
    minutes: int,
    said: Said,
    *,
    stint: int | None = None,
    **instead: str,
) -> Intervention:
    """Write one stretch, checked for overlaps by whoever calls. What the ticket has become since blocks nothing.
    `instead_of`: the technician in whose stead it is told."""
    may_bear(tx, ticket, said)
    intervention = _intervention(tx, ticket, technician, start)
    entry = TimeEntry(intervention_id=intervention.id, technician_id=technician, minutes=minutes, note=said.note)
    entry.started_at, entry.ended_at, entry.typed_at = start, start + timedelta(minutes=minutes), tx.now
    entry.own_error, entry.reason = said.own_error, said.reason
    tx.session.add(entry)
    tx.session.flush()
    before = bound_minutes(tx, ticket)
    intervention.minutes += minutes
    account_for(tx, ticket, intervention, awaited=stint is not None)
    facts: dict[str, Any] = {"started_at": start.isoformat(), "ended_at": entry.ended_at.isoformat()}
    facts |= {"intervention": intervention.id, "entry": entry.id, "consumed": intervention.consumed_quarters}
    if said.own_error:
        facts |= {"own_error": True, "reason": said.reason}
    if stint is not None:
        facts["stint"] = stint
    facts |= instead
    event = record(tx, ticket, Kind.WORKED, text=said.note, public=False, minutes=minutes, **facts)
    await_report_late(tx, ticket, event.seq)
    guard_four_hours(tx, ticket, before)
    guard_agreed(tx, ticket, before)
    return intervention


def may_bear(tx: Tx, ticket: Ticket, said: Said) -> None:
    """Refused where nothing was delivered yet."""
    refusal = unbearable(tx, ticket, said)
    if refusal is not None:
        raise refusal


def adjusts(tx: Tx, ticket: Ticket) -> bool:
    """Whether the ticket has come back from acceptance: what is worked on then are adjustments."""
    return bool(life_of(tx, ticket).reopenings)


def unbearable(tx: Tx, ticket: Ticket, said: Said) -> Refused | None:
    """Support's own error is found in what was delivered."""
    if said.own_error and not adjusts(tx, ticket):
        return NothingToAdjust("own_error", ticket=ticket.id)
    return None


def possible(
    tx: Tx,
    ticket: Ticket,
    technician: Person,
    start: datetime,
    minutes: int,
    *,
    field: str,
    but_stint: int | None = None,
    but_entry: int | None = None,
) -> None:
    """Worked already, within one day, not before the ticket was there, and not while the technician worked on something
    else."""
    end = start + timedelta(minutes=minutes)
    if end > tx.now:
        raise InTheFuture(field, value=instant_said(tx, end))
    if end > (midnight := tx.settings.midnight(tx.day_of(start) + timedelta(days=1))):
        raise PastMidnight(field, value=instant_said(tx, midnight))
    if tx.day_of(start) < tx.day_of(ticket.deposited_at):
        deposited = instant_said(tx, ticket.deposited_at)
        raise BeforeDeposit(field, value=instant_said(tx, start), deposited=deposited)
    taken = _entry_between(tx, technician.id, start, end, but_entry) or _stint_between(
        tx, technician.id, start, end, but_stint
    )
    if taken is not None:
        number, since, until = taken
        times = {"since": time_said(tx, since), "until": time_said(tx, until)}
        raise Overlap("started_at", technician=technician.name, ticket=number, **times)


Taken = tuple[int, datetime, datetime] | None
"""The ticket, start and end of a stretch that is in the way."""


def _entry_between(tx: Tx, technician: int, start: datetime, end: datetime, but: int | None) -> Taken:
    query = select(Intervention.ticket_id, TimeEntry.started_at, TimeEntry.ended_at)
    query = query.join(Intervention, Intervention.id == TimeEntry.intervention_id).where(stands())
    query = query.where(TimeEntry.technician_id == technician, TimeEntry.started_at < end, TimeEntry.ended_at > start)
    found = tx.session.execute(query.where(TimeEntry.id != (but or 0)).limit(1)).first()
    return None if found is None else (found[0], found[1], found[2])


def _stint_between(tx: Tx, technician: int, start: datetime, end: datetime, but: int | None) -> Taken:
    """Time that runs, or that awaits its confirmation, is taken too."""
    query = select(Stint).where(Stint.technician_id == technician, Stint.state.in_(("running", "to_confirm")))
    query = query.where(Stint.started_at < end, Stint.id != (but or 0))
    for stint in tx.session.scalars(query.order_by(Stint.id)):
        if (stint.ended_at or tx.now) > start:
            return stint.ticket_id, stint.started_at, stint.ended_at or tx.now
    return None


def _intervention(tx: Tx, ticket: Ticket, technician: int, start: datetime) -> Intervention:
    """One technician, one ticket, one day: a second stretch joins the first."""
    day = tx.day_of(start)
    query = select(Intervention).where(Intervention.ticket_id == ticket.id, Intervention.day == day)
    found = tx.session.scalars(query.where(Intervention.technician_id == technician)).one_or_none()
    if found is None:
        found = Intervention(ticket_id=ticket.id, technician_id=technician, day=day, minutes=0, consumed_quarters=0)
        tx.session.add(found)
        tx.session.flush()
    return found
