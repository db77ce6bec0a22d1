"""Why an answer is expected later or sooner than was told: numbers of requests and of technicians, nobody's name."""

from collections.abc import Sequence
from typing import Protocol

_WORDS = ("", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_KINDS = {
    "blocking": ("demande bloquante", "blocking request"),
    "major": ("demande majeure", "major request"),
    "minor": ("demande mineure", "minor request"),
    "question": ("question", "question"),
}
_ENGLISH = {
    "severity": "the severity of your request has changed",
    "calendar": "support’s opening hours have changed",
    "slower": "answers are taking longer than expected",
    "faster": "answers are going faster than expected",
}
_FRENCH = {
    "severity": "la gravité de votre demande a changé",
    "calendar": "les horaires du support ont changé",
    "slower": "les réponses prennent plus de temps que prévu",
    "faster": "les réponses vont plus vite que prévu",
}


class Reason(Protocol):
    """What is read of a reason: its code, how many, and of which severity."""

    @property
    def code(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def severity(self) -> str: ...


class Change(Protocol):
    """Whether the answer is expected later, and why."""

    @property
    def later(self) -> bool: ...
    @property
    def reasons(self) -> Sequence[Reason]: ...


def change(told: Change, lang: str = "fr") -> str:
    """« Plus tard qu’annoncé : deux demandes bloquantes sont arrivées. »"""
    if lang == "en":
        return f"{'Later' if told.later else 'Sooner'} than announced: {', '.join(map(_english, told.reasons))}."
    return f"Plus {'tard' if told.later else 'tôt'} qu’annoncé\u00a0: {', '.join(map(_french, told.reasons))}."


def _french(reason: Reason) -> str:
    one, count = reason.count < 2, _number(reason.count)
    s, are = ("", "est") if one else ("s", "sont")
    masculine = "un" if one else count
    match reason.code:
        case "arrived":
            kind = " ".join(f"{word}{s}" for word in _KINDS[reason.severity][0].split())
            return f"{count} {kind} {are} arrivée{s}"
        case "overtaken":
            return f"{count} demande{s} plus pressante{s} passe{'' if one else 'nt'} à présent avant la vôtre"
        case "gone":
            return f"{count} demande{s} ne passe{'' if one else 'nt'} plus avant la vôtre"
        case "away":
            return f"{masculine} technicien{s} {are} absent{s}"
        case "back":
            return f"{masculine} technicien{s} {are} de retour"
    return _FRENCH[reason.code]


def _english(reason: Reason) -> str:
    one, count = reason.count == 1, reason.count
    s, are, have = ("", "is", "has") if one else ("s", "are", "have")
    match reason.code:
        case "arrived":
            return f"{count} {_KINDS[reason.severity][1]}{s} {have} come in"
        case "overtaken":
            return f"{count} more pressing request{s} now {'goes' if one else 'go'} before yours"
        case "gone":
            return f"{count} request{s} no longer {'goes' if one else 'go'} before yours"
        case "away":
            return f"{count} technician{s} {are} away"
        case "back":
            return f"{count} technician{s} {are} back"
    return _ENGLISH[reason.code]


def _number(count: int) -> str:
    return _WORDS[count] if 0 < count < len(_WORDS) else str(count)
