"""« Équipe » : what the plan believes of each technician, shown to all of support; who steers enters absences there and
takes them back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from sla.desk.known import LOAD_DAYS, PACE_DAYS
from sla.desk.people import be_absent, cancel_absence
from sla.desk.permits import ALLOWED
from sla.desk.team_paces import team_paces
from sla.queue.pace import SHRINK
from sla.web.asked import MUST, Asked, attempt, typed
from sla.web.asked_number import whole_number
from sla.web.manage_forms import Bare
from sla.web.ticket_pages import NUMBER
from sla.web.turn import actor, the_desk, turn
from sla.wording.reasons import skill

pages = Blueprint("team", __name__)
INSTANT = {"type": "datetime-local"}


class BeAbsent(Asked):
    technician = SelectField("Technicien", MUST, id="absent-technician", validate_choice=False)
    starts_at = StringField("Début", MUST, id="absent-from", render_kw=INSTANT)
    ends_at = StringField("Fin", MUST, id="absent-until", render_kw=INSTANT)
    label = StringField(
        "Libellé", MUST, id="absent-label", description="Lu par tout le support\u00a0: congés, formation…"
    )


@pages.get("/team")
def team() -> str:
    return _team()


def _team(posted: Form | None = None, stays: str | None = None) -> str:
    """`posted`: the form that came back; `stays`: why an absence could not be taken back."""
    members, form = turn().see(team_paces), posted or BeAbsent()
    form["technician"].choices = [SelectChoice(str(each.id), each.name) for each in members]
    return render_template(
        "manage/team.html",
        members=members,
        rule=the_desk().settings.plan.rule,
        weights=the_desk().settings.plan.weight,
        skill=skill,
        decimal=decimal,
        load_days=LOAD_DAYS,
        pace_days=PACE_DAYS,
        half=int(SHRINK),
        form=form if actor().role in ALLOWED["be_absent"] else None,
        refused=posted is not None,
        stays=stays,
    )


@pages.post("/team/be_absent")
def be_absent_() -> ResponseReturnValue:
    form = BeAbsent(request.form)
    facts = {name: typed(form, name) for name in ("starts_at", "ends_at", "label")}
    _, refused = attempt(form, lambda: turn().do(be_absent, whole_number(typed(form, "technician")), **facts))
    if refused is not None:
        return _team(form), refused.status
    flash("Absence enregistrée\u00a0: le plan en tient compte dès maintenant.", "ok")
    return redirect(url_for("team.team"))


@pages.post(f"/team/absences/<{NUMBER}:number>/cancel_absence")
def cancel_absence_(number: int) -> ResponseReturnValue:
    _, refused = attempt(Bare(), lambda: turn().do(cancel_absence, number))
    if refused is not None:
        return _team(stays=refused.sentence()), refused.status
    flash("Absence retirée\u00a0: le plan n’en tient plus compte.", "ok")
    return redirect(url_for("team.team"))


def decimal(number: float) -> str:
    """« 1,15 »."""
    return f"{number:.3g}".replace(".", ",")
