"""Work timed as it goes: which timer runs, when it stops by itself, and what becomes of its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from sla.contract.forfait import quarters
from sla.contract.service_item import Coverage
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.said import HandedBack, Said
from sla.desk.stretches import keep_stretch, unbearable
from sla.desk.tell import person, tell
from sla.desk.time_kept import charged_minutes
from sla.desk.timers import TimerKind, cancel, schedule
from sla.store.tables import Intervention, Stint, Ticket
from sla.ticket.facts import Kind


@dataclass(frozen=True, slots=True)
class Timed:
    """A timer after an act on it, and the intervention that its time has joined; None where none was counted. `back`:
    what was said of it and does not stand as it is. `stopped`: the one that had to stop for this one to begin."""

    stint: Stint
    intervention: Intervention | None = None
    back: tuple[HandedBack, ...] = ()
    stopped: "Timed | None" = None


def running_of(tx: Tx, technician: int | None) -> Stint | None:
    query = select(Stint).where(Stint.technician_id == technician, Stint.state == "running")
    return tx.session.scalars(query).one_or_none()


def stops_at(tx: Tx, started_at: datetime) -> datetime:
    """When a timer stops by itself: at the closing; one started while the desk is closed, at the opening. Within its
    day, since an intervention is a day's, and within 24 hours of it, where the clocks go back."""
    edge = tx.hours.next_close(started_at) if tx.hours.is_open(started_at) else tx.hours.next_open(started_at)
    midnight = tx.settings.midnight(tx.day_of(started_at) + timedelta(days=1))
    return min(edge, midnight, started_at + timedelta(days=1))


def begin_stint(tx: Tx, ticket: Ticket, technician: int) -> Stint:
    stint = Stint(ticket_id=ticket.id, technician_id=technician, state="running", started_at=tx.now)
    tx.session.add(stint)
    tx.session.flush()
    record(tx, ticket, Kind.WORK_STARTED, public=False, stint=stint.id)
    schedule_stop(tx, stint)
    return stint


def schedule_stop(tx: Tx, stint: Stint) -> None:
    at = stops_at(tx, stint.started_at)
    schedule(tx, TimerKind.WORK_STOP, stint.id, at, due_at=at, mark=f"{at:%Y%m%dT%H%M%S}")


def elapsed(stint: Stint, until: datetime) -> int:
    """Whole minutes: what is shown is what is counted, and the seconds beyond are the client's."""
    return int((until - stint.started_at).total_seconds()) // 60


def counted_until(stint: Stint, until: datetime) -> datetime:
    """Where what is counted ends: with its beginning it says as many minutes as are counted."""
    return stint.started_at + timedelta(minutes=elapsed(stint, until))


def added_quarters(tx: Tx, ticket: Ticket, stint: Stint, until: datetime) -> int:
    """What a timer adds to its day's intervention: rounded with what is logged of it, not by itself."""
    if ticket.level != Coverage.TMA:
        return 0
    of_ticket = select(Intervention).where(Intervention.ticket_id == ticket.id)
    query = of_ticket.where(Intervention.technician_id == stint.technician_id)
    day = tx.day_of(stint.started_at)
    found = tx.session.scalars(query.where(Intervention.day == day)).one_or_none()
    charged, consumed = (charged_minutes(tx, found), found.consumed_quarters) if found is not None else (0, 0)
    return max(0, quarters(charged + elapsed(stint, min(until, stops_at(tx, stint.started_at)))) - consumed)


def await_word(tx: Tx, stint: Stint, since: datetime, times: int = 1) -> None:
    """Reminded after so many working days, time and again."""
    at = tx.hours.add_days(since, tx.settings.reminders.confirm_days)
    schedule(tx, TimerKind.WORK_UNCONFIRMED, stint.id, at, mark=str(times), data={"times": times})


def end_stint(tx: Tx, ticket: Ticket, stint: Stint, said: Said, back: tuple[HandedBack, ...] = ()) -> Timed:
    """Stopped by its technician, whatever was said of it: logged up to now. Beyond its own end (nobody looked in time),
    or where what was said is handed back, its time is to confirm, with what could be kept of it."""
    refusal = unbearable(tx, ticket, said)
    if refusal is not None:
        back = (*back, HandedBack("own_error", said.reason, refusal))
    limit = stops_at(tx, stint.started_at)
    if tx.now > limit or back:
        stint.note, stint.own_error, stint.reason = said.note, said.own_error, said.reason
        return Timed(leave_to_confirm(tx, ticket, stint, min(tx.now, limit), by_itself=tx.now > limit), back=back)
    _stop(tx, stint, "logged", tx.now)
    minutes = elapsed(stint, tx.now)
    if not minutes:
        return Timed(drop(tx, ticket, stint))
    who, start = stint.technician_id, stint.started_at
    return Timed(stint, keep_stretch(tx, ticket, who, start, minutes, said, stint=stint.id))


def leave_to_confirm(tx: Tx, ticket: Ticket, stint: Stint, at: datetime, *, by_itself: bool = True) -> Stint:
    """Its time waits for its technician's word, and nothing is counted before; `by_itself`: they may not know."""
    _stop(tx, stint, "to_confirm", at)
    minutes = elapsed(stint, at)
    if not minutes:
        return drop(tx, ticket, stint)
    await_word(tx, stint, at)
    record(tx, ticket, Kind.WORK_STOPPED, public=False, stint=stint.id, minutes=minutes, ended_at=at.isoformat())
    if by_itself:
        who, key = person(tx, stint.technician_id), f"work_to_confirm:{stint.id}"
        times: dict[str, Any] = {"started_at": stint.started_at, "ended_at": counted_until(stint, at)}
        tell(tx, [who], "work_to_confirm", key=key, ticket=ticket, minutes=minutes, **times)
    return stint


def _stop(tx: Tx, stint: Stint, state: str, at: datetime) -> None:
    stint.state, stint.ended_at = state, at
    for kind in (TimerKind.WORK_STOP, TimerKind.WORK_LIMIT, TimerKind.WORK_AGREED):
        cancel(tx, kind, stint.id)
    tx.session.flush()


def drop(tx: Tx, ticket: Ticket, stint: Stint, text: str = "", **instead: Any) -> Stint:
    """Nothing was worked: a slip of the finger under a minute, or it is said so. `instead_of`: its technician, in whose
    stead."""
    stint.state = "dropped"
    record(tx, ticket, Kind.WORK_DROPPED, text=text, public=False, stint=stint.id, **instead)
    return stint


def stop_own(tx: Tx, ticket: Ticket) -> None:
    """Stop the timer on this ticket of whoever says that the work is done."""
    stint = running_of(tx, tx.actor.id)
    if stint is not None and stint.ticket_id == ticket.id:
        end_stint(tx, ticket, stint, Said())
