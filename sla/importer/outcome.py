"""What an import did: counts, and every row that was left out, with its reason."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from sla import wording
from sla.desk.log_rows import Fate

SENTENCES: dict[Fate, str] = {
    Fate.COLUMNS: "la ligne n’a pas le nombre de colonnes de l’en-tête",
    Fate.BAD_TEXT: "un caractère ne peut pas être lu ou gardé",
    Fate.NO_TICKET: "le numéro du ticket est vide",
    Fate.TOO_LONG: "le numéro du ticket, le nom du technicien ou une cellule est trop long",
    Fate.BAD_INSTANT: "l’instant n’a aucun des formats annoncés",
    Fate.GAP: "cette heure n’existe pas ce jour-là (passage à l’heure d’été)",
    Fate.OUT_OF_REACH: "le calendrier du support ne connaît pas cette année",
    Fate.IN_THE_FUTURE: "l’instant n’est pas encore passé",
    Fate.UNKNOWN_ACTIVITY: "l’activité n’est pas dans le fichier de correspondance",
    Fate.IGNORED: "le fichier de correspondance écarte cette activité",
    Fate.DUPLICATE: "la même ligne est déjà dans le fichier",
    Fate.NO_TECHNICIAN: "une prise en charge doit nommer son technicien",
    Fate.ILLEGAL: "l’activité n’est pas possible dans l’état où est le ticket",
    Fate.TOO_LATE: "le ticket a déjà une suite : son historique ne grandit que par la fin",
}
HEADER = ("ligne", "ticket", "instant", "activité", "technicien", "motif", "explication")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row that was left out, as it stood in the file; `line` is where it begins, the header being line 1."""

    line: int
    ticket: str
    instant: str
    activity: str
    technician: str
    fate: Fate
    detail: str = ""

    @property
    def sentence(self) -> str:
        said, detail = SENTENCES[self.fate], self.detail
        if self.fate is Fate.ILLEGAL:
            detail = wording.label("state", detail) if detail else "pas encore déposé"
        return f"{said} ({detail})" if detail else said


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`rows` = `imported` + `known` + the named ones; `tickets` are those that the file speaks of."""

    rows: int
    imported: int
    known: int
    named: tuple[NamedRow, ...]
    tickets: int
    seconds: float

    @property
    def by_reason(self) -> dict[Fate, int]:
        """How many rows were left out for each reason, most first."""
        return dict(Counter(row.fate for row in self.named).most_common())

    def lines(self) -> list[str]:
        """The summary, in French."""
        read = f"{_counted(self.rows, 'ligne')}, {_counted(self.tickets, 'ticket')}"
        taken_in = f"{_counted(self.imported, 'importée')}, {_counted(self.known, 'déjà importée')}"
        seconds = f"{self.seconds:.1f}".replace(".", ",")
        first = f"{read}\u00a0: {taken_in}, {_counted(len(self.named), 'écartée')} ({seconds}\u00a0s)"
        return [first, *(f"  {_number(count)}\u00a0: {SENTENCES[fate]}" for fate, count in self.by_reason.items())]

    def write(self, file: TextIO, delimiter: str) -> None:
        """The rows left out, as CSV with the delimiter of the log."""
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(HEADER)
        for row in self.named:
            cells = (row.ticket, row.instant, row.activity, row.technician)
            writer.writerow((row.line, *_harmless(cells), row.fate, row.sentence))


def _harmless(cells: Iterable[str]) -> list[str]:
    """What a spreadsheet would run as a formula is shown as text; what can't be written, as an escape."""
    told = (cell.encode("utf-8", "backslashreplace").decode() for cell in cells)
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in told]


def _counted(value: int, word: str) -> str:
    """Singular below two, as in French."""
    return f"{_number(value)} {word}{'s' if value > 1 else ''}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
