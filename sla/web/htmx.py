"""`/static/htmx.js`: htmx as the wheel of django-htmx carries it. Every page works without it."""

import importlib.util
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

pages = Blueprint("htmx", __name__)
A_DAY = 86_400


def _found() -> Path | None:
    """Without importing it: that package is made for another framework."""
    package = importlib.util.find_spec("django_htmx")
    if package is None or package.origin is None:
        return None
    script = Path(package.origin).parent / "static" / "django_htmx" / "htmx-4.min.js"
    return script if script.exists() else None


SCRIPT = _found()


@pages.get("/static/htmx.js")
def script() -> Response:
    if SCRIPT is None:
        abort(404)
    return send_file(SCRIPT, mimetype="text/javascript", max_age=A_DAY)
