"""A made-up log of another tool and its mapping: `;` between columns, Windows line ends, a BOM, Paris time."""

from pathlib import Path

from sla.importer import ImportReport, Mapping, import_file
from tests.worlds import World, paris

HEADER = "ref;quand;quoi;qui"
IMPORTED_AT = "2026-11-24 12:10"

MAPPING = """\
source = "vieux"

[file]
delimiter = ";"

[columns]
ticket = "ref"
instant = "quand"
activity = "quoi"
technician = "qui"

[instants]
formats = ["%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S"]
zone = "Europe/Paris"
repeated_hour = "earlier"

[tickets]
company = "Reprise"
requester = "Ancien demandeur"
email = "reprise@import.invalid"
title = "Ancien ticket {ticket}"
item = "erreurs"
severity = "minor"

[moves]
first_is_deposit = true
taken_answers = true
taken_resumes = true
taken_reopens = true
closed_resolves = true
"""

ACTIVITIES = {
    "Ouvrir": "deposited",
    "Noter": "noted",
    "Prendre": "taken",
    "Répondre": "answered",
    "Attendre": "waiting_client",
    "Signaler": "waiting_publisher",
    "Reprendre": "resumed",
    "Résoudre": "resolved",
    "Clore": "closed",
    "Rouvrir": "reopened",
    "Transmettre": "transferred",
    "Imprimer": "ignore",
}


def mapping_text(**changed: str) -> str:
    """The mapping, with other values (as TOML) for some of its keys."""
    text = MAPPING
    for key, value in changed.items():
        before = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
        text = text.replace(before, f"{key} = {value}")
    text += "".join(f'\n[[activity]]\nname = "{name}"\nevent = "{event}"\n' for name, event in ACTIVITIES.items())
    return text + '\n[[activity]]\nname = "Urgent"\nevent = "requalified"\nseverity = "major"\n'


def a_mapping(folder: Path, **changed: str) -> Mapping:
    path = folder / "mapping.toml"
    path.write_text(mapping_text(**changed), encoding="utf-8")
    return Mapping.load(path)


def a_log(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "log.csv"
    path.write_bytes("\r\n".join((header, *rows, "")).encode("utf-8-sig"))
    return path


def take_in(world: World, folder: Path, *rows: str, at: str = IMPORTED_AT, **changed: str) -> ImportReport:
    """Import these rows; the report is in `report.csv`."""
    mapping = a_mapping(folder, **changed)
    return import_file(world.desk, a_log(folder, *rows), mapping, folder / "report.csv", at=paris(at))


def left_out(report: ImportReport) -> list[tuple[int, str]]:
    """Line and reason of each row that was left out."""
    return [(row.line, row.fate.value) for row in report.named]
