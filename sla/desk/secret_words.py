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
_CODE_IS = re.compile(r"\bcode\s*(?:[:=]|\b(?:est|is|c.est)\b\s*[:=]?)\s*(?P<quote>[«“\"']?)\s*(?P<value>\S+)", re.I)
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
_THING = re.compile(
    r"\b(?:affaires?|articles?|banques?|barres?|clients?|comptables?|comptes?|d[eé]p[oô]ts?|d[eé]signations?|devises?|erreurs?"
    r"|familles?|fournisseurs?|gammes?|iso|libell[eé]s?|magasins?|mod[eè]les?|nomenclatures?|o\.?f\.?|op[eé]rations?|pays"
    r"|pi[eè]ces?|postal|postaux|postes?\s+de\s+charge|produits?|r[eé]f[eé]rences?|retours?|sections?|statuts?|tarifs?|taxes?"
    r"|tiers|tva|accounts?|customers?|errors?|items?|parts?|products?|returns?|states?|status|suppliers?|vat|zip)\b",
    re.I,
)
"""What has a code of its own, which opens nothing: « article dont le code est VIS12 »."""
_REASON = re.compile(
    "absente?s?|attente|aucune?s?|aucun|away|bientôt|congés?|day|demain|fermée?s?|holidays?|inactive?s?|indisponibles?|"
    "inexistante?s?|injoignables?|inactifs?|later|lundi|malade|mardi|mercredi|jeudi|vendredi|none|nobody|occupée?s?|"
    "partie?s?|pending|personne|prochainement|retard|sick|soon|tomorrow|unavailable|vacances|waiting",
    re.I,
)
"""What a single word may say of an access that is not ready."""
_AROUND = re.compile(r"c[’']est|code|est|is|le|the|accès|access|superviseur|supervisor|administrateur|admin", re.I)
_MOMENT = re.compile(r"\d{1,2}[h:]\d{0,2}|\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?")
_MARKS = re.compile(r"[@#$%&*!_+=]")


def gives_secret(text: str) -> bool:
    """Whether a code or a password is named and then given; « le mot de passe est refusé » gives none, any word that
    says nothing of its state could be it: « mdp azerty »."""
    found = (each["value"] for pattern in (_GIVEN, _BESIDE) for each in pattern.finditer(text))
    return any(_could_be_one(value) for value in found) or any(map(_stands_out, _codes(text)))


def gives_code(text: str) -> bool:
    """The same in a note of the checklist, where a code said of nothing else is an access: « le code est bleu »."""
    return gives_secret(text) or any(map(_could_be_one, _codes(text)))


def seems_code(text: str) -> bool:
    """Whether any word could itself be a code: for a note beside an access, where nothing of the kind has its place. A
    word alone could be one unless it says why there is none: « azerty », « oublié »."""
    words = [word for word in map(_bare, text.split()) if word and not _AROUND.fullmatch(word)]
    alone = len(words) == 1 and not _REASON.fullmatch(words[0]) and _could_be_one(words[0])
    named = (each["value"] for each in _CODE_IS.finditer(text))
    return alone or gives_code(text) or any(map(_could_be_one, named)) or any(_coded(word) for word in text.split())


def _codes(text: str) -> list[str]:
    """What is said to be a code, unless the text speaks of things that have one."""
    return [] if _THING.search(text) else [each["quote"] + each["value"] for each in _CODE_IS.finditer(text)]


def _stands_out(value: str) -> bool:
    """Written as nothing is in a sentence: in capitals, between quotes, with figures."""
    letters = "".join(sign for sign in value if sign.isalpha())
    return _coded(value) or (_could_be_one(value) and (value[0] in "«“\"'" or (len(letters) > 2 and letters.isupper())))


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
