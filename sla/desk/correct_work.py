"""`correct_work`: typed time is put right by a later entry that stands in its place; nothing is ever edited."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from sla import wording
from sla.desk.accounting import account_for
from sla.desk.actor import Role
from sla.desk.agreed_work import guard_agreed
from sla.desk.both_tongues import day_said
from sla.desk.four_hours import guard_four_hours
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.said import Said
from sla.desk.sight import ticket_in_sight
from sla.desk.stretches import locked_technician, may_bear, possible, start_typed
from sla.desk.time_kept import bound_minutes
from sla.desk.typed import Reading, typed_minutes
from sla.desk.work_limits import warn_in_time
from sla.errors import AlreadyDone, Both, CorrectedSince, NotFound, NotYourTime, OtherDay
from sla.store.tables import Intervention, Ticket, TimeEntry
from sla.ticket.facts import Kind

UNCHANGED = Both("c’est déjà ce qui est compté", "that is what is counted already")


def correct_work(
    tx: Tx,
    entry: int,
    *,
    reason: str,
    minutes: int | str,
    started_at: datetime | str | None = None,
    own_error: bool | None = None,
) -> Intervention:
    """By its technician, or a manager. `minutes` 0 takes the time back; the day stays. The forfait follows by
    corrections that carry the reason, which the client reads; `own_error` None leaves that as it was."""
    real = 0 if minutes in (0, "0") else typed_minutes(minutes)
    reading = Reading()
    reason = reading.text("reason", reason, 500)
    reading.no_secret("reason", reason)
    reading.finish()
    old, intervention, ticket = _found(tx, entry)
    technician = locked_technician(tx, old.technician_id)
    if tx.actor.id != technician.id and tx.actor.role is not Role.MANAGER:
        raise NotYourTime(technician=technician.name)
    _still_stands(tx, old)
    tx.session.refresh(intervention)  # read before its ticket was ours alone
    start = start_typed(tx, started_at, old.started_at)
    if tx.day_of(start) != intervention.day:
        raise OtherDay("started_at", day=day_said(tx, intervention.day))
    own = old.own_error if own_error is None else own_error
    if (real, start, own) == (old.minutes, old.started_at, old.own_error):
        raise AlreadyDone(what=UNCHANGED)
    may_bear(tx, ticket, Said(own_error=own and not old.own_error))
    if real:
        field = "started_at" if started_at else "minutes"
        possible(tx, ticket, technician, start, real, field=field, but_entry=old.id)
    before = bound_minutes(tx, ticket)
    new = _written(tx, old, start, real, reason, own)
    intervention.minutes += real - old.minutes
    account_for(tx, ticket, intervention, corrected=reason)
    facts: dict[str, Any] = {"minutes": real, "before": old.minutes, "entry": new.id, "corrects": old.id}
    facts |= {"started_at": new.started_at.isoformat(), "consumed": intervention.consumed_quarters, "own_error": own}
    record(tx, ticket, Kind.WORK_CORRECTED, text=reason, public=False, intervention=intervention.id, **facts)
    guard_four_hours(tx, ticket, before)
    guard_agreed(tx, ticket, before)
    warn_in_time(tx, ticket)
    return intervention


def _found(tx: Tx, entry: int) -> tuple[TimeEntry, Intervention, Ticket]:
    old = tx.session.get(TimeEntry, entry)
    if old is None:
        raise NotFound("entry", value=entry)
    intervention = tx.session.get_one(Intervention, old.intervention_id)
    return old, intervention, ticket_in_sight(tx, intervention.ticket_id, lock=True)


def _still_stands(tx: Tx, old: TimeEntry) -> None:
    later = tx.session.scalars(select(TimeEntry).where(TimeEntry.corrects_id == old.id)).one_or_none()
    if later is not None or not old.minutes:
        said = wording.hours((later or old).minutes * 60)
        raise CorrectedSince(value=said)


def _written(tx: Tx, old: TimeEntry, start: datetime, minutes: int, reason: str, own_error: bool) -> TimeEntry:
    new = TimeEntry(intervention_id=old.intervention_id, technician_id=old.technician_id, minutes=minutes)
    new.started_at, new.ended_at, new.typed_at = start, start + timedelta(minutes=minutes), tx.now
    new.note, new.corrects_id, new.reason, new.own_error = old.note, old.id, reason, own_error
    tx.session.add(new)
    tx.session.flush()
    return new
