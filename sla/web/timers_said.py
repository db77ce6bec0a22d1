"""What a timer will do, in words."""

from collections.abc import Mapping
from typing import Any, Protocol

from sla import wording

KINDS = {
    "call_reminder": "Rappel ou prise en main à préparer",
    "call_missed": "Rappel ou prise en main sans suite",
    "hours_start": "Début d’un forfait",
    "expiry_reminder": "Fin de forfait annoncée",
    "expiry": "Fin d’un forfait",
    "low_balance": "Solde bas",
    "runs_out": "Heures bientôt épuisées, à ce rythme",
    "contract_end": "Fin de contrat annoncée",
    "escalation": "Passage au déploiement",
    "estimate_reminder": "Temps estimatif sans réponse",
    "acceptance_reminder": "Recette sans réponse",
    "acceptance_end": "Fin du délai de recette",
    "publisher_follow_up": "Relance de l’éditeur",
    "report_due": "Rapport à rendre",
    "report_asked_still": "Rapport d’étape demandé, sans suite",
    "hours_asked_still": "Forfait demandé, sans réponse",
    "estimate_end": "Fin de validité d’un temps estimatif",
    "work_stop": "Minuteur à arrêter à la fermeture",
    "work_limit": "Alerte avant la limite de la TMA, minuteur en marche",
    "work_agreed": "Temps estimatif atteint, minuteur en marche",
    "work_unconfirmed": "Temps de travail à confirmer",
    "expectation": "Réponse attendue à revoir",
    "reliability": "Fiabilité des délais annoncés à vérifier",
    "reschedule": "Échéances à déplacer, après un changement d’horaires",
}
ABOUT_TICKETS = frozenset(
    {
        "sla_level",
        "escalation",
        "acceptance_reminder",
        "acceptance_end",
        "report_due",
        "report_asked_still",
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
    said = KINDS.get(timer.kind, timer.kind.replace("_", " "))
    if timer.kind == "sla_level":
        share = int(timer.data.get("share", WHOLE))
        level = "Dépassement" if share >= WHOLE else f"Alerte à {share}\u00a0%"
        said = f"{level}, {wording.label('clock', timer.data.get('clock', ''))}"
    return f"{said}, ticket nº\u00a0{timer.subject}" if timer.kind in ABOUT_TICKETS else said
