"""`start_work`, `stop_work`, `confirm_work`, `drop_work`: one timer a technician, kept in the database; it stops by
itself at the closing, and its time then waits for its technician's word."""

from datetime import datetime, timedelta
from typing import Any

from sla.desk.actor import Role
from sla.desk.agreed_work import not_agreed
from sla.desk.beginning import begin_work
from sla.desk.office import Tx
from sla.desk.one_timer import cleared
from sla.desk.said import REASON, hear, hear_said, read_said
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import (
    Timed,
    drop,
    elapsed,
    end_stint,
    leave_to_confirm,
    running_of,
    schedule_stop,
    stops_at,
)
from sla.desk.stretches import keep_stretch, locked_technician, possible, start_typed
from sla.desk.tell import tell
from sla.desk.timers import TimerKind, cancel
from sla.desk.typed import typed_minutes
from sla.desk.work_limits import begin_timed, warn_in_time
from sla.errors import AlreadyDone, Both, NotFound, NoTimer, NotYoursToConfirm
from sla.store.tables import Person, Stint, Ticket

LOGGED = Both("ce temps est déjà compté", "this time is counted already")
DROPPED = Both("ce temps a déjà été écarté", "this time was dropped already")
RUNS = Both("ce minuteur tourne encore", "this timer still runs")
SAME = Both("votre minuteur tourne déjà sur ce ticket", "your timer runs on this ticket already")


def start_work(tx: Tx, number: int, *, instead: bool = False) -> Timed:
    """The technician's timer begins; later the same day it goes on in the same intervention.

    `instead`: a timer that runs elsewhere is stopped first, its time logged. TMA work begins once it is agreed on.
    """
    found = cleared(tx, number, instead=instead)
    if found.running is not None:
        raise AlreadyDone(what=SAME)
    refusal = not_agreed(tx, found.ticket)
    if refusal is not None:
        raise refusal
    begin_work(tx, found.ticket)
    return Timed(begin_timed(tx, found.ticket, found.technician.id), stopped=found.stopped)


def stop_work(tx: Tx, number: int, *, note: str = "", own_error: bool = False, reason: str = "") -> Timed:
    """The timer on this ticket stops and its time is logged, whatever the ticket has become. Under a minute counts for
    nothing; beyond the closing nothing is counted without asking: the time up to it is then to confirm.

    No word keeps it running: one that can't stand is handed back (`Timed.back`), and the time is to confirm with it.
    """
    said, back = hear_said(note, own_error, reason)
    ticket = ticket_in_sight(tx, number, lock=True)
    technician = locked_technician(tx, tx.actor.id or 0)
    stint = running_of(tx, technician.id)
    if stint is None or stint.ticket_id != ticket.id:
        raise NoTimer(ticket=ticket.id)
    return end_stint(tx, ticket, stint, said, back)


def confirm_work(
    tx: Tx,
    stint: int,
    *,
    minutes: int | str | None = None,
    started_at: datetime | str | None = None,
    note: str | None = None,
    own_error: bool | None = None,
    reason: str | None = None,
) -> Timed:
    """The time that a timer left is counted as it is, or as it is corrected, by the date of the work; by its
    technician, or by a dispatcher or a manager in their stead. None: what was said when it was stopped."""
    real = None if minutes is None or minutes == "" else typed_minutes(minutes)
    ticket, technician, left = _to_confirm(tx, stint)
    own = left.own_error if own_error is None else own_error
    words = left.note if note is None else note, left.reason if reason is None else reason
    said = read_said(words[0], own, words[1])
    start = start_typed(tx, started_at, left.started_at)
    real = real or elapsed(left, left.ended_at or tx.now)
    field = "started_at" if started_at else "minutes"
    possible(tx, ticket, technician, start, real, field=field, but_stint=left.id)
    left.state = "logged"
    instead = _settled(tx, ticket, technician, left, start, real)
    kept = keep_stretch(tx, ticket, technician.id, start, real, said, stint=left.id, **instead)
    warn_in_time(tx, ticket)
    return Timed(left, kept)


def drop_work(tx: Tx, stint: int, *, text: str = "") -> Timed:
    """The timer was forgotten and nothing was worked: its time is set aside, and history says so; why, if it can be
    kept. By its technician, or by a dispatcher or a manager in their stead."""
    text, back = hear("text", text, REASON)
    ticket, technician, left = _to_confirm(tx, stint)
    instead = _settled(tx, ticket, technician, left, left.started_at, None)
    return Timed(drop(tx, ticket, left, "" if back else text, **instead), back=back)


def _to_confirm(tx: Tx, number: int) -> tuple[Ticket, Person, Stint]:
    found = tx.session.get(Stint, number)
    if found is None:
        raise NotFound("stint", value=number)
    ticket = ticket_in_sight(tx, found.ticket_id, lock=True)
    technician = locked_technician(tx, found.technician_id)
    if technician.id != tx.actor.id and tx.actor.role not in (Role.DISPATCHER, Role.MANAGER):
        raise NotYoursToConfirm(technician=technician.name)
    tx.session.refresh(found)
    if found.state != "to_confirm":
        raise AlreadyDone(what={"logged": LOGGED, "dropped": DROPPED}.get(found.state, RUNS))
    return ticket, technician, found


def _settled(
    tx: Tx, ticket: Ticket, technician: Person, left: Stint, start: datetime, minutes: int | None
) -> dict[str, str]:
    """Nobody is reminded any more. In the technician's stead it is said so in history, and to them; `minutes` None:
    set aside."""
    cancel(tx, TimerKind.WORK_UNCONFIRMED, left.id)
    if tx.actor.id == technician.id:
        return {}
    real = elapsed(left, left.ended_at or tx.now) if minutes is None else minutes
    facts: dict[str, Any] = {"minutes": real, "started_at": start, "ended_at": start + timedelta(minutes=real)}
    key = f"work_settled:{left.id}"
    tell(tx, [technician], "work_settled", key=key, ticket=ticket, dropped=minutes is None, **facts)
    return {"instead_of": technician.name}


def stop_forgotten(tx: Tx, number: int) -> Stint | None:
    """Effect of the closing's timer; an edit of the calendar since may have moved the closing, either way."""
    found = tx.session.get(Stint, number)
    if found is None or found.state != "running":
        return None
    ticket = ticket_in_sight(tx, found.ticket_id, lock=True)
    locked_technician(tx, found.technician_id)
    tx.session.refresh(found)
    limit = stops_at(tx, found.started_at)
    if found.state != "running":
        return None
    if tx.now < limit:
        schedule_stop(tx, found)
        return None
    return leave_to_confirm(tx, ticket, found, limit)
