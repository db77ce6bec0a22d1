"""A line of the booklet's tables, and the four hours that bind the work on it."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Coverage(StrEnum):
    """Booklet, Détail des prestations: contrat de maintenance, contrat de service TMA, non traité."""

    MAINTENANCE = "maintenance"
    TMA = "tma"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Condition:
    """A footnote of the booklet that support confirms; unmet, the lines of `instead` are what can be offered."""

    code: str
    question: str
    question_en: str
    unmet: str
    unmet_en: str
    instead: tuple[str, ...]


@dataclass(frozen=True)
class ServiceItem:
    """What a ticket asks for; `reason` says who pays and why, `section` is the booklet's heading.

    `limit_exclusive` marks the two lines that say « - de 4h »: there, the limit itself is already too much.
    A `summary` line stands for its family where no detailed line names the request; its code is the family's.
    """

    code: str
    family: str
    label: str
    label_en: str
    section: str
    coverage: Coverage
    reason: str
    reason_en: str
    limit_minutes: int | None
    limit_exclusive: bool
    skill: str
    summary: bool
    to_deployment: bool
    conditions: tuple[str, ...]
    synonyms: tuple[str, ...]


FOUR_HOURS = 240
"""Minutes: what binds TMA work that no line of its own binds otherwise (booklet, Mise en place et création)."""

_REASONS = {
    Coverage.MAINTENANCE: (
        "Inclus dans votre contrat de maintenance : traité sans décompte d’heures.",
        "Included in your maintenance contract: handled without counting hours.",
    ),
    Coverage.TMA: (
        "Relève de la tierce maintenance applicative : les heures sont décomptées de votre forfait, par quart d’heure "
        "entamé.",
        "Application support (TMA): hours are taken from your pack, by the started quarter-hour.",
    ),
    Coverage.EXCLUDED: (
        "N’est pas traité dans le cadre de votre contrat de service.",
        "Not covered by your service contract.",
    ),
}


def at_level(item: ServiceItem, level: str) -> ServiceItem:
    """The line as it binds a ticket that was given another coverage than the booklet's: who pays, and the four hours,
    follow the coverage."""
    if level == item.coverage:
        return item
    coverage, limit = Coverage(level), None
    if coverage is Coverage.TMA:
        limit = item.limit_minutes or FOUR_HOURS
    reason, reason_en = _REASONS[coverage]
    return replace(item, coverage=coverage, limit_minutes=limit, reason=reason, reason_en=reason_en)


def over_limit(item: ServiceItem, minutes: int) -> bool:
    """Whether this much real work, in minutes over the whole ticket, belongs to deployment (booklet, Mise en place)."""
    if item.limit_minutes is None:
        return False
    return minutes >= item.limit_minutes if item.limit_exclusive else minutes > item.limit_minutes


def near_limit(item: ServiceItem, minutes: int, warn_minutes: int) -> bool:
    """Whether the technician is to be warned: at `warn_minutes` of real work or more, and the limit not yet passed."""
    return item.limit_minutes is not None and minutes >= warn_minutes and not over_limit(item, minutes)
