"""What becomes of a request at deposit, and why, in a sentence for the client."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sla.contract.service_item import Coverage, ServiceItem


class Outcome(StrEnum):
    """`WAITS_FORFAIT`: kept, waits for the client to buy hours. `WAITS_DISPATCHER`: kept, a dispatcher decides.

    `EXCLUDED`: answered with the reason and kept on record. `TO_DEPLOYMENT`: handed to the deployment desk.
    """

    ACCEPTED = "accepted"
    WAITS_FORFAIT = "waits_forfait"
    WAITS_DISPATCHER = "waits_dispatcher"
    EXCLUDED = "excluded"
    TO_DEPLOYMENT = "to_deployment"


@dataclass(frozen=True)
class Decision:
    """Who pays (`coverage`), what happens now (`outcome`), and both told to the client in French and English."""

    coverage: Coverage
    outcome: Outcome
    reason_fr: str
    reason_en: str


_ADDED = {
    Outcome.WAITS_FORFAIT: (
        "Votre société n’a pas de forfait en cours de validité avec des heures disponibles. Votre demande est "
        "conservée telle quelle et sera traitée dès la souscription d’un forfait.",
        "Your company has no valid pack with hours left. Your request is kept as it is and will be handled as soon "
        "as a pack is bought.",
    ),
    Outcome.WAITS_DISPATCHER: (
        "Aucun contrat de maintenance actif n’est enregistré pour votre société. Votre demande est conservée et notre "
        "équipe revient vers vous pour décider de la suite.",
        "No active maintenance contract is on record for your company. Your request is kept and our team will come "
        "back to you to decide what follows.",
    ),
}


def decide(item: ServiceItem, *, has_maintenance: bool, quarters_left: int) -> Decision:
    """Decides from the line asked for, the maintenance contract on that day and the quarter-hours of its forfaits.

    Excluded lines are answered alike with or without a contract; TMA complements maintenance, so that hours left
    without an active contract are for a dispatcher to judge (booklet, La tierce maintenance applicative).
    """
    outcome = _outcome(item, has_maintenance, quarters_left)
    added_fr, added_en = _ADDED.get(outcome, ("", ""))
    return Decision(item.coverage, outcome, f"{item.reason} {added_fr}".strip(), f"{item.reason_en} {added_en}".strip())


def reasons_in_english(items: Iterable[ServiceItem]) -> dict[str, str]:
    """What `decide` may say, French → English: histories keep the French sentence."""
    added = [("", ""), *_ADDED.values()]
    return {
        f"{item.reason} {french}".strip(): f"{item.reason_en} {english}".strip()
        for item in items
        for french, english in added
    }


def _outcome(item: ServiceItem, has_maintenance: bool, quarters_left: int) -> Outcome:
    if item.coverage is Coverage.EXCLUDED:
        return Outcome.TO_DEPLOYMENT if item.to_deployment else Outcome.EXCLUDED
    if not has_maintenance:
        return Outcome.WAITS_DISPATCHER
    if item.coverage is Coverage.TMA and quarters_left <= 0:
        return Outcome.WAITS_FORFAIT
    return Outcome.ACCEPTED
