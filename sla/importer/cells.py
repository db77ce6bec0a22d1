"""A log file cut into rows and cells, as the mapping's [file] and [columns] say."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sla.contract.config_table import ConfigTable
from sla.desk.log_rows import Fate
from sla.errors import Both, Refused
from sla.importer.entries import choice
from sla.importer.outcome import NamedRow

ENCODINGS = {"utf-8": "utf-8-sig", "cp1252": "cp1252", "iso-8859-1": "iso-8859-1", "iso-8859-15": "iso-8859-15"}
DELIMITERS = (",", ";", "\t", "|")
SHOWN = 200
"""How much the report shows of a cell that may have swallowed what follows it."""


class UnreadableFile(Refused):
    code = "unreadable_file"
    fr = "Le fichier {value} ne peut pas être lu : {rule}."
    en = "The file {value} can’t be read: {rule}."


class ColumnMissing(Refused):
    code = "column_missing"
    fr = "Le fichier n’a pas la colonne « {value} » que nomme le fichier de correspondance ; son en-tête : {header}."
    en = "The file has no column “{value}”, which the mapping file names; its header: {header}."


@dataclass(frozen=True, slots=True)
class Columns:
    """The header's names."""

    ticket: str
    instant: str
    activity: str
    technician: str


@dataclass(frozen=True, slots=True)
class Cells:
    """The four cells of a row as they stand; `problem` says why they can't be told apart."""

    line: int
    ticket: str = ""
    instant: str = ""
    activity: str = ""
    technician: str = ""
    problem: tuple[Fate, str] | None = None

    def named(self, fate: Fate, detail: str = "") -> NamedRow:
        return NamedRow(self.line, self.ticket, self.instant, self.activity, self.technician, fate, detail)


def read_form(table: ConfigTable) -> tuple[str, str]:
    """The codec and the delimiter."""
    encoding = choice(table, "encoding", tuple(ENCODINGS), "utf-8")
    delimiter = table.take("delimiter", ",")
    if delimiter not in DELIMITERS:
        table.mistake("delimiter", 'un séparateur est attendu : "," ";" "|" ou "\\t" (tabulation)')
        delimiter = ","
    table.close()
    return ENCODINGS.get(encoding, "utf-8-sig"), str(delimiter)


def read_columns(table: ConfigTable) -> Columns:
    """Four names, all different."""
    names = [table.text(key).strip() for key in ("ticket", "instant", "activity", "technician")]
    for twice in sorted({name for name in names if name and names.count(name) > 1}):
        table.mistake("", f"la colonne « {twice} » est donnée deux fois")
    table.close()
    return Columns(*names)


def cells_of(path: Path, encoding: str, delimiter: str, columns: Columns) -> Iterator[Cells]:
    """Every row below the header; an empty line is none. Raises UnreadableFile, ColumnMissing."""
    text = _text(path, encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    width, places = _header(reader, columns)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Cells(line, problem=(Fate.TOO_LONG, ""))
            continue
        if row:
            yield _cut(row, places, width, line, reader.line_num)


def system_says(error: OSError) -> Both:
    """Why a file can't be had, quoted from the system, which says it in one language."""
    said = error.strerror or type(error).__name__
    return Both(f"le système répond « {said} »", f"the system says “{said}”")


def _text(path: Path, encoding: str) -> str:
    """Bytes that the encoding doesn't know stay in the text as surrogates, so that only their row is left out."""
    try:
        return path.read_bytes().decode(encoding, "surrogateescape")
    except OSError as error:
        raise UnreadableFile(value=path.name, rule=system_says(error)) from error


def _header(reader: Iterator[list[str]], columns: Columns) -> tuple[int, list[int]]:
    """How many columns there are, and where the four are."""
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error:
        header = []
    names = (columns.ticket, columns.instant, columns.activity, columns.technician)
    for name in names:
        if name not in header:
            raise ColumnMissing(value=name, header=", ".join(header)[:SHOWN] or "aucun")
    return len(header), [header.index(name) for name in names]


def _cut(row: list[str], places: list[int], width: int, line: int, last: int) -> Cells:
    ticket, at, activity, technician = (row[place].strip() if place < len(row) else "" for place in places)
    if len(row) == width:
        return Cells(line, ticket, at, activity, technician)
    detail = f"{len(row)} au lieu de {width}" + (f", de la ligne {line} à la ligne {last}" if last > line else "")
    problem = (Fate.COLUMNS, detail)
    return Cells(line, ticket[:SHOWN], at[:SHOWN], activity[:SHOWN], technician[:SHOWN], problem)
