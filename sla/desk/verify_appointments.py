"""Appointments as their tickets' histories tell them, against what is stored and what reminds of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta

from sla.desk.appointments import FACTS
from sla.desk.call_reminders import GRACE_MINUTES
from sla.desk.office import Tx
from sla.desk.timers import TimerKind
from sla.desk.verify_timers import Pending
from sla.store.tables import Appointment, Event

REMINDERS = (TimerKind.CALL_REMINDER, TimerKind.CALL_MISSED)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What history says of one appointment; the names are the row's."""

    ticket_id: int
    kind: str
    state: str
    starts_at: datetime
    technician_id: int
    sequence: int = 0


def agreed(events: Sequence[Event]) -> dict[int, Agreed]:
    """The appointments that one ticket's history tells of, by number."""
    found: dict[int, Agreed] = {}
    for event in events:
        kind = next((name for name, facts in FACTS.items() if event.kind in astuple(facts)), None)
        if kind is None or "appointment" not in event.data:
            continue
        number, facts = int(event.data["appointment"]), FACTS[kind]
        ends = {str(facts.held): "held", str(facts.missed): "missed", str(facts.cancelled): "cancelled"}
        state = ends.get(event.kind, "booked")
        if event.kind == facts.booked:
            found[number] = Agreed(event.ticket_id, kind, state, *_instant(event))
        elif event.kind == facts.moved:
            at, technician = _instant(event)
            known = found[number]
            moves = known.sequence + 1
            found[number] = replace(known, state=state, starts_at=at, technician_id=technician, sequence=moves)
        else:
            known = found[number]
            found[number] = replace(known, state=state, sequence=known.sequence + (state == "cancelled"))
    return found


def _instant(event: Event) -> tuple[datetime, int]:
    return datetime.fromisoformat(event.data["starts_at"]), int(event.data["technician"])


def differing_appointments(
    tx: Tx, rows: Iterable[Appointment], kept: Mapping[int, Agreed], timers: Pending
) -> Iterable[str]:
    stored = {row.id: row for row in rows}
    for number in sorted(kept.keys() - stored.keys()):
        yield f"appointment {number}: is missing, history says {kept[number].state}"
    for number, row in sorted(stored.items()):
        if number not in kept:
            yield f"appointment {number}: no history"
            continue
        for column in Agreed.__slots__:
            is_, should = getattr(row, column), getattr(kept[number], column)
            if is_ != should:
                yield f"appointment {number}: {column} is {is_!r}, its history says {should!r}"
        yield from _reminders(tx, number, kept[number], timers)


def _reminders(tx: Tx, number: int, told: Agreed, timers: Pending) -> Iterable[str]:
    pending = [timer for kind in REMINDERS for timer in timers.get((kind, number), ())]
    if told.state != "booked":
        yield from (f"appointment {number}: is {told.state}, and {timer.key} is still pending" for timer in pending)
        return
    missed_at = tx.hours.add(told.starts_at, timedelta(minutes=GRACE_MINUTES))
    due = [timer for timer in pending if timer.kind == TimerKind.CALL_MISSED]
    if missed_at > tx.now and not due:
        yield f"appointment {number}: nothing will say that it is missed"
    for timer in pending:
        if timer.generation != told.sequence:
            yield f"appointment {number}: {timer.key} is of its move {timer.generation}, the last is {told.sequence}"
