"""Refusals at the edge: one handler turns each into an RFC 9457 problem or a page in the reader's language."""

import structlog
from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from sla import wording
from sla.desk.actor import PortalRole
from sla.desk.field_labels import label
from sla.errors import Both, Forbidden, IllegalMove, NotFound, Refused, SignInNeeded
from sla.web.frame import language
from sla.web.turn import actor, came_from

LOG = structlog.get_logger()

TITLES = {
    400: "Demande à refaire",
    401: "Connexion nécessaire",
    403: "Cette action n’est pas ouverte à votre rôle",
    404: "Introuvable",
    405: "Adresse mal employée",
    409: "Ce n’est plus possible",
    413: "Envoi trop volumineux",
    422: "Saisie à corriger",
    429: "Trop d’essais",
    503: "Un instant",
    500: "Une erreur de notre côté",
}
NOT_NOW = (
    "Le ticket nº %(ticket)s est « %(state)s » : « %(action)s » n’y est pas possible. Rechargez la page pour voir où "
    "il en est."
)
ASK = "Demandez-la à un valideur ou au référent du compte de votre société."
TOO_OLD = (
    "Votre page était trop ancienne, ou votre connexion a pris fin : rien n’a été enregistré. Ouvrez la page à nouveau "
    "et envoyez ce que vous aviez écrit."
)
SIGNED_OUT = (
    "Votre connexion a pris fin, et rien n’a été enregistré. Copiez ce que vous aviez écrit, connectez-vous et "
    "envoyez-le de nouveau."
)
HTTP_SENTENCES = {
    400: Both("La demande est mal formée.", "The request is malformed."),
    404: Both("Cette page n’existe pas, ou pas pour vous.", "This page does not exist, or not for you."),
    405: Both("Cette adresse ne se demande pas ainsi.", "This address is not asked for in this way."),
    413: Both("L’envoi est trop volumineux : 1\u00a0Mo au plus.", "What was sent is too large: 1 MB at most."),
    415: Both("Ce format d’envoi n’est pas accepté : envoyez du JSON.", "This format is not accepted: send JSON."),
    429: Both("Attendez quelques minutes, puis recommencez.", "Too many tries: wait a few minutes, then try again."),
}
REQUEST_FAILED = Both("La demande a échoué.", "The request failed.")
CRASHED = Both(
    "Une erreur est survenue de notre côté. Rien n’a été enregistré ; réessayez dans un instant.",
    "Something failed on our side. Nothing was saved; try again in a moment.",
)
WRITTEN = ("title", "description", "text", "reason", "perimeter", "note", "contest", "told", "done", "remaining")
"""The fields in which people write at length: none holds a password."""


def set_up(app: Flask) -> None:
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(CSRFError, on_stale_form)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_crash)


def wants_json() -> bool:
    return request.path.startswith("/api/")


def problem(status: int, code: str, detail: str, errors: dict[str, str] | None = None) -> Response:
    """RFC 9457: `type` is the refusal's code, `errors` a sentence a field."""
    body: dict[str, object] = {"type": f"/api/problems/{code}", "title": code, "status": status}
    body |= {"detail": detail, "instance": request.path}
    if errors:
        body["errors"] = errors
    response = jsonify(body)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def page(status: int, sentence: str, **facts: object) -> Response:
    title = wording.translated(TITLES.get(status, TITLES[400]), language())
    return Response(render_template("problem.html", status=status, title=title, detail=sentence, **facts), status)


def page_of_lost(status: int, sentence: str) -> Response:
    """What a form held comes back, to be copied, where no form can: with the way to sign in, for nobody."""
    sign_in = url_for("access.sign_in", next=_where()) if actor().id is None else None
    sentence = wording.translated(sentence, language())
    return page(status, sentence, written=_written(), sign_in=sign_in, back_url=None if sign_in else _where())


def _written() -> list[tuple[Both, str]]:
    return [(label(name), request.form[name]) for name in WRITTEN if request.form.get(name, "").strip()]


def said(error: Refused) -> str:
    """A refusal for a page: states and actions by the names that people know them under."""
    lang = language()
    if isinstance(error, IllegalMove):
        seen_by = "client_state" if actor().is_client else "state"
        state = wording.label(seen_by, error.facts["state"], lang)
        action = wording.label("event", error.facts["action"], lang)
        return wording.sentence(NOT_NOW, lang, ticket=error.facts["ticket"], state=state, action=action)
    if isinstance(error, Forbidden):
        role = wording.label("role", error.facts["role"], lang)
        told = wording.sentence("Votre rôle, « %(role)s », ne permet pas cette action.", lang, role=role)
        return f"{told} {wording.translated(ASK, lang)}" if error.facts["role"] == PortalRole.REQUESTER else told
    return error.sentence(lang)


def on_refused(error: Refused) -> AnyResponse:
    if wants_json():
        lang = language()
        return problem(error.status, error.code, error.sentence(lang), error.errors(lang))
    if isinstance(error, SignInNeeded):
        if _written():
            return page_of_lost(error.status, SIGNED_OUT)
        return redirect(url_for("access.sign_in", next=_where()))
    return page(error.status, said(error))


def _where() -> str | None:
    """The page to come back to after signing in: a form's is the page that it stood on."""
    return request.full_path.rstrip("?") if request.method == "GET" else came_from()


def on_stale_form(error: CSRFError) -> AnyResponse:
    """The form was opened before signing in again, or comes from another site."""
    return page_of_lost(400, TOO_OLD)


def on_http_error(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    sentence = HTTP_SENTENCES.get(status, REQUEST_FAILED).said(language())
    code = NotFound.code if status == 404 else f"http_{status}"
    return problem(status, code, sentence) if wants_json() else page(status, sentence)


def on_crash(error: Exception) -> AnyResponse:
    """A fault of ours: logged whole, told in one sentence. An address may hold a secret: only its rule is logged."""
    LOG.error("request_failed", exc_info=error, route=str(request.url_rule or ""), method=request.method)
    sentence = CRASHED.said(language())
    return problem(500, "failed", sentence) if wants_json() else page(500, sentence)
