"""What pydantic found wrong with a body or a query, said to the reader: one sentence a field, in two languages."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sla.errors import Refused

LONGEST_SHOWN = 60

SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Le champ «\u00a0{field}\u00a0» manque.", "The field “{field}” is missing."),
    "extra_forbidden": (
        "Le champ «\u00a0{field}\u00a0» n’existe pas ici\u00a0: retirez-le.",
        "There is no field “{field}” here: remove it.",
    ),
    "int_type": (
        "Le champ «\u00a0{field}\u00a0» attend un nombre entier, pas {value}.",
        "The field “{field}” takes a whole number, not {value}.",
    ),
    "string_type": (
        "Le champ «\u00a0{field}\u00a0» attend un texte, pas {value}.",
        "The field “{field}” takes a text, not {value}.",
    ),
    "bool_type": (
        "Le champ «\u00a0{field}\u00a0» attend true ou false, pas {value}.",
        "The field “{field}” takes true or false, not {value}.",
    ),
    "greater_than_equal": (
        "Le champ «\u00a0{field}\u00a0» ne peut pas être {value}\u00a0: {ge} au moins.",
        "The field “{field}” can’t be {value}: {ge} at least.",
    ),
    "less_than_equal": (
        "Le champ «\u00a0{field}\u00a0» ne peut pas être {value}\u00a0: {le} au plus.",
        "The field “{field}” can’t be {value}: {le} at most.",
    ),
    "string_too_long": (
        "Le champ «\u00a0{field}\u00a0» est trop long\u00a0: {max_length} caractères au plus.",
        "The field “{field}” is too long: {max_length} characters at most.",
    ),
    "string_too_short": ("Le champ «\u00a0{field}\u00a0» est vide.", "The field “{field}” is empty."),
    "literal_error": (
        "Le champ «\u00a0{field}\u00a0» ne peut pas être {value}\u00a0: choisissez parmi {expected}.",
        "The field “{field}” can’t be {value}: choose among {expected}.",
    ),
    "instant": (
        "Le champ «\u00a0{field}\u00a0» ne peut pas être {value}\u00a0: donnez un instant avec son décalage, "
        "par exemple 2026-11-24T14:00:00+01:00 (RFC 3339).",
        "The field “{field}” can’t be {value}: give an instant with its offset, for instance "
        "2026-11-24T14:00:00+01:00 (RFC 3339).",
    ),
    "day": (
        "Le champ «\u00a0{field}\u00a0» ne peut pas être {value}\u00a0: donnez une date, par exemple 2026-11-24.",
        "The field “{field}” can’t be {value}: give a date, for instance 2026-11-24.",
    ),
    "far_off": (
        "Le champ «\u00a0{field}\u00a0» ne peut pas être {value}\u00a0: c’est à plus de dix ans d’aujourd’hui.",
        "The field “{field}” can’t be {value}: that is more than ten years from today.",
    ),
    "one_of": (
        "Le champ «\u00a0{field}\u00a0» attend exactement une modification à la fois.",
        "The field “{field}” takes exactly one edit.",
    ),
    "wildcard": (
        "Le champ «\u00a0{field}\u00a0» ne peut pas être {value}.",
        "The field “{field}” can’t be {value}.",
    ),
}


class Misshapen(Refused):
    """One field that doesn't fit; `facts` fill the sentence of its `kind`."""

    code = "bad_field"

    def sentence(self, lang: str = "fr") -> str:
        french = lang == "fr"
        facts = {**self.facts, "value": _shown(self.facts["value"], french)}
        if french and "expected" in facts:
            facts["expected"] = facts["expected"].replace(" or ", " ou ")
        known = SENTENCES.get(self.facts["kind"], SENTENCES["wildcard"])
        return known[not french].format(field=self.field, **facts)


def reproaches(error: ValidationError) -> list[Refused]:
    """The first fault of each field, in the order of the fields."""
    found: dict[str, Refused] = {}
    for each in error.errors(include_url=False):
        field = ".".join(str(part)[:LONGEST_SHOWN] for part in each["loc"])
        found.setdefault(field, Misshapen(field, kind=each["type"], **_facts(each)))
    return list(found.values())


def _facts(each: ErrorDetails) -> dict[str, Any]:
    facts = {key: value for key, value in each.get("ctx", {}).items() if key in ("ge", "le", "max_length", "expected")}
    return {**facts, "value": each.get("input")}


def _shown(value: object, french: bool) -> str:
    """A value as JSON would write it, cut short."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    told = {True: "true", False: "false", None: "null"}
    if value is None or isinstance(value, bool):
        return told[value]
    text = str(value)
    cut = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    if not isinstance(value, str):
        return cut
    return f"«\u00a0{cut}\u00a0»" if french else f"“{cut}”"
