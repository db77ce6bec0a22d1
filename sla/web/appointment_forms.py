"""The forms of callbacks and remote sessions: when and with whom, moved, and how they end."""

from wtforms import RadioField, SelectField, StringField

from sla.web.asked import MUST, Asked
from sla.web.warning import Warned

SESSION_MINUTES = 60
SUBJECT = "Le client le lira. Ni code ni mot de passe."
OTHERWISE = "Pour un autre instant\u202f; un créneau libre dit déjà avec qui."


def _slot(ident: str) -> RadioField:
    return RadioField("Premiers créneaux libres", id=ident, choices=[], validate_choice=False)


def _when(ident: str, name: str = "Ou un autre instant") -> StringField:
    at_desk = "Entièrement aux heures d’ouverture."
    return StringField(name, id=ident, render_kw={"type": "datetime-local"}, description=at_desk)


class CallBack(Asked):
    slot = _slot("call-slot")
    starts_at = _when("call-starts-at")
    technician = SelectField(
        "Qui rappelle", id="call-technician", coerce=str, validate_choice=False, description=OTHERWISE
    )
    note = StringField("À propos de quoi", id="call-note", description=SUBJECT)


class BookSession(Asked):
    slot = _slot("session-slot")
    starts_at = _when("session-starts-at")
    minutes = StringField(
        "Durée prévue",
        MUST,
        id="session-minutes",
        default="1h",
        description="1h30, 1,5 ou 90\u00a0; huit heures au plus.",
    )
    technician = SelectField(
        "Qui prend en main", id="session-technician", coerce=str, validate_choice=False, description=OTHERWISE
    )
    note = StringField("À propos de quoi", id="session-note", description=SUBJECT)


class HoldCall(Warned):
    text = StringField("Ce qui a été dit", description="Le client le lira.")


class HoldSession(Warned):
    text = StringField("Ce qui a été fait", description="Le client le lira.")


class Miss(Warned):
    text = StringField("Pourquoi", description="Pour l’équipe.")


class MoveAppointment(Warned):
    starts_at = StringField("Nouvel instant", MUST, render_kw={"type": "datetime-local"})
    technician = SelectField("Avec", coerce=str, validate_choice=False)
    reason = StringField("Pourquoi", description="Le client le lira.")


class TakeBack(Warned):
    reason = StringField("Pourquoi l’annuler", MUST, description="Le client le lira.")
