"""`work`: real time on a ticket, consumed by the started quarter-hour, and the four hours that bind TMA."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from sla import wording
from sla.contract.service_item import near_limit
from sla.desk.beginning import begin
from sla.desk.four_hours import hand_over_if_worked_too_long
from sla.desk.history import record
from sla.desk.ledger import account_for
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import technician_of, tell
from sla.desk.typed import Reading, instant_typed, typed_minutes
from sla.errors import BeforeDeposit, InTheFuture, Overlap
from sla.store.tables import Intervention, Ticket, TimeEntry
from sla.ticket.facts import Kind


def work(
    tx: Tx, number: int, *, minutes: int | str, started_at: datetime | str | None = None, note: str = ""
) -> Intervention:
    """Log one stretch. `minutes`: an int, or what a person typed (« 1h45 »); `started_at` defaults to `minutes` ago."""
    real = typed_minutes(minutes)
    reading = Reading()
    note = reading.text("note", note, 2000, required=False)
    reading.no_secret("note", note)
    reading.finish()
    start = instant_typed(tx, "started_at", started_at) if started_at else tx.now - timedelta(minutes=real)
    end = start + timedelta(minutes=real)
    if end > tx.now:
        shown = wording.instant(end, tx.settings.zone, tx.now)
        raise InTheFuture("started_at" if started_at else "minutes", value=shown)
    ticket = ticket_in_sight(tx, number, lock=True)
    if tx.day_of(start) < tx.day_of(ticket.deposited_at):
        zone = tx.settings.zone
        value, deposited = (wording.instant(each, zone, tx.now) for each in (start, ticket.deposited_at))
        raise BeforeDeposit("started_at" if started_at else "minutes", value=value, deposited=deposited)
    begin(tx, ticket)
    _no_overlap(tx, start, end)
    intervention = _intervention(tx, ticket, start)
    entry = TimeEntry(intervention_id=intervention.id, technician_id=tx.actor.id or 0, minutes=real, note=note)
    entry.started_at, entry.ended_at, entry.typed_at = start, end, tx.now
    tx.session.add(entry)
    intervention.minutes += real
    before = ticket.worked_minutes
    account_for(tx, ticket, intervention)
    span: dict[str, Any] = {"started_at": start.isoformat(), "ended_at": end.isoformat()}
    consumed = intervention.consumed_quarters
    record(
        tx,
        ticket,
        Kind.WORKED,
        text=note,
        public=False,
        minutes=real,
        intervention=intervention.id,
        consumed=consumed,
        **span,
    )
    _guard_four_hours(tx, ticket, before)
    return intervention


def _intervention(tx: Tx, ticket: Ticket, start: datetime) -> Intervention:
    """One technician, one ticket, one day: a second stretch joins the first."""
    day = tx.day_of(start)
    query = select(Intervention).where(Intervention.ticket_id == ticket.id, Intervention.day == day)
    found = tx.session.scalars(query.where(Intervention.technician_id == tx.actor.id)).one_or_none()
    if found is None:
        found = Intervention(
            ticket_id=ticket.id, technician_id=tx.actor.id or 0, day=day, minutes=0, consumed_quarters=0
        )
        tx.session.add(found)
        tx.session.flush()
    return found


def _no_overlap(tx: Tx, start: datetime, end: datetime) -> None:
    query = select(TimeEntry, Intervention.ticket_id).join(Intervention, Intervention.id == TimeEntry.intervention_id)
    query = query.where(TimeEntry.technician_id == tx.actor.id, TimeEntry.started_at < end, TimeEntry.ended_at > start)
    clash = tx.session.execute(query.limit(1)).first()
    if clash is not None:
        entry, ticket = clash
        zone = tx.settings.zone
        since, until = wording.clock_time(entry.started_at, zone), wording.clock_time(entry.ended_at, zone)
        raise Overlap("started_at", technician=tx.actor.name, since=since, until=until, ticket=ticket)


def _guard_four_hours(tx: Tx, ticket: Ticket, before: int) -> None:
    item, warn = tx.settings.catalogue.get(ticket.item), tx.settings.work.warn_minutes
    if hand_over_if_worked_too_long(tx, ticket) or ticket.level != "tma":
        return
    if near_limit(item, ticket.worked_minutes, warn) and not near_limit(item, before, warn):
        key = f"near_limit:{ticket.id}"
        tell(tx, technician_of(tx, ticket), "near_limit", key=key, ticket=ticket, minutes=ticket.worked_minutes)
