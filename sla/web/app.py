"""The application put together: pages, the API, sign-in, headers and refusals."""

from collections.abc import Callable
from datetime import datetime, timedelta

from apiflask import APIFlask
from flask import Flask, Response, current_app
from flask_wtf.csrf import CSRFProtect

from sla.desk.office import Desk
from sla.settings.secret_key import secret_key
from sla.web import (
    access,
    api,
    calendar_feed,
    calendar_page,
    compliance_page,
    diary_feed,
    dispatch,
    filters,
    health,
    htmx,
    manage,
    manage_endpoints,
    manage_home,
    manage_jobs,
    metrics,
    portal,
    publisher_page,
    refusals,
    reliability_page,
    targets_page,
    team_page,
    ticket_pages,
    timing,
    users_page,
    workbench,
)
from sla.web.frame import frame

CSP = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LARGEST_BODY = 1_000_000
Heartbeat = Callable[[], datetime | None]


def create_app(desk: Desk, heartbeat: Heartbeat | None = None) -> Flask:
    """The WSGI application of one desk. `heartbeat` tells when the alarm beside it last looked; None where the alarm
    runs in another process."""
    return settled(assembled(), desk, heartbeat)


def settled(app: Flask, desk: Desk, heartbeat: Heartbeat | None = None) -> Flask:
    """The application, from now on for this desk."""
    app.extensions["desk"], app.extensions["heartbeat"] = desk, heartbeat
    secure = desk.settings.environment.url.startswith("https://")
    app.config.update(
        SECRET_KEY=secret_key(desk.settings.environment),
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_SSL_STRICT=secure,
    )
    return app


def assembled() -> Flask:
    """Routes, templates, headers and refusals, before any desk is there to speak of."""
    app = APIFlask(__name__, title="Support Cegid PMI", version="1", docs_path=None, spec_path="/api/openapi.json")
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    filters.register(app.jinja_env)
    app.context_processor(frame)
    csrf = CSRFProtect(app)
    plain = (
        access,
        health,
        metrics,
        htmx,
        portal,
        ticket_pages,
        workbench,
        timing,
        dispatch,
        manage,
        manage_home,
        manage_jobs,
        manage_endpoints,
        calendar_page,
        calendar_feed,
        publisher_page,
        compliance_page,
        reliability_page,
        targets_page,
        team_page,
        users_page,
        diary_feed,
    )
    for page in plain:
        app.register_blueprint(page.pages)
    app.register_blueprint(api.pages)
    csrf.exempt(api.pages)
    access.set_up(app)
    refusals.set_up(app)
    app.after_request(_guarded)
    return app


def _guarded(response: Response) -> Response:
    """Nothing foreign is loaded, nothing inline is run, and what a person sees is kept by nobody in between."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
