"""Every refusal of the service: its code, its HTTP status, its French and English sentence.

A refusal is raised by a verb or a read and turned once, at the edge, into a page or an RFC 9457 problem. Sentences are
templates filled with the refusal's facts, so that they name the field, the value and the rule, and say what to do.
"""

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
        words = {key: _in(lang, fact) for key, fact in self.facts.items()}
        return (typeset(self.fr) if lang == "fr" else self.en).format(field=self.field, **words)

    def errors(self, lang: str = "fr") -> dict[str, str]:
        """Field → sentence, for forms; empty where no single field is at fault."""
        return {self.field: self.sentence(lang)} if self.field else {}


def _in(lang: str, fact: Any) -> Any:
    return (typeset(fact.fr) if lang == "fr" else fact.en) if isinstance(fact, Both) else fact


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


class SignInNeeded(Refused):
    code, status = "sign_in_needed", 401
    fr = "Connectez-vous pour continuer."
    en = "Sign in to continue."


class Forbidden(Refused):
    code, status = "forbidden", 403
    fr = "Votre rôle ({role}) ne permet pas cette action ({action})."
    en = "Your role ({role}) does not allow this action ({action})."


class NotFound(Refused):
    code, status = "not_found", 404
    fr = "Rien ne porte la référence « {value} » parmi ce que vous pouvez voir."
    en = "Nothing that you can see bears the reference “{value}”."


class IllegalMove(Refused):
    code, status = "illegal_move", 409
    fr = "Le ticket nº {ticket} est dans l’état « {state} » : l’action « {action} » n’y est pas possible."
    en = "Ticket {ticket} is in the state “{state}”: the action “{action}” is not possible there."


class Overtaken(Refused):
    """Someone was first: what the page showed is no longer so."""

    code, status = "overtaken", 409
    fr = (
        "{who} a modifié le ticket nº {ticket} entre-temps ({what}). Votre action n’a pas été faite : "
        "rechargez la page."
    )
    en = "{who} changed ticket {ticket} in the meantime ({what}). Your action was not done: reload the page."


class AlreadyDone(Refused):
    code, status = "already_done", 409
    fr = "Rien n’a été changé : {what}."
    en = "Nothing was changed: {what}."


class Missing(Refused):
    code = "missing"
    fr = "Le champ « {label} » est vide : {rule}."
    en = "The field “{label}” is empty: {rule}."


class TooLong(Refused):
    code = "too_long"
    fr = "Le champ « {label} » compte {length} caractères : {limit} au plus."
    en = "The field “{label}” has {length} characters: {limit} at most."


class Unknown(Refused):
    code = "unknown_value"
    fr = "Le champ « {label} » ne peut pas être « {value} » : choisissez parmi {choices}."
    en = "The field “{label}” can’t be “{value}”: choose among {choices}."


class BadText(Refused):
    code = "bad_text"
    fr = "Le champ « {label} » contient un caractère que l’on ne peut pas garder ({value}) : retirez-le."
    en = "The field “{label}” contains a character that can’t be kept ({value}): remove it."


class BadDuration(Refused):
    code = "bad_duration"
    fr = "{rule}"
    en = "{rule}"


class BadInstant(Refused):
    code = "bad_instant"
    fr = "L’instant « {value} » n’est pas compris : {rule}."
    en = "The instant “{value}” is not understood: {rule}."


class SupportClosed(Refused):
    code = "support_closed"
    fr = "Le support est fermé {value} : choisissez un instant d’ouverture, par exemple {suggestion}."
    en = "Support is closed {value}: choose an opening instant, for instance {suggestion}."


class InThePast(Refused):
    code = "in_the_past"
    fr = "« {value} » est déjà passé : choisissez un instant à venir."
    en = "“{value}” has passed already: choose an instant to come."


class InTheFuture(Refused):
    code = "in_the_future"
    fr = "« {value} » n’est pas encore passé : on ne saisit que du temps travaillé."
    en = "“{value}” has not passed yet: only time worked can be typed."


class BeforeDeposit(Refused):
    code = "before_deposit"
    fr = "« {value} » est d’un jour d’avant le dépôt du ticket ({deposited}) : vérifiez le ticket et la date."
    en = "“{value}” is of a day before the ticket was deposited ({deposited}): check the ticket and the date."


class NotOnSale(Refused):
    code = "not_on_sale"
    fr = "Aucun forfait de {value} h n’est en vente : choisissez parmi {choices} h."
    en = "No pack of {value} h is on sale: choose among {choices} h."


class NotMastered(Refused):
    code = "not_mastered"
    fr = "{technician} ne maîtrise pas « {skill} » : choisissez parmi {choices}."
    en = "{technician} does not master “{skill}”: choose among {choices}."


class Busy(Refused):
    code = "busy"
    fr = "{technician} a déjà un rendez-vous de {since} à {until} : choisissez un autre instant."
    en = "{technician} already has an appointment from {since} to {until}: choose another instant."


class Away(Refused):
    code = "away"
    fr = "{technician} n’est pas là à ce moment, et revient {back} : choisissez un autre instant."
    en = "{technician} is away then, and is back {back}: choose another instant."


class Overlap(Refused):
    code = "overlap"
    fr = (
        "{technician} a déjà du temps saisi de {since} à {until} sur le ticket nº {ticket} : corrigez "
        "l’heure de début ou la durée."
    )
    en = "{technician} already has time from {since} to {until} on ticket {ticket}: mend the start or the duration."


class BadCredentials(Refused):
    code, status = "bad_credentials", 401
    fr = "Adresse ou mot de passe inconnus, ou lien expiré. Vérifiez la saisie ou demandez un nouveau lien."
    en = "Unknown address or password, or expired link. Check what you typed or ask for a new link."


class Secret(Refused):
    code = "secret"
    fr = (
        "Le champ « {label} » semble contenir un code ou un mot de passe : retirez-le, il ne doit jamais "
        "être écrit ici."
    )
    en = "The field “{label}” seems to contain a code or password: remove it, it must never be written here."
