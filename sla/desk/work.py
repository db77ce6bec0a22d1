"""`work`: real time on a ticket, typed; consumed by the started quarter-hour. The four hours bind TMA."""

from datetime import datetime, timedelta

from sla.desk.beginning import begin_work
from sla.desk.office import Tx
from sla.desk.said import read_said
from sla.desk.sight import ticket_in_sight
from sla.desk.stretches import keep_stretch, locked_technician, possible
from sla.desk.typed import instant_typed, typed_minutes
from sla.desk.work_limits import warn_in_time
from sla.store.tables import Intervention


def work(
    tx: Tx,
    number: int,
    *,
    minutes: int | str,
    started_at: datetime | str | None = None,
    note: str = "",
    own_error: bool = False,
    reason: str = "",
) -> Intervention:
    """Log one stretch. `minutes`: an int, or what a person typed (« 1h45 »); `started_at` defaults to `minutes` ago.

    `own_error`, with its reason: an adjustment that support bears itself, real time that consumes nothing.
    """
    real = typed_minutes(minutes)
    said = read_said(note, own_error, reason)
    start = instant_typed(tx, "started_at", started_at) if started_at else tx.now - timedelta(minutes=real)
    ticket = ticket_in_sight(tx, number, lock=True)
    technician = locked_technician(tx, tx.actor.id or 0)
    possible(tx, ticket, technician, start, real, field="started_at" if started_at else "minutes")
    begin_work(tx, ticket)
    kept = keep_stretch(tx, ticket, technician.id, start, real, said)
    warn_in_time(tx, ticket)
    return kept
