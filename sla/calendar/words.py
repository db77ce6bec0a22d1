"""The calendar's own words in French and English: reasons, public holidays, bridge days, days, months, lengths."""

from collections.abc import Mapping
from typing import Final, Literal

Lang = Literal["fr", "en"]
NBSP: Final = "\u00a0"

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "open": ("Ouvert", "Open"),
    "lunch": ("Déjeuner", "Lunch"),
    "night": ("Nuit", "Night"),
    "weekend": ("Week-end", "Weekend"),
    "closed_day": ("Jour de fermeture", "Closed day"),
    "special_hours": ("Horaires spéciaux", "Special hours"),
}
"""The labels of the reasons that have no name of their own; `holiday`, `closure`, `opening`, `absence` have one."""

_HOLIDAYS: Final[Mapping[str, tuple[str, str]]] = {  # French name: English name, what « Pont » is followed by
    "Jour de l’an": ("New Year’s Day", "du Jour de l’an"),
    "Vendredi saint": ("Good Friday", "du Vendredi saint"),
    "Lundi de Pâques": ("Easter Monday", "du Lundi de Pâques"),
    "1er mai": ("May Day", "du 1er mai"),
    "Fête du Travail": ("Labour Day", "de la Fête du Travail"),
    "Fête du Travail et de la Concorde sociale": ("Labour Day", "de la Fête du Travail"),
    "Fête de la Victoire": ("Victory Day", "du 8 mai"),
    "Ascension": ("Ascension Day", "de l’Ascension"),
    "Lundi de Pentecôte": ("Whit Monday", "du Lundi de Pentecôte"),
    "Fête nationale": ("Bastille Day", "du 14 juillet"),
    "Assomption": ("Assumption Day", "de l’Assomption"),
    "Toussaint": ("All Saints’ Day", "de la Toussaint"),
    "Armistice": ("Armistice Day", "de l’Armistice"),
    "Noël": ("Christmas Day", "de Noël"),
    "Saint-Étienne": ("St Stephen’s Day", "de la Saint-Étienne"),
    "Jour férié": ("Public holiday", "du jour férié"),
    "Mi-Carême": ("Mid-Lent", "de la Mi-Carême"),
    "Abolition de l’esclavage": ("Abolition of Slavery", "de l’Abolition de l’esclavage"),
    "Fête de Victor Schoelcher": ("Victor Schoelcher Day", "de la Fête de Victor Schoelcher"),
    "Fête de la prise de possession": ("Annexation Day", "de la Fête de la prise de possession"),
    "Fête de la Citoyenneté": ("Citizenship Day", "de la Fête de la Citoyenneté"),
    "Arrivée de l’Évangile": ("Missionary Day", "de l’Arrivée de l’Évangile"),
    "Fête de l’autonomie": ("Autonomy Day", "de la Fête de l’autonomie"),
    "Matāri’i": ("Matāri’i", "de Matāri’i"),
    "Saint Pierre Chanel": ("St Peter Chanel’s Day", "de la Saint-Pierre-Chanel"),
    "Saints Pierre et Paul": ("Sts Peter and Paul’s Day", "de la Saint-Pierre-et-Paul"),
    "Fête du Territoire": ("Territory Day", "de la Fête du Territoire"),
}

_DAYS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def in_english(reason: str, label: str) -> str:
    """The English label of a cause; a label that somebody typed stays as it was typed."""
    if reason in REASONS:
        french, english = REASONS[reason]
        return english if label == french else label
    if reason == "holiday":
        return holiday_in_english(label)
    return label


def holiday_in_english(name: str) -> str:
    """The English name of a French holiday, of both where two fall on one day; an unknown one stays French."""
    if name in _HOLIDAYS:
        return _HOLIDAYS[name][0]
    return " and ".join(_HOLIDAYS[part][0] if part in _HOLIDAYS else part for part in name.split(" et "))


def bridge_label(name: str) -> str:
    """What the bridge day beside a holiday is called in French: « Pont de l’Ascension »."""
    return f"Pont {_HOLIDAYS[name][1]}" if name in _HOLIDAYS else f"Pont ({name})"


def day_name(weekday: int, day: int, month: int, lang: Lang) -> str:
    """« jeu. 30 avril », "Thu 30 April"; the first of a month is « 1er » in French."""
    ordinal = "1er" if day == 1 and lang == "fr" else str(day)
    return f"{_DAYS[lang][weekday]} {ordinal}{NBSP}{_MONTHS[lang][month - 1]}"


def clock(hour: int, minute: int, lang: Lang, second: int = 0) -> str:
    """« 9 h 00 », "09:00"; with its seconds where it has any: « 9 h 00 min 30 s », "09:00:30"."""
    if lang == "en":
        return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
    return f"{hour}{NBSP}h{NBSP}{minute:02}" + (f"{NBSP}min {second:02}{NBSP}s" if second else "")


def length(seconds: int) -> str:
    """« 3 h 30 », the same in both languages; « 45 s » of what is shorter than a minute. Exact, so that lengths in a
    column sum to their total as shown: « 2 h 09 min 23 s »."""
    minutes, rest = divmod(seconds, 60)
    if not minutes and rest:
        return f"{rest}{NBSP}s"
    return f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02}" + (f"{NBSP}min {rest:02}{NBSP}s" if rest else "")
