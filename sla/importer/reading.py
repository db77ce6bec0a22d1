"""A log file → its tickets' rows in order, and the rows that can't be read, each with its reason."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sla.calendar import YearOutOfReach
from sla.desk.log_rows import Fate, LogRow, LogTicket, Unfit
from sla.importer.cells import Cells, cells_of
from sla.importer.instants import instant
from sla.importer.mapping import Mapping
from sla.importer.outcome import NamedRow

REFERENCE, CODE = 80, 40
"""The longest reference of a ticket and code of a person, with the source's name before them."""


class Hours(Protocol):
    """What reading asks of the desk's calendar: whether it knows an instant's year."""

    def next_open(self, at: datetime) -> datetime: ...


@dataclass(slots=True)
class LogFile:
    """What a file holds: `tickets` in order of their first instant, `named` what is left out already."""

    cells: dict[int, Cells] = field(default_factory=dict)
    tickets: list[LogTicket] = field(default_factory=list)
    named: list[NamedRow] = field(default_factory=list)


def read_log(path: Path, mapping: Mapping, hours: Hours, now: datetime) -> LogFile:
    """Raises UnreadableFile or ColumnMissing for the file as a whole; anything else is said row by row."""
    found = LogFile()
    rows: dict[str, list[LogRow]] = {}
    for cells in cells_of(path, mapping.encoding, mapping.delimiter, mapping.columns):
        found.cells[cells.line] = cells
        try:
            rows.setdefault(cells.ticket, []).append(_row(cells, mapping, hours, now))
        except Unfit as problem:
            found.named.append(cells.named(problem.fate, problem.detail))
    for number, each in rows.items():
        each.sort(key=lambda row: (row.at, row.line))
        if once := tuple(_once(found, each)):
            found.tickets.append(LogTicket(number, once))
    found.tickets.sort(key=lambda ticket: (ticket.rows[0].at, ticket.rows[0].line))
    return found


def _once(found: LogFile, rows: list[LogRow]) -> Iterator[LogRow]:
    """The rows less those that say again what one has said."""
    first: dict[tuple[datetime, str, str], int] = {}
    for row in rows:
        if row.key in first:
            found.named.append(found.cells[row.line].named(Fate.DUPLICATE, f"ligne {first[row.key]}"))
            continue
        first[row.key] = row.line
        yield row


def _row(cells: Cells, mapping: Mapping, hours: Hours, now: datetime) -> LogRow:
    if cells.problem:
        raise Unfit(*cells.problem)
    _check_texts(cells, mapping.log.source)
    at = instant(cells.instant, mapping.instants)
    if at > now:
        raise Unfit(Fate.IN_THE_FUTURE)
    try:
        hours.next_open(at)
    except YearOutOfReach as error:
        raise Unfit(Fate.OUT_OF_REACH) from error
    activity = mapping.activities.get(cells.activity)
    if activity is None:
        raise Unfit(Fate.UNKNOWN_ACTIVITY)
    return LogRow(cells.line, at, cells.activity, cells.technician, activity.kind, activity.severity)


def _check_texts(cells: Cells, source: str) -> None:
    for text in (cells.ticket, cells.instant, cells.activity, cells.technician):
        bad = next((char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn")), None)
        if bad is not None:
            raise Unfit(Fate.BAD_TEXT, f"U+{ord(bad):04X}")
    if not cells.ticket:
        raise Unfit(Fate.NO_TICKET)
    before = len(source) + 1
    if len(cells.ticket) > REFERENCE - before or len(cells.technician) > CODE - before:
        raise Unfit(Fate.TOO_LONG)
