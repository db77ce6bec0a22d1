"""The mapping file: what the columns, instants and activities of a log mean; see `config/import.example.toml`."""

import re
from collections.abc import Mapping as Named
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from sla.contract.catalogue import Catalogue
from sla.contract.config_table import ConfigTable
from sla.contract.mistakes import ConfigFile
from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.desk.log_rows import Log
from sla.desk.people import EMAIL
from sla.importer.activities import Activity, read_activities
from sla.importer.cells import Columns, read_columns, read_form
from sla.importer.entries import choice, matching
from sla.importer.instants import Instants, read_instants

SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, read. `log.level` is empty where the file leaves it to the service item."""

    encoding: str
    delimiter: str
    columns: Columns
    instants: Instants
    log: Log
    activities: Named[str, Activity]

    @classmethod
    def load(cls, path: Path, catalogue: Catalogue | None = None) -> "Mapping":
        """Reads the file; raises ConfigError with all its mistakes, the service item too where a catalogue is given."""
        file = ConfigFile.read(path)
        top = ConfigTable(file)
        source = matching(top, "source", SOURCE, "de 1 à 20 minuscules, chiffres ou tirets sont attendus")
        encoding, delimiter = read_form(top.table("file"))
        columns = read_columns(top.table("columns"))
        instants = read_instants(top.table("instants"))
        log = _log(source, top.table("tickets"), top.table("moves"), catalogue)
        activities = read_activities(top.tables("activity"))
        if top.has("activity") and not activities:
            top.mistake("activity", "il faut au moins une activité")
        top.close()
        file.finish()
        return cls(encoding, delimiter, columns, instants, log, activities)


def _log(source: str, table: ConfigTable, moves: ConfigTable, catalogue: Catalogue | None) -> Log:
    email = matching(table, "email", EMAIL, "une adresse est attendue").lower()
    title = table.text("title", "Ticket {ticket}")
    if "{ticket}" not in title or len(title) > 100:
        table.mistake("title", "un titre de 100 caractères au plus est attendu, avec {ticket} à la place du numéro")
    item = table.text("item")
    if catalogue is not None and item and item not in {each.code for each in catalogue}:
        table.mistake("item", f"aucune ligne de coverage.toml n’a le code « {item} »")
    log = Log(
        source=source,
        company=_name(table, "company"),
        requester=_name(table, "requester"),
        email=email,
        title=title,
        item=item,
        severity=choice(table, "severity", tuple(Severity)),
        level=choice(table, "level", tuple(Coverage), ""),
        first_is_deposit=moves.flag("first_is_deposit"),
        taken_answers=moves.flag("taken_answers"),
        taken_resumes=moves.flag("taken_resumes"),
        taken_reopens=moves.flag("taken_reopens"),
        closed_resolves=moves.flag("closed_resolves"),
    )
    table.close()
    moves.close()
    return log


def _name(table: ConfigTable, key: str) -> str:
    """As the desk keeps names: on one line, in composed characters."""
    name = " ".join(normalize("NFC", table.text(key)).split())
    if len(name) > 120:
        table.mistake(key, "120 caractères au plus")
    return name
