"""`edit_calendar`: closures, openings, special hours, weekly hours, holiday choices; versioned, changing nothing
before now.

The edition is saved first; the running clocks are then brought in line in batches, so that the queue is never held.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select

from sla.desk.altered_hours import Altered, altered
from sla.desk.appointment_ends import take_back
from sla.desk.appointments import move
from sla.desk.calendar_edits import CalendarEdit, Data, NewerEdition, edited
from sla.desk.call_reminders import remind_anew
from sla.desk.impact import Broken, Impact, Moved, impact_of
from sla.desk.office import Tx
from sla.desk.reschedule import reschedule
from sla.desk.tell import clients_of, tell
from sla.desk.timetable import KEPT, extended
from sla.desk.typed import one_text
from sla.errors import Both, Missing, Refused
from sla.store.tables import CalendarVersion, Person, Ticket

log = structlog.get_logger(__name__)

FILE = "config/calendar.toml"
AT_ONCE = 500
BROKEN = Both("Promesses rompues", "Broken promises")


def current_data(tx: Tx) -> tuple[int, Data]:
    """The number and the data of the edition in force; 0 and the file's before the first is kept."""
    last = _last(tx)
    return (last.number, last.data) if last is not None else (0, tx.settings.calendar.to_data())


def _last(tx: Tx) -> CalendarVersion | None:
    return tx.session.scalars(select(CalendarVersion).order_by(CalendarVersion.number.desc()).limit(1)).one_or_none()


def calendar_to_keep(tx: Tx) -> bool:
    """Whether the service was started with a calendar's file that isn't the edition in force, and nobody has edited it
    here: from then on the file counts no more."""
    last = _last(tx)
    return last is None or (last.author == FILE and last.data != _written(tx))


def _written(tx: Tx) -> Data:
    """As it would be read from the database."""
    found: Data = json.loads(json.dumps(tx.settings.calendar.to_data()))
    return found


def keep_calendar(tx: Tx) -> int | None:
    """The file's calendar as the first edition, or, changed since, as one more: running deadlines follow it, and what
    it breaks stays booked for the dispatcher to move. The edition's number; None if there is nothing to keep."""
    if not calendar_to_keep(tx):
        return None
    number, data = current_data(tx)
    if number == 0:
        tx.session.add(_version(tx, 1, data, FILE, "Le calendrier du fichier"))
        tx.session.flush()
        tx.session.info.pop(KEPT, None)
        return 1
    broken = impact_of(tx, tx.settings.calendar).broken
    version = _save(tx, number, data, _written(tx), "Le fichier a changé", author=FILE)
    if broken:
        log.warning("appointments in closed time", tickets=sorted({each.ticket for each in broken}))
    remind_anew(tx)
    reschedule(tx, version.number, after=0)
    return version.number


def preview_edit(tx: Tx, edit: CalendarEdit) -> Impact:
    """What saving this edit now would change."""
    return impact_of(tx, edited(current_data(tx)[1], edit)[1])


def edit_calendar(
    tx: Tx,
    edit: CalendarEdit,
    *,
    reason: str,
    seen: int | None = None,
    repairs: Mapping[int, datetime | None] | None = None,
    notify: bool = False,
) -> CalendarVersion:
    """`repairs`: for each appointment that the edit breaks, its new instant, or None to take it back: a broken
    promise is saved only with its replacement; what refuses it is told at the field `repairs.` and its number. `seen`:
    the edition that the page showed. `notify`: tell the clients concerned."""
    reason = one_text("reason", reason, 500)
    number, data = current_data(tx)
    if seen is not None and seen != number:
        raise _newer(tx)
    changed, hours = edited(data, edit)
    found = impact_of(tx, hours)
    unrepaired = [each for each in found.broken if each.appointment not in (repairs or {})]
    if unrepaired:
        listed = ", ".join(f"nº {each.ticket}" for each in unrepaired)
        french = f"dites que faire des rendez-vous des tickets {listed}"
        english = f"say what becomes of the appointments of tickets {listed}"
        raise Missing("repairs", label=BROKEN, rule=Both(french, english))
    before = tx.hours
    version = _save(tx, number, data, changed, reason)
    told = altered(before, tx.hours, tx.now)
    _repair(tx, found.broken, repairs or {}, reason, told)
    remind_anew(tx)
    reschedule(tx, version.number, after=0)
    tx.session.refresh(version)
    if notify:
        _tell(tx, version, found, told)
    return version


def _save(tx: Tx, number: int, data: Data, changed: Data, reason: str, *, author: str | None = None) -> CalendarVersion:
    if number == 0:
        tx.session.add(_version(tx, 1, data, FILE, "Le calendrier du fichier"))
    version = _version(tx, max(number, 1) + 1, changed, author or tx.actor.name, reason)
    tx.session.add(version)
    tx.session.flush()
    if number == 0:
        tx.session.info.pop(KEPT, None)
        first = tx.session.get_one(CalendarVersion, 1)
        tx.session.info[KEPT] = extended((), first)
    else:
        tx.session.info[KEPT] = tx.editions
    tx.session.info[KEPT] = extended(tx.session.info[KEPT], version)
    return version


def _version(tx: Tx, number: int, data: dict[str, Any], author: str, reason: str) -> CalendarVersion:
    return CalendarVersion(number=number, saved_at=tx.now, author=author, reason=reason, data=data)


def _newer(tx: Tx) -> NewerEdition:
    last = _last(tx)
    facts = (last.author, last.number, last.reason) if last is not None else (FILE, 0, "")
    return NewerEdition(who=facts[0], number=facts[1], why=facts[2])


def _repair(
    tx: Tx, broken: Sequence[Broken], repairs: Mapping[int, datetime | None], reason: str, told: Sequence[Altered]
) -> None:
    """Taken back or moved, one after the other: the time of one that is still to move may be the next one's."""
    leaving = {each.appointment for each in broken}
    for each in broken:
        at = repairs[each.appointment]
        if at is None:
            take_back(tx, each.appointment, each.kind, reason, altered=told)
        else:
            _move(tx, each, at, reason, told, leaving)
        leaving.remove(each.appointment)


def _move(tx: Tx, broken: Broken, at: datetime, reason: str, told: Sequence[Altered], leaving: Collection[int]) -> None:
    facts: dict[str, Any] = {"technician": broken.technician_id, "reason": reason, "altered": told}
    try:
        move(tx, broken.appointment, broken.kind, starts_at=at, leaving=leaving, **facts)
    except Refused as refused:
        refused.field = f"repairs.{broken.appointment}"
        raise


def _tell(tx: Tx, version: CalendarVersion, found: Impact, told: Sequence[Altered]) -> None:
    """One message a client, naming its own tickets' new deadlines."""
    numbers, tickets = sorted({each.ticket for each in found.moved}), {}
    for first in range(0, len(numbers), AT_ONCE):
        batch = select(Ticket).where(Ticket.id.in_(numbers[first : first + AT_ONCE]))
        tickets.update({ticket.id: ticket for ticket in tx.session.scalars(batch)})
    by_client: dict[Person, list[tuple[Ticket, Moved]]] = {}
    for each in found.moved:
        for client in clients_of(tx, tickets[each.ticket]):
            by_client.setdefault(client, []).append((tickets[each.ticket], each))
    for client, lines in by_client.items():
        key = f"calendar:{version.number}"
        tell(tx, [client], "deadlines_moved", key=key, lines=lines, why=version.reason, altered=told)
