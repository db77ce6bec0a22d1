"""The manager's pages of webhooks: where other software is told what happens, with replay."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from sla import wording
from sla.desk.endpoints import (
    Secret,
    add_endpoint,
    ping_endpoint,
    resume_endpoint,
    rotate_endpoint,
    stop_endpoint,
)
from sla.desk.outbox_view import endpoints, see_endpoint
from sla.desk.replay import replay, replay_since
from sla.web import manage_forms as forms
from sla.web.asked import attempt
from sla.web.ticket_pages import NUMBER
from sla.web.turn import turn

pages = Blueprint("endpoints", __name__)


@pages.get("/manage/endpoints")
def endpoints_() -> str:
    return _all()


def _all(form: Form | None = None) -> str:
    return render_template("manage/endpoints.html", lines=turn().see(endpoints), form=form or forms.AddEndpoint())


@pages.post("/manage/endpoints")
def add_endpoint_() -> ResponseReturnValue:
    form = forms.AddEndpoint(request.form)
    facts: dict[str, Any] = {
        "url": form.url.data or "",
        "label": form.label.data or "",
        "events": form.events.data or [],
    }
    made, refused = attempt(form, lambda: turn().do(add_endpoint, **facts))
    if refused is not None or made is None:
        return _all(form), refused.status if refused else 422
    return _one(made.endpoint.id, secret=made), 201


@pages.get(f"/manage/endpoints/<{NUMBER}:number>")
def endpoint(number: int) -> str:
    return _one(number)


def _one(number: int, secret: Secret | None = None, replaying: Form | None = None) -> str:
    """`secret`: shown with this answer, and on no other page."""
    view = turn().see(see_endpoint, number)
    return render_template(
        "manage/endpoint.html", view=view, made=secret, form=replaying or forms.ReplaySince(), refused=replaying
    )


@pages.post(f"/manage/endpoints/<{NUMBER}:number>/rotate_endpoint")
def rotate_endpoint_(number: int) -> ResponseReturnValue:
    return _one(number, secret=turn().do(rotate_endpoint, number))


@pages.post(f"/manage/endpoints/<{NUMBER}:number>/stop_endpoint")
def stop_endpoint_(number: int) -> ResponseReturnValue:
    return _done(number, lambda: turn().do(stop_endpoint, number), "Plus rien ne lui est envoyé.")


@pages.post(f"/manage/endpoints/<{NUMBER}:number>/resume_endpoint")
def resume_endpoint_(number: int) -> ResponseReturnValue:
    return _done(number, lambda: turn().do(resume_endpoint, number), "Les envois reprennent.")


@pages.post(f"/manage/endpoints/<{NUMBER}:number>/ping_endpoint")
def ping_endpoint_(number: int) -> ResponseReturnValue:
    return _done(number, lambda: turn().do(ping_endpoint, number), "Un message d’essai part.")


@pages.post(f"/manage/endpoints/<{NUMBER}:number>/messages/<{NUMBER}:message>/replay")
def replay_(number: int, message: int) -> ResponseReturnValue:
    return _done(number, lambda: turn().do(replay, message), "Le message va être renvoyé.")


@pages.post(f"/manage/endpoints/<{NUMBER}:number>/replay_since")
def replay_since_(number: int) -> ResponseReturnValue:
    form = forms.ReplaySince(request.form)
    count, refused = attempt(form, lambda: turn().do(replay_since, number, since=form.since.data or ""))
    if refused is not None:
        return _one(number, replaying=form), refused.status
    flash(f"{wording.plural(count or 0, 'événement va être rejoué', 'événements vont être rejoués')}.", "ok")
    return redirect(url_for("endpoints.endpoint", number=number))


def _done(number: int, act: Callable[[], object], said: str) -> ResponseReturnValue:
    _, refused = attempt(forms.Bare(), act)
    flash(refused.sentence() if refused else said, "error" if refused else "ok")
    return redirect(url_for("endpoints.endpoint", number=number))
