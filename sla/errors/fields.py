"""What was typed into a field."""

from sla.errors.refused import Refused


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
    fr = "« {value} » n’est pas compris : {rule}."
    en = "“{value}” is not understood: {rule}."


class SeemsSecret(Refused):
    """Said once before sending, where a text is not refused for it: sent again, it goes."""

    code = "seems_secret"
    fr = (
        "Ce texte semble contenir un code ou un mot de passe : rien n’est encore envoyé. Retirez-le ; si ce n’en est "
        "pas un, envoyez de nouveau."
    )
    en = (
        "This text seems to contain a code or password: nothing has been sent yet. Remove it; if it is none, send it "
        "again."
    )


class NothingBeside(Refused):
    """Beside an access code no free text has its place: a word could be the code itself."""

    code = "nothing_beside"
    fr = "« {label} » : rien ne s’écrit à côté d’un accès, sauf ce qui manque s’il n’est pas prêt. Effacez-le."
    en = "“{label}”: nothing is written beside an access but what is missing when it is not ready. Clear the detail."


class Secret(Refused):
    code = "secret"
    fr = (
        "Le champ « {label} » semble contenir un code ou un mot de passe : retirez-le, il ne doit jamais "
        "être écrit ici."
    )
    en = "The field “{label}” seems to contain a code or password: remove it, it must never be written here."
