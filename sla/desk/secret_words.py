"""Texts that seem to give a code or a password. The booklet's code SUPERVISEUR must be ready, it is never written."""

import re

_NAMED = (
    r"(?:mots?\s+de\s+passe|m\.?d\.?p\.?|passwords?|passwd|pwd|code\s+(?:d.acc[eè]s|superviseur|secret|pin)|pin\s+code)"
)
_GIVEN = re.compile(
    rf"\b{_NAMED}\s*(?:teamviewer\s*|superviseur\s*)?(?:(?P<sign>[:=])|\b(?:est|is|c.est)\b)\s*[«“\"']?\s*(?P<value>\S+)",
    re.I,
)
_BESIDE = re.compile(rf"\b{_NAMED}\s+(?:teamviewer\s+|superviseur\s+)?(?P<value>\S+)", re.I)
_STATE = re.compile(
    "à|aux?|bien|bloquée?|bon|celui|changé|connu|correct|demandé|disponible|donné|effacé|encore|en|erroné|expiré|faux|"
    "incorrect|inconnu|inutile|invalide|jamais|l[ae]s?|nécessaire|oublié|ok|par|pas|perdu|personnel|possible|prêt|refusé|"
    "requis|saisi|sur|toujours|trop|an?|asked|expired|forgotten|invalid|known|lost|missing|needed|never|not|ready|refused|"
    "required|the|unknown|wrong"
)
"""What is said of a password without giving it: « le mot de passe est refusé »."""
_MOMENT = re.compile(r"\d{1,2}[h:]\d{0,2}|\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?")
_MARKS = re.compile(r"[@#$%&*!_+=]")


def gives_secret(text: str) -> bool:
    """Whether a code or a password is named and then given; « le mot de passe est refusé » gives none."""
    named = (found["value"] for found in _GIVEN.finditer(text))
    beside = (found["value"] for found in _BESIDE.finditer(text))
    return any(not _STATE.fullmatch(_bare(value)) for value in named) or any(_coded(value) for value in beside)


def seems_code(text: str) -> bool:
    """Whether any word could itself be a code: for a note beside an access, where nothing of the kind has its place."""
    return gives_secret(text) or any(_coded(word) for word in text.split())


def _bare(value: str) -> str:
    return value.strip(".,;:!?)»”\"'").casefold()


def _coded(value: str) -> bool:
    """Four signs or more, a figure or an odd mark among them, and neither a time nor a date."""
    bare = value.strip(".,;:!?()«»“”\"'")
    if len(bare) < 4 or _MOMENT.fullmatch(bare):
        return False
    return any(sign.isdigit() for sign in bare) or _MARKS.search(bare) is not None
