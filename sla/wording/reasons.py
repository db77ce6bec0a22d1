"""Why a technician: each reason of the plan or of a dispatcher as one sentence, and the names of skills.

The index's terms are told as numbers: expected work, margin left, weight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sla.wording.durations import NBSP, agreed, duration, plural
from sla.wording.instants import brief, instant
from sla.wording.reasons_in_english import SKILLS as IN_ENGLISH
from sla.wording.reasons_in_english import english

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
FOR, AGAINST, FACT = "met", "watch", "arrow_right"
SPEAK_AGAINST = {"breaks_due", "slower"}
STATE_A_FACT = {"after_others", "after_appointment", "chosen_by", "taken_over", "in_turn"}


@dataclass(frozen=True, slots=True)
class Said:
    """`mark` is the icon that goes with the sentence: met (speaks for it), watch (speaks against), arrow_right (a
    fact)."""

    mark: str
    text: str


def skill(code: str, lang: str = "fr") -> str:
    """What a skill is about; a code without a name shows itself."""
    return (IN_ENGLISH if lang == "en" else SKILLS).get(code, code.replace("_", " "))


def reason(code: str, facts: Mapping[str, Any], zone: tzinfo, now: datetime, lang: str = "fr") -> Said:
    """One reason as history keeps it: instants are datetimes or RFC 3339 texts. A code without a sentence shows
    itself."""
    mark = AGAINST if code in SPEAK_AGAINST else FACT if code in STATE_A_FACT else FOR
    at = _instant(facts.get("at") or facts.get("due_at"))
    said = _french if lang == "fr" else english
    text = said(code, facts, brief(at, zone, now, lang) if at else "", instant(at, zone, now, lang) if at else "")
    return Said(mark, text) if text else Said(FACT, code.replace("_", " "))


def _french(code: str, facts: Mapping[str, Any], short: str, long: str) -> str:
    margin, among = duration(int(facts.get("margin_s", 0))), int(facts.get("among", 0))
    match code:
        case "masters":
            return f"Maîtrise {skill(str(facts.get('skill', '')))}"
        case "gets_to_it":
            return f"Peut commencer {long}" if long else "Peut commencer"
        case "keeps_due":
            return f"Tient l’échéance, avec {margin} de marge"
        case "breaks_due":
            return f"Dépasserait l’échéance de {margin}"
        case "after_others":
            return f"Passe après {plural(int(facts.get('count', 0)), 'autre ticket', 'autres tickets')}"
        case "after_appointment":
            return f"Attend la fin du rendez-vous, {long}"
        case "pinned":
            return "Épinglé par le répartiteur"
        case "follow_up":
            return "Suit déjà ce ticket"
        case "taken_over":
            return "Reprend le ticket d’un collègue absent ou occupé, qui ne peut plus attendre"
        case "earliest_due":
            first = _first("L’échéance la plus proche", among)
            return f"{first}{NBSP}: {short}" if short else first
        case "weighed":
            return f"{_first('Le plus pressant', among)}{NBSP}: {_weighed(facts)}"
        case "oldest":
            waited = int(facts.get("waited_s", 0))
            return f"Attend depuis {duration(waited)} {agreed('ouvrée', waited)}, trop longtemps pour passer après"
        case "first_come":
            return f"{_first('Le plus ancien', among)}, aucune échéance ne court"
        case "in_turn":
            return _first("Le premier à son tour", among)
        case "usual":
            return "Connaît ce client, dont il suit la plupart des tickets"
        case "slower":
            return f"Prend à ce travail {_decimal(facts.get('pace', 1))} fois le temps usuel"
        case "chosen_by":
            return _chosen(str(facts.get("who", "")), str(facts.get("why", "")))
    return ""


def _weighed(facts: Mapping[str, Any]) -> str:
    """The terms of the index, as numbers."""
    slack, work = int(facts.get("slack_s", 0)), duration(int(facts.get("work_s", 0)))
    left = f"{duration(slack)} de marge" if slack >= 0 else f"{duration(-slack)} de retard à la fin"
    left = left if "slack_s" in facts else "sans échéance qui court"
    return f"{work} de travail, {left}, poids {_decimal(facts.get('weight', 1))}"


def _decimal(number: Any) -> str:
    return f"{float(number):.3g}".replace(".", ",")


def _first(said: str, among: int) -> str:
    return "Le seul ticket possible" if among == 1 else f"{said} parmi {among} tickets possibles"


def _chosen(who: str, why: str) -> str:
    return f"Choisi par {who}{NBSP}: {why}" if why else f"Choisi par {who}"


def _instant(value: object) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value if isinstance(value, datetime) else None
