"""What each activity of a log stands for in a ticket's history."""

from dataclasses import dataclass

from sla.contract.config_table import ConfigTable
from sla.contract.targets import Severity
from sla.importer.entries import choice
from sla.ticket.facts import Kind

IGNORE = "ignore"
FACTS = (
    *(Kind.DEPOSITED, Kind.TAKEN, Kind.ANSWERED, Kind.COMMENTED, Kind.NOTED, Kind.WAITING_CLIENT),
    *(Kind.WAITING_PUBLISHER, Kind.RESUMED, Kind.RESOLVED, Kind.CLOSED, Kind.REOPENED, Kind.REQUALIFIED),
    *(Kind.TRANSFERRED, Kind.DECLINED),
)


@dataclass(frozen=True, slots=True)
class Activity:
    """What an activity stands for: a fact (None: left out), with the severity that a requalification gives."""

    kind: Kind | None
    severity: str | None = None


def read_activities(tables: list[ConfigTable]) -> dict[str, Activity]:
    """By name, as the log writes it."""
    found: dict[str, Activity] = {}
    for table in tables:
        name = table.text("name").strip()
        if name in found:
            table.mistake("name", f"l’activité « {name} » est donnée deux fois")
        found[name] = _activity(table)
        table.close()
    return found


def _activity(table: ConfigTable) -> Activity:
    event = choice(table, "event", (*FACTS, IGNORE))
    if event == Kind.REQUALIFIED:
        return Activity(Kind.REQUALIFIED, choice(table, "severity", tuple(Severity)))
    if table.has("severity"):
        table.mistake("severity", "seule une requalification donne une gravité")
        table.take("severity")
    return Activity(Kind(event) if event in FACTS else None)
