"""Why a technician: each reason of the plan or of a dispatcher as one sentence, and the names of skills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sla.wording.durations import NBSP, duration, plural
from sla.wording.instants import brief, instant

SKILLS = {
    "erreurs": "les erreurs du logiciel",
    "usage": "l’utilisation courante",
    "etats": "les états",
    "formation": "la formation",
    "parametrage": "le paramétrage",
    "installation": "l’installation",
    "mises_a_jour": "les mises à jour",
    "sql": "SQL et les sauvegardes",
}


@dataclass(frozen=True, slots=True)
class Said:
    """`mark` is the icon that goes with the sentence: met (speaks for it), watch (speaks against), arrow_right (a
    fact)."""

    mark: str
    text: str


def skill(code: str) -> str:
    """What a skill is about; a code without a name shows itself."""
    return SKILLS.get(code, code.replace("_", " "))


def reason(code: str, facts: Mapping[str, Any], zone: tzinfo, now: datetime) -> Said:
    """One reason as history keeps it: instants are datetimes or RFC 3339 texts. A code without a sentence shows
    itself."""
    at = _instant(facts.get("at") or facts.get("due_at"))
    margin = duration(int(facts.get("margin_s", 0)))
    count, among = int(facts.get("count", 0)), int(facts.get("among", 0))
    match code:
        case "masters":
            return Said("met", f"Maîtrise {skill(str(facts.get('skill', '')))}")
        case "gets_to_it":
            return Said("met", f"Peut commencer {instant(at, zone, now)}" if at else "Peut commencer")
        case "keeps_due":
            return Said("met", f"Tient l’échéance, avec {margin} de marge")
        case "breaks_due":
            return Said("watch", f"Dépasserait l’échéance de {margin}")
        case "after_others":
            return Said("arrow_right", f"Passe après {plural(count, 'ticket plus urgent', 'tickets plus urgents')}")
        case "pinned":
            return Said("met", "Épinglé par le répartiteur")
        case "follow_up":
            return Said("met", "Suit déjà ce ticket")
        case "earliest_due":
            when = f"{NBSP}: {brief(at, zone, now)}" if at else ""
            return Said("met", f"L’échéance la plus proche {_among(among)}{when}")
        case "first_come":
            return Said("met", f"Le plus ancien {_among(among)}, aucune échéance ne court")
        case "chosen_by":
            return Said("arrow_right", _chosen(str(facts.get("who", "")), str(facts.get("why", ""))))
    return Said("arrow_right", code.replace("_", " "))


def _among(count: int) -> str:
    return f"parmi {plural(count, 'ticket possible', 'tickets possibles')}"


def _chosen(who: str, why: str) -> str:
    return f"Choisi par {who}{NBSP}: {why}" if why else f"Choisi par {who}"


def _instant(value: object) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value if isinstance(value, datetime) else None
