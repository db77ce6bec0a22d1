"""The forms of a technician's time, and of what must be ready before an intervention."""

from typing import Any

from wtforms import BooleanField, Form, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from sla import wording
from sla.desk.readiness import CONDITIONS, Readiness
from sla.web.asked import MUST, Asked

START = {"type": "datetime-local"}


class StartWork(Asked):
    """Nothing is typed."""


class SaidOfWork(Asked):
    note = StringField("Ce qui a été fait")
    own_error = BooleanField("Erreur du support\u00a0: rien n’est décompté")
    reason = StringField(
        "Laquelle", description="Nécessaire si c’est une erreur du support. Le client la lira sur le rapport."
    )


class StopWork(SaidOfWork):
    """`then`: what the page opens next."""

    then = HiddenField()


class ConfirmWork(SaidOfWork):
    minutes = StringField("Durée réelle", description="1h45, 1,75 ou 105. Vide\u00a0: telle quelle.")
    started_at = StringField("Début", render_kw=START)


class DropWork(Asked):
    text = StringField("Pourquoi rien n’est à compter", description="Pour l’équipe.")


class CorrectWork(Asked):
    minutes = StringField("Durée réelle", MUST, description="0 retire ce temps.")
    started_at = StringField("Début", render_kw=START, description="Le même jour.")
    own_error = BooleanField("Erreur du support\u00a0: rien n’est décompté")
    reason = StringField("Pourquoi", MUST, description="Le client la lira sur son relevé. Ni code ni mot de passe.")


def _checklist() -> type[Form]:
    """Two fields a condition: how it stands, and a note, which « pas prêt » needs."""
    choices = [SelectChoice(each.value, wording.label("readiness", each).capitalize()) for each in Readiness]
    fields: dict[str, Any] = {}
    for each in CONDITIONS:
        name, meaning = each.name.fr, each.help.fr
        fields[each.code] = RadioField(name, choices=choices, description=meaning, validate_choice=False)
        fields[f"{each.code}_note"] = StringField("Précision")
    return type("Checklist", (Asked,), {"__doc__": "The booklet's five conditions.", **fields})


Checklist = _checklist()


def answered(form: Form) -> dict[str, tuple[str, str]]:
    """What was answered, as the verb takes it; a note without an answer is for it to refuse."""
    found = {}
    for each in CONDITIONS:
        chosen, note = str(form[each.code].data or ""), str(form[f"{each.code}_note"].data or "")
        if chosen or note.strip():
            found[each.code] = (chosen, note)
    return found
