"""`/manage/users`: who can act at the desk and on the portal; colleagues are added here, contacts on their company's
page."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from sla import wording
from sla.desk.deactivate import deactivate, reactivate
from sla.desk.people import add_person
from sla.desk.users import User, users
from sla.web.asked import MUST, Asked, attempt, typed
from sla.web.manage_forms import Bare
from sla.web.ticket_pages import NUMBER
from sla.web.turn import actor, the_desk, turn

pages = Blueprint("users", __name__)

COLLEAGUES = ("technician", "dispatcher", "manager", "deployment")


class AddColleague(Asked):
    name = StringField("Nom", MUST, id="colleague-name")
    email = StringField("Adresse électronique", MUST, id="colleague-email", render_kw={"type": "email"})
    role = SelectField(
        "Rôle",
        MUST,
        id="colleague-role",
        choices=[SelectChoice(code, wording.label("role", code)) for code in COLLEAGUES],
        validate_choice=False,
    )
    code = StringField(
        "Code",
        id="colleague-code",
        description="D’un technicien\u00a0: celui de ses compétences, dans config/desk.toml.",
    )


@pages.get("/manage/users")
def users_() -> str:
    return _users()


def _users(form: Form | None = None, refused: str | None = None) -> str:
    found = turn().see(users)
    known = {line.code for line in the_desk().settings.technicians}
    return render_template(
        "manage/users.html",
        colleagues=[each for each in found if each.company is None],
        contacts=[each for each in found if each.company is not None],
        form=form or AddColleague(),
        added=form is not None,
        refused=refused,
        me=actor().id,
        planned={each.person.id for each in found if each.person.code in known},
    )


@pages.post("/manage/users")
def add_colleague() -> ResponseReturnValue:
    form = AddColleague(request.form)
    facts: dict[str, Any] = {name: typed(form, name) for name in ("name", "email", "role", "code")}
    made, refused = attempt(form, lambda: turn().do(add_person, **facts))
    if refused is not None or made is None:
        return _users(form), refused.status if refused else 422
    flash(f"{made.name} peut maintenant se connecter avec {made.email}.", "ok")
    return redirect(url_for("users.users_"))


@pages.post(f"/manage/users/<{NUMBER}:number>/deactivate")
def deactivate_(number: int) -> ResponseReturnValue:
    left = next((_left(each) for each in turn().see(users) if each.person.id == number), "")
    done = "est désactivé\u00a0: il ne se connecte plus, et plus rien ne lui est envoyé."
    return _changed(lambda: turn().do(deactivate, number), done + left)


def _left(user: User) -> str:
    """What becomes of their tickets. What a technician has handed over or resolved stays where it is."""
    if user.unbegun:
        back = wording.plural(user.unbegun, "ticket non commencé est rendu", "tickets non commencés sont rendus")
        return f" {back} au plan."
    if user.company is None or not user.tickets:
        return ""
    stay = wording.plural(user.tickets, "ticket ouvert reste", "tickets ouverts restent")
    return f" {stay} à {user.company.name}\u00a0: ce qui s’y écrit est envoyé à qui suit le compte."


@pages.post(f"/manage/users/<{NUMBER}:number>/reactivate")
def reactivate_(number: int) -> ResponseReturnValue:
    return _changed(lambda: turn().do(reactivate, number), "est de nouveau actif.")


def _changed(act: Callable[[], Any], done: str) -> ResponseReturnValue:
    person, refused = attempt(Bare(), act)
    if refused is not None or person is None:
        return _users(refused=refused.sentence() if refused else None), refused.status if refused else 422
    flash(f"Le compte {wording.of(person.name)} {done}", "ok")
    return redirect(url_for("users.users_"))
