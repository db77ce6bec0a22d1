"""What stands around every page: the desk's state, the reader's name, the way around."""

from typing import Any

from flask import request, url_for

from sla import wallclock, wording
from sla.desk.actor import Role
from sla.web.opening_hours import closures, weekly_hours
from sla.web.turn import actor, the_desk

NAV: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.CLIENT: (("portal.home", "Accueil"), ("portal.tickets", "Tickets"), ("portal.hours", "Forfaits")),
    Role.TECHNICIAN: (
        ("workbench.my_day", "Ma journée"),
        ("dispatch.board", "File et planning"),
        ("publisher.errors", "Chez l’éditeur"),
    ),
    Role.DISPATCHER: (
        ("dispatch.board", "File et planning"),
        ("dispatch.calls", "Rendez-vous"),
        ("publisher.errors", "Chez l’éditeur"),
        ("manage.companies", "Sociétés"),
    ),
    Role.MANAGER: (
        ("dispatch.board", "File et planning"),
        ("dispatch.calls", "Rendez-vous"),
        ("publisher.errors", "Chez l’éditeur"),
        ("manage.companies", "Sociétés"),
        ("calendar_page.calendar", "Calendrier"),
        ("compliance.page", "Bilan"),
        ("manage_home.home", "Gestion"),
    ),
    Role.DEPLOYMENT: (("workbench.handed_over", "Demandes reprises"),),
}


WITHIN = {
    "publisher.errors": {"publisher"},
    "manage.companies": {"manage"},
    "calendar_page.calendar": {"calendar_page"},
    "compliance.page": {"reliability"},
    "manage_home.home": {"users", "team", "targets", "jobs", "endpoints"},
}
"""The blueprints whose pages are reached from one of the menu."""
OTHER = {"fr": ("en", "English"), "en": ("fr", "Français")}
"""What a client may change to."""


def language() -> str:
    """What the reader reads: a client's pages are in its own language, support's in French. The API answers in English
    to those who ask for it, and so do the pages before signing in."""
    who = actor()
    if request.path.startswith("/api/") or who.id is None:
        return request.accept_languages.best_match(["fr", "en"], default="fr")
    return who.language if who.is_client else "fr"


def asked_language() -> str:
    """Of a document: what the address asks for, else the reader's."""
    asked = request.args.get("lang")
    return asked if asked in ("fr", "en") else language()


def home_of(role: Role) -> str:
    return NAV[role][0][0]


def frame() -> dict[str, Any]:
    """The context that `base.html` reads."""
    now, desk, who = wallclock.now(), the_desk(), actor()
    hours = desk.hours
    is_open = hours.is_open(now)
    signed_in = who.id is not None
    return {
        "now": now,
        "zone": desk.settings.zone,
        "lang": language(),
        "desk": {
            "open": is_open,
            "until": hours.next_close(now) if is_open else hours.next_open(now),
            "hours": weekly_hours(hours, now, language()),
            "closures": closures(hours, now, language()),
        },
        "user": {"name": who.name, "role": who.role, "portal_role": who.portal_role} if signed_in else None,
        "nav": _nav(who.role) if signed_in else [],
        "home_url": url_for("access.index"),
        "sign_out_url": url_for("access.sign_out"),
        "other_language": OTHER[language()] if signed_in and who.is_client else None,
    }


def _nav(role: Role) -> list[dict[str, Any]]:
    return [
        {
            "url": url_for(endpoint),
            "text": wording.translated(text, language()),
            "current": _current(endpoint),
        }
        for endpoint, text in NAV[role]
    ]


def _current(endpoint: str) -> str:
    """« page » for the very page, « true » for one that is reached from it (values of aria-current)."""
    if request.endpoint == endpoint:
        return "page"
    return "true" if request.blueprint in WITHIN.get(endpoint, ()) else ""
