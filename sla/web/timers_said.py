"""What a timer will do, in words."""

from collections.abc import Mapping
from typing import Any, Protocol

from sla import wording

ABOUT_TICKETS = frozenset(
    {
        "sla_level",
        "escalation",
        "acceptance_reminder",
        "acceptance_end",
        "report_due",
        "report_asked_still",
        "wait_ends",
        "contested_still",
        "expectation",
    }
)
WHOLE = 100


class Due(Protocol):
    """What is read of a timer."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> int: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


def what(timer: Due) -> str:
    """« Alerte à 75 %, 1re réponse, ticket nº 3 »; a kind without a name shows itself."""
    said = wording.label("timer", timer.kind)
    if timer.kind == "sla_level":
        share = int(timer.data.get("share", WHOLE))
        level = "Dépassement" if share >= WHOLE else f"Alerte à {share}\u00a0%"
        said = f"{level}, {wording.label('clock', timer.data.get('clock', ''))}"
    return f"{said}, ticket nº\u00a0{timer.subject}" if timer.kind in ABOUT_TICKETS else said
