"""`/publisher`: the errors that the publisher has, by their next follow-up; each with its tickets, told together."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from sla import wording
from sla.desk.chase_publisher import announce_fix, chase_publisher, share_workaround
from sla.desk.close_error import close_error
from sla.desk.permits import ALLOWED
from sla.desk.publisher_errors import publisher_error, publisher_errors
from sla.web.asked import MUST, Asked, attempt, typed
from sla.web.asked_number import whole_number
from sla.web.ticket_pages import NUMBER
from sla.web.turn import actor, the_desk, turn

pages = Blueprint("publisher", __name__)


class Chase(Asked):
    note = TextAreaField("Ce que l’éditeur répond", MUST, id="chase-note", description="Pour l’équipe seulement.")
    told = TextAreaField("Ce que les clients liront", id="chase-told", description="Vide\u00a0: rien ne leur est dit.")
    days = StringField("Prochaine relance, en jours ouvrés", id="chase-days", render_kw={"inputmode": "numeric"})


class Workaround(Asked):
    possible = RadioField(
        "Un contournement existe",
        choices=[SelectChoice("yes", "Oui"), SelectChoice("no", "Aucun possible")],
        default="yes",
        id="workaround-possible",
    )
    text = TextAreaField("Lequel, ou pourquoi aucun", MUST, id="workaround-text")


class Fix(Asked):
    version = StringField("Version qui corrige", MUST, id="fix-version")
    text = TextAreaField("Ce que les clients liront en plus", id="fix-text")


class Close(Asked):
    into = SelectField("C’est la même erreur que", id="close-into", validate_choice=False)
    reason = TextAreaField("Raison", MUST, id="close-reason", description="Pour l’équipe seulement.")
    told = TextAreaField("Ce que les clients liront", id="close-told", description="Vide\u00a0: rien ne leur est dit.")


FORMS: dict[str, type[Form]] = {
    "chase_publisher": Chase,
    "share_workaround": Workaround,
    "announce_fix": Fix,
    "close_error": Close,
}


@pages.get("/publisher")
def errors() -> str:
    state = request.args.get("state", "")
    state = state if state in ("fixed", "closed") else "open"
    return render_template("publisher/errors.html", rows=turn().see(publisher_errors, state=state), state=state)


@pages.get(f"/publisher/<{NUMBER}:number>")
def error(number: int) -> str:
    return _error(number)


def _error(number: int, posted: Form | None = None, failed: str | None = None) -> str:
    """`posted`: the form of the verb `failed` that came back refused."""
    made = {verb: posted if posted is not None and verb == failed else form() for verb, form in FORMS.items()}
    made["chase_publisher"].days.data = made["chase_publisher"].days.data or str(_days())
    seen = turn().see(publisher_error, number)
    others = [each.error for each in turn().see(publisher_errors) if each.error.id != number]
    made["close_error"].into.choices = [("", "Aucune autre"), *((str(each.id), each.reference) for each in others)]
    asked = {"seen": seen, "error": seen.error, "forms": made, "refused": posted, "failed": failed}
    return render_template("publisher/error.html", **asked, may_close=actor().role in ALLOWED["close_error"])


def _days() -> int:
    return the_desk().settings.reminders.publisher_days


def _asked(verb: str, number: int, act: Callable[[Form], str]) -> ResponseReturnValue:
    form = FORMS[verb](request.form)
    said, refused = attempt(form, lambda: act(form))
    if refused is not None:
        if refused.status == 404 and refused.field != "into":
            raise refused
        return _error(number, form, verb), refused.status
    flash(said or "", "ok")
    return redirect(url_for("publisher.error", number=number))


@pages.post(f"/publisher/<{NUMBER}:number>/chase_publisher")
def chase_publisher_(number: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        facts = {name: typed(form, name) for name in ("note", "told", "days")}
        found = turn().do(chase_publisher, number, **facts)
        return f"Noté. Prochaine relance\u00a0: {_said(found.next_at)}."

    return _asked("chase_publisher", number, act)


@pages.post(f"/publisher/<{NUMBER}:number>/share_workaround")
def share_workaround_(number: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        turn().do(share_workaround, number, text=typed(form, "text"), possible=form.possible.data != "no")
        return "Envoyé à chaque client, sur son ticket."

    return _asked("share_workaround", number, act)


@pages.post(f"/publisher/<{NUMBER}:number>/announce_fix")
def announce_fix_(number: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        found = turn().do(announce_fix, number, version=typed(form, "version"), text=typed(form, "text"))
        return f"Corrigé dans la version {found.fixed_in}. Chaque client le lit sur son ticket."

    return _asked("announce_fix", number, act)


@pages.post(f"/publisher/<{NUMBER}:number>/close_error")
def close_error_(number: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        chosen = typed(form, "into").strip()
        into = whole_number(chosen) if chosen else None
        turn().do(close_error, number, reason=typed(form, "reason"), into=into, told=typed(form, "told"))
        return "Fermée, avec sa raison." if into is None else "Regroupée\u00a0: ses tickets attendent l’autre erreur."

    return _asked("close_error", number, act)


def _said(at: datetime | None) -> str:
    return wording.full_date(at.astimezone(the_desk().settings.zone).date()) if at is not None else "aucune"
