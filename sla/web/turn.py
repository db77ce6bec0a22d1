"""The request's desk, who is signed in and where they come from: `turn()` is what every page acts and reads through."""

from urllib.parse import urlsplit

from flask import current_app, g, request
from flask_login import current_user

from sla.desk.actor import NOBODY, Actor
from sla.desk.office import Desk, Turn


def the_desk() -> Desk:
    found: Desk = current_app.extensions["desk"]
    return found


def actor() -> Actor:
    """Who acts: the API token's owner if one was shown, else who is signed in, else nobody."""
    shown: Actor | None = g.get("token_actor")
    if shown is not None:
        return shown
    return current_user.actor if current_user.is_authenticated else NOBODY


def turn() -> Turn:
    """The signed-in person's turn, now."""
    return the_desk().by(actor())


def came_from() -> str | None:
    """The path of the page of ours that led here; None where a browser tells of none, or of another site's."""
    told = urlsplit(request.referrer or "")
    return told.path if told.netloc == request.host else None
