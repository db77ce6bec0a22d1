"""A technician's diary for a calendar elsewhere: its secret address, given and taken back on « Ma journée »."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from sla.desk.actor import SYSTEM
from sla.desk.diary_feed import diary_feed, issue_feed, revoke_feed
from sla.web.access import limiter
from sla.web.turn import the_desk, turn

pages = Blueprint("diary_feed", __name__)


@pages.post("/my-day/issue_feed")
def issue() -> ResponseReturnValue:
    secret = turn().do(issue_feed)
    address = f"{the_desk().settings.environment.url}{url_for('diary_feed.feed', secret=secret)}"
    flash(f"Adresse de votre agenda, montrée cette seule fois\u00a0: {address}", "ok")
    return redirect(url_for("workbench.my_day"))


@pages.post("/my-day/revoke_feed")
def revoke() -> ResponseReturnValue:
    turn().do(revoke_feed)
    flash("L’adresse de votre agenda ne répond plus.", "ok")
    return redirect(url_for("workbench.my_day"))


@pages.get("/diary/<secret>.ics")
@limiter.limit("60 per minute")
def feed(secret: str) -> Response:
    """No session: the secret is in the address. Nobody's caches keep it."""
    response = Response(the_desk().by(SYSTEM).see(diary_feed, secret), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="agenda-du-support.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
