"""The import as a whole: read the file, hand it over batch by batch, account for every row."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TextIO

from sla import wallclock
from sla.desk.actor import SYSTEM, Actor
from sla.desk.import_history import import_history
from sla.desk.log_rows import TAKEN_IN, Fate, Log, LogTicket, Outcome
from sla.desk.office import Desk
from sla.errors import Both, Refused, Unknown
from sla.importer.cells import system_says
from sla.importer.mapping import Mapping
from sla.importer.outcome import ImportReport
from sla.importer.reading import LogFile, read_log

BATCH = 300
"""Tickets a transaction: an import that is cut short leaves whole batches, and goes on where it was when run again."""

Progress = Callable[[int, int], None]
"""Is told rows done, of how many."""


class UnwritableReport(Refused):
    code = "unwritable_report"
    fr = "Le rapport {value} ne peut pas être écrit : {rule}."
    en = "The report {value} can’t be written: {rule}."


def import_file(
    desk: Desk,
    file: Path,
    mapping: Mapping,
    report_path: Path | None = None,
    progress: Progress | None = None,
    *,
    actor: Actor = SYSTEM,
    at: datetime | None = None,
) -> ImportReport:
    """Every row is imported, known already, or named in the report. Raises Refused before anything is written."""
    began, now = perf_counter(), at or wallclock.now()
    log = _log(desk, mapping)
    found = read_log(file, mapping, desk.settings.calendar, now)
    if report_path is not None and report_path.exists() and report_path.samefile(file):
        raise UnwritableReport(value=report_path.name, rule=Both("c’est le journal lui-même", "it is the log itself"))
    with _opened(report_path) as out:
        outcomes = _hand_over(desk, log, found, progress or (lambda done, total: None), actor, now)
        report = _account(found, outcomes, perf_counter() - began)
        if out is not None:
            report.write(out, mapping.delimiter)
    return report


def _log(desk: Desk, mapping: Mapping) -> Log:
    """With the level that its service item has in the catalogue, where the mapping names none."""
    log, items = mapping.log, {item.code: item for item in desk.settings.catalogue}
    if log.item not in items:
        raise Unknown("item", label="item", value=log.item, choices=", ".join(sorted(items)))
    return replace(log, level=log.level or items[log.item].coverage)


def _hand_over(desk: Desk, log: Log, found: LogFile, progress: Progress, actor: Actor, now: datetime) -> list[Outcome]:
    outcomes: list[Outcome] = []
    total = len(found.cells)
    for batch in _batches(found.tickets):
        progress(len(found.named) + len(outcomes), total)
        outcomes += desk.by(actor, now).do(import_history, log, batch)
    progress(total, total)
    return outcomes


def _batches(tickets: Sequence[LogTicket]) -> Iterator[Sequence[LogTicket]]:
    return (tickets[start : start + BATCH] for start in range(0, len(tickets), BATCH))


def _account(found: LogFile, outcomes: Sequence[Outcome], seconds: float) -> ImportReport:
    left_out = (found.cells[each.line].named(each.fate, each.detail) for each in outcomes if each.fate not in TAKEN_IN)
    named = sorted(chain(found.named, left_out), key=lambda row: row.line)
    imported, known = (sum(each.fate is fate for each in outcomes) for fate in (Fate.IMPORTED, Fate.KNOWN))
    return ImportReport(len(found.cells), imported, known, tuple(named), len(found.tickets), seconds)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO | None]:
    """Opened before the import begins, so that a report that can't be kept stops it."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise UnwritableReport(value=path.name, rule=system_says(error)) from error
    with file:
        yield file
