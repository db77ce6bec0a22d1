"""What a refusal is, and how its sentence is made of its facts."""

import re
from typing import Any, ClassVar, NamedTuple

_BEFORE = re.compile(r" (?=[:;!?»])")
_AFTER = re.compile(r"(?<=«) |(?<=nº) ")


def typeset(french: str) -> str:
    """A French sentence whose signs never part from their words: U+202F before ; ! ?, else U+00A0."""
    before = _BEFORE.sub(lambda found: "\u00a0" if french[found.end()] in ":»" else "\u202f", french)
    return _AFTER.sub("\u00a0", before)


class Both(NamedTuple):
    """A fact that has words of its own in each language."""

    fr: str
    en: str

    def said(self, lang: str) -> str:
        """In one of them: in French unless English is asked for, its signs set as `typeset` sets them."""
        return self.en if lang == "en" else typeset(self.fr)


class Refused(Exception):
    """What the desk won't do, as a value: `code`, `status`, `facts`, and `sentence(lang)`; nothing was written."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    fr: ClassVar[str] = "Demande refusée."
    en: ClassVar[str] = "Request refused."

    def __init__(self, field: str | None = None, **facts: Any) -> None:
        self.field = field
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str = "fr") -> str:
        words = {key: fact.said(lang) if isinstance(fact, Both) else fact for key, fact in self.facts.items()}
        return Both(self.fr, self.en).said(lang).format(field=self.field, **words)

    def errors(self, lang: str = "fr") -> dict[str, str]:
        """Field → sentence, for forms; empty where no single field is at fault."""
        return {self.field: self.sentence(lang)} if self.field else {}


class Invalid(Refused):
    """Several fields at once: `reproaches` maps each field to the refusal that it met."""

    code = "invalid"
    fr = "La saisie n’est pas acceptée : {summary}"
    en = "The input is not accepted: {summary}"

    def __init__(self, reproaches: list[Refused]) -> None:
        self.reproaches = reproaches
        super().__init__(None, summary="")

    def sentence(self, lang: str = "fr") -> str:
        return " ".join(each.sentence(lang) for each in self.reproaches)

    def errors(self, lang: str = "fr") -> dict[str, str]:
        return {each.field: each.sentence(lang) for each in self.reproaches if each.field}
