"""The rows of what became of each promise, written with the fact that says so."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from sla.desk.office import Tx
from sla.store.tables import Ticket, VerdictRow
from sla.ticket.clock import ClockName
from sla.ticket.life import Life
from sla.ticket.verdict import Verdict

Rows = Mapping[tuple[ClockName, int], VerdictRow]
"""Of one ticket, by clock and cycle."""
JUDGED = ("mark", "at", "cause", "level", "severity", "technician_id")


def keep_verdicts(tx: Tx, ticket: Ticket, before: Life, after: Life) -> None:
    """Bring the rows in line with the history, which may know of more than was kept before there were rows."""
    if after.verdicts is before.verdicts:
        return
    for key in {**before.verdicts, **after.verdicts}:
        old, new = before.verdicts.get(key), after.verdicts.get(key)
        if old == new:
            continue
        row = tx.session.get(VerdictRow, (ticket.id, *key)) if old is not None else None
        if new is None and row is not None:
            tx.session.delete(row)
        elif new is not None:
            tx.session.add(_copied(row or VerdictRow(ticket_id=ticket.id, clock=key[0], cycle=key[1]), new))


def fold_verdicts(tx: Tx, ticket: Ticket, life: Life) -> None:
    """The rows as the whole history says, whatever was stored."""
    stored = tx.session.scalars(select(VerdictRow).where(VerdictRow.ticket_id == ticket.id))
    rows = {(ClockName(row.clock), row.cycle): row for row in stored}
    for key in {**rows, **life.verdicts}:
        row, said = rows.get(key), life.verdicts.get(key)
        if said is not None:
            tx.session.add(_copied(row or VerdictRow(ticket_id=ticket.id, clock=key[0], cycle=key[1]), said))
        elif row is not None:
            tx.session.delete(row)


def _copied(row: VerdictRow, verdict: Verdict) -> VerdictRow:
    row.mark, row.at, row.cause = verdict.mark, verdict.at, verdict.cause
    row.level, row.severity, row.technician_id = verdict.level, verdict.severity, verdict.technician
    return row


def stored_verdicts(tx: Tx) -> dict[int, Rows]:
    """By ticket."""
    found: dict[int, Rows] = {}
    for row in tx.session.scalars(select(VerdictRow)):
        found[row.ticket_id] = {**found.get(row.ticket_id, {}), (ClockName(row.clock), row.cycle): row}
    return found


def differing_verdicts(number: int, life: Life, rows: Rows) -> Iterable[str]:
    """Each line names a verdict, what is stored, and what the history says."""
    for key in {**life.verdicts, **rows}:
        stored, said = rows.get(key), life.verdicts.get(key)
        whose = f"ticket {number}: verdict {key[0]} {key[1]}"
        if stored is None:
            yield f"{whose} is missing"
        elif said is None:
            yield f"{whose} has no history"
        else:
            expected = _copied(VerdictRow(), said)
            for column in JUDGED:
                is_, should = getattr(stored, column), getattr(expected, column)
                if is_ != should:
                    yield f"{whose}: {column} is {is_!r}, its history says {should!r}"
