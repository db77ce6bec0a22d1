"""`/calendar.ics`: when the desk is open, for a calendar elsewhere. To whoever is signed in, like the hours on the
portal; programs ask for `/api/calendar.ics` with a token."""

from flask import Blueprint, Response, request

from sla.desk.calendar_feed import calendar_feed
from sla.web.turn import turn

pages = Blueprint("calendar_feed", __name__)

MEDIA_TYPE = "text/calendar"


@pages.get("/calendar.ics")
def feed() -> Response:
    return fed()


def fed() -> Response:
    """The feed, or that it hasn't changed."""
    response = Response(turn().see(calendar_feed), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="horaires-du-support.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
