"""The forms of what a client does on its ticket, one a card of the page."""

from wtforms import Form, HiddenField, RadioField, StringField, TextAreaField

from sla.web.asked import MUST
from sla.web.warning import Warned


class Comment(Warned):
    text = TextAreaField("Votre message", MUST, id="comment-text", description="Ni code ni mot de passe.")


class DecideEstimate(Warned):
    text = TextAreaField(
        "Un mot pour le support", id="estimate-text", description="Nécessaire pour poser une question."
    )


class Accept(Warned):
    """`written`: words came with a yes, and it is asked what they are."""

    written = HiddenField()
    text = TextAreaField(
        "Vos réserves, ou ce qui ne va pas", id="accept-text", description="Nécessaire avec des réserves ou un refus."
    )


class Contest(Warned):
    reason = TextAreaField("Pourquoi vous n’êtes pas d’accord", MUST, id="contest-reason")


class Reopen(Warned):
    text = TextAreaField("Ce qui réapparaît", MUST, id="reopen-text")


class AskEstimate(Warned):
    text = TextAreaField("Le travail à estimer", id="ask-estimate-text")


class AskReport(Warned):
    text = TextAreaField("Ce que vous voulez y lire", id="ask-report-text")


class CallBack(Form):
    slot = RadioField("Premiers créneaux libres", id="call-slot", choices=[], validate_choice=False)
    starts_at = StringField(
        "Ou un autre instant",
        id="call-starts-at",
        render_kw={"type": "datetime-local"},
        description="Entièrement aux heures d’ouverture.",
    )
    note = StringField("À propos de quoi", id="call-note")


class MoveCall(Warned):
    call = HiddenField()
    starts_at = StringField("Nouvel instant", MUST, render_kw={"type": "datetime-local"})
    reason = StringField("Pourquoi")


class MoveSession(MoveCall):
    """As a call: who holds it stays."""


class CancelCall(Warned):
    call = HiddenField()
    reason = StringField("Pourquoi l’annuler", MUST)


class WaitUntil(Warned):
    day = StringField("Reprendre le", MUST, id="wait-until-day", render_kw={"type": "date"})
    text = StringField("Un mot pour le support", id="wait-until-text")


class Resume(Form):
    """A button alone."""


FORMS: dict[str, type[Form]] = {
    "comment": Comment,
    "estimate": DecideEstimate,
    "accept": Accept,
    "contest": Contest,
    "reopen": Reopen,
    "ask_estimate": AskEstimate,
    "ask_report": AskReport,
    "call_back": CallBack,
    "move_call": MoveCall,
    "move_session": MoveSession,
    "cancel_call": CancelCall,
    "wait_until": WaitUntil,
    "resume": Resume,
}


def fresh_forms() -> dict[str, Form]:
    """One of each, empty."""
    return {name: form() for name, form in FORMS.items()}
