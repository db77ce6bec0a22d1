"""Texts that seem to give a code or a password. The booklet's code SUPERVISEUR must be ready, it is never written."""

import re

_NAMED = (
    r"(?:mots?\s+de\s+passe|m\.?d\.?p\.?|passwords?|passwd|pwd|passcode|code\s+(?:d.acc[eè]s|superviseur|secret|pin)"
    r"|pin\s+code|access\s+code|supervisor\s+code)"
)
_OWNER = (
    r"(?:administrateur|admin|client|domaine|serveur|session|superviseur|support|teamviewer|user|utilisateurs?|vpn"
    r"|wi-?fi|windows)"
)
_WHOSE = rf"(?:{_OWNER}\s+)*"
_GIVEN = re.compile(
    rf"\b{_NAMED}\s*{_WHOSE}(?:(?P<sign>[:=])|\b(?:est|is|c.est)\b\s*[:=]?)\s*[«“\"']?\s*(?P<value>\S+)",
    re.I,
)
_BESIDE = re.compile(rf"\b{_NAMED}\s+{_WHOSE}(?:[–—-]\s+)?(?!{_OWNER}\b)[«“\"'(]?\s*(?P<value>\S+)", re.I)
_CODE_IS = re.compile(r"\bcode\s*(?:[:=]|\b(?:est|is|c.est)\b\s*[:=]?)\s*[«“\"']?\s*(?P<value>\S+)", re.I)
_STATE = re.compile(
    "à|aux?|bien|bloquée?s?|bons?|celui|changée?s?|connus?|corrects?|demandée?s?|disponibles?|donnée?s?|effacée?s?|encore|"
    "en|erronée?s?|expirée?s?|faux|incorrects?|inconnus?|inutiles?|invalides?|jamais|l[ae]s?|nécessaires?|oubliée?s?|ok|"
    "par|pas|perdus?|personnels?|possibles?|prêts?|refusée?s?|requis|saisie?s?|sur|toujours|trop|an?|asked|expired|"
    "forgotten|invalid|known|lost|missing|needed|never|not|ready|refused|required|the|unknown|wrong|"
    # What joins it to the rest of a sentence,
    "afin|après|avant|avec|avoir|car|ce|cela|cette|chez|comme|contre|dans|des?|depuis|dès|donc|du|entre|et|ici|il|je|lors|"
    "mais|mon|ne|nous|on|ou|où|pendant|pour|puis|quand|que|qui|sa|sans|se|selon|ses|si|son|sous|tous|tout|un|une|vers|via|"
    "vous|y|[dlmnst][’'].*|qu[’'].*|after|all|and|are|as|at|but|by|for|from|in|it|its|of|on|once|or|so|that|then|"
    "to|was|were|when|which|while|will|with|without|"
    # or says what becomes of it.
    "a|affichée?s?|attendus?|communiquée?s?|créée?s?|doit|doivent|est|était|existants?|existe|fonctionne|fournis?|générée?s?|"
    "initial|initiaux|manquants?|modifiée?s?|noté|nouveaux?|ont|peut|plus|provisoires?|reçus?|refuse|"
    "réinitialisée?s?|renouvelée?s?|reste|sera|seront|sont|temporaires?|transmis|validée?s?|vides?|"
    "changed|does|doesn[’']t|has|have|is|must|new|reset|works?"
)
"""What is said of a password without giving it: « le mot de passe est refusé »."""
_MOMENT = re.compile(r"\d{1,2}[h:]\d{0,2}|\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?")
_MARKS = re.compile(r"[@#$%&*!_+=]")


def gives_secret(text: str) -> bool:
    """Whether a code or a password is named and then given; « le mot de passe est refusé » gives none, any word that
    says nothing of its state could be it: « mdp azerty »."""
    found = (each["value"] for pattern in (_GIVEN, _BESIDE) for each in pattern.finditer(text))
    return any(_could_be_one(value) for value in found)


def seems_code(text: str) -> bool:
    """Whether any word could itself be a code: for a note beside an access, where nothing of the kind has its place."""
    named = (each["value"] for each in _CODE_IS.finditer(text))
    return gives_secret(text) or any(map(_could_be_one, named)) or any(_coded(word) for word in text.split())


def _could_be_one(value: str) -> bool:
    return (bool(_bare(value)) and not _STATE.fullmatch(_bare(value))) or _coded(value)


def _bare(value: str) -> str:
    return value.strip(".,;:=!?()«»“”\"'–—-/…").casefold()


def _coded(value: str) -> bool:
    """Four signs or more, a figure or an odd mark among them, and neither a time nor a date."""
    bare = value.strip(".,;:!?()«»“”\"'")
    if len(bare) < 4 or _MOMENT.fullmatch(bare):
        return False
    return any(sign.isdigit() for sign in bare) or _MARKS.search(bare) is not None
