"""The forms of a ticket's page for support, one a verb. What they accept is for the verbs to say."""

from collections.abc import Sequence

from wtforms import BooleanField, Form, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from sla.contract.catalogue import Catalogue
from sla.web.appointment_forms import BookSession, CallBack
from sla.web.asked import MUST, Asked
from sla.web.steering_forms import Decline, Escalate, Qualify, Uphold, fill_qualify, offer_people
from sla.web.warning import Warned


class Answer(Warned):
    text = TextAreaField("Réponse au client", MUST, id="answer-text")


class Note(Asked):
    text = TextAreaField("Note interne", MUST, id="note-text", description="Ni code ni mot de passe.")


class WaitForClient(Warned):
    text = TextAreaField("Question au client", MUST, id="wait-client-text")


class WaitForPublisher(Warned):
    reference = StringField("Référence chez l’éditeur", MUST, id="wait-publisher-reference")
    text = TextAreaField("Ce que le client lira", id="wait-publisher-text")


class WaitUntil(Warned):
    day = StringField(
        "Reprendre le",
        MUST,
        id="wait-until-day",
        render_kw={"type": "date"},
        description="Un jour choisi par le client.",
    )
    text = TextAreaField("Un mot", id="wait-until-text", description="Le client le lira.")


class Merge(Warned):
    into = StringField(
        "Numéro de l’autre ticket",
        MUST,
        id="merge-into",
        render_kw={"inputmode": "numeric"},
        description="De la même société\u202f; il continue pour les deux, et le client de celui-ci le verra.",
    )
    reason = TextAreaField("Pourquoi", MUST, id="merge-reason", description="Le client la lira.")


class Resume(Warned):
    text = TextAreaField(
        "Pourquoi maintenant", id="resume-text", description="Pour l’équipe\u00a0: invisible du client."
    )


class WorkAround(Warned):
    possible = RadioField(
        "Un contournement existe",
        choices=[SelectChoice("yes", "Oui"), SelectChoice("no", "Aucun possible")],
        default="yes",
        id="work-around-possible",
    )
    text = TextAreaField("Lequel, ou pourquoi aucun", MUST, id="work-around-text")


class OfferEstimate(Warned):
    minutes = StringField(
        "Temps estimatif",
        id="estimate-minutes",
        description="1h45, 1,75 ou 105, pour tout le ticket, travail déjà fait compris. "
        "Vide\u00a0: périmètre non défini.",
    )
    perimeter = TextAreaField("Ce qu’il couvre, ou ce qui manque pour le dire", MUST, id="estimate-perimeter")
    transfer = HiddenField()


class Work(Asked):
    minutes = StringField("Durée réelle", MUST, id="work-minutes", description="1h45, 1,75 ou 105.")
    started_at = StringField(
        "Début",
        id="work-started-at",
        render_kw={"type": "datetime-local"},
        description="Vide\u00a0: le travail vient de finir.",
    )
    note = StringField("Ce qui a été fait", id="work-note")
    own_error = BooleanField("Erreur du support\u00a0: rien n’est décompté", id="work-own-error")
    reason = StringField(
        "Laquelle",
        id="work-reason",
        description="Nécessaire si c’est une erreur du support. Le client la lira sur le rapport.",
    )


class Report(Asked):
    done = TextAreaField("Ce qui a été fait", MUST, id="report-done", render_kw={"rows": 6})
    remaining = TextAreaField("Ce qui reste à faire", id="report-remaining")
    perimeter = TextAreaField("Périmètre", id="report-perimeter")
    interim = BooleanField("Rapport d’étape\u00a0: le travail se poursuit", id="report-interim")


class Resolve(Warned):
    text = TextAreaField(
        "Explication pour le client", MUST, id="resolve-text", description="Elle reste avec le ticket clos."
    )


class Reopen(Warned):
    text = TextAreaField("Ce qui réapparaît", MUST, id="reopen-text")


class SetCondition(Warned):
    condition = HiddenField()
    met = RadioField("Remplie", choices=[SelectChoice("yes", "Oui"), SelectChoice("no", "Non")], default="yes")
    reason = StringField("Raison", MUST)


class Bare(Asked):
    """A verb that needs nothing typed; its refusal is told at the top."""


FORMS: dict[str, type[Form]] = {
    "answer": Answer,
    "note": Note,
    "wait_for_client": WaitForClient,
    "wait_for_publisher": WaitForPublisher,
    "wait_until": WaitUntil,
    "merge": Merge,
    "resume": Resume,
    "work_around": WorkAround,
    "call_back": CallBack,
    "book_session": BookSession,
    "offer_estimate": OfferEstimate,
    "work": Work,
    "report": Report,
    "resolve": Resolve,
    "escalate": Escalate,
    "decline": Decline,
    "reopen": Reopen,
    "set_condition": SetCondition,
    "qualify": Qualify,
    "uphold": Uphold,
    "take": Bare,
}


def fill_choices(
    forms: dict[str, Form], catalogue: Catalogue, callers: Sequence[tuple[int, str]], own: int | None
) -> None:
    """The choices that depend on the desk: who can call or take over, which lines there are."""
    for verb in ("call_back", "book_session"):
        offer_people(forms[verb], callers, own)
    fill_qualify(forms["qualify"], catalogue)
