"""The API's way in: whose token was shown, a body that is really JSON, and a problem for whatever is refused.

A session is no way in: a browser that is signed in sends its cookie by itself, a token never goes by itself.
"""

from typing import Any, cast

from apiflask import APIBlueprint, APIFlask, HTTPError
from flask import Response, g, request
from flask.blueprints import BlueprintSetupState
from pydantic import ValidationError
from werkzeug.exceptions import MethodNotAllowed, UnsupportedMediaType
from werkzeug.wrappers import Response as AnyResponse

from sla.desk.actor import SYSTEM
from sla.desk.keys import check_token
from sla.errors import BadCredentials, Invalid, Refused, SignInNeeded
from sla.web.api.document import complete
from sla.web.api.misshapen import reproaches
from sla.web.api.strict_json import read_object
from sla.web.refusals import on_http_error, on_refused
from sla.web.turn import the_desk

pages = APIBlueprint("api", __name__, url_prefix="/api")

NUMBER = "int(min=1, max=2147483647)"
"""The numbers that a row can bear, as a route says it; anything else is nobody's number."""


class BadToken(Refused):
    code, status = "bad_token", 401
    fr = "Ce jeton n’est pas valable\u00a0: il est inconnu, retiré ou expiré. Demandez-en un autre."
    en = "This token is not valid: it is unknown, revoked or expired. Ask for another."


@pages.before_request
def know_who() -> None:
    """Everything asks for `Authorization: Bearer …`; what it says is done on behalf of the token's person."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise SignInNeeded()
    try:
        g.token_actor = the_desk().by(SYSTEM).see(check_token, secret.strip())
    except BadCredentials as error:
        raise BadToken() from error


@pages.before_request
def read_body() -> None:
    """A body is one JSON object, read strictly before any shape is tried."""
    body = request.get_data()
    if body and request.method in ("POST", "PUT", "PATCH"):
        if request.mimetype != "application/json":
            raise UnsupportedMediaType()
        read_object(body)


@pages.after_request
def tell_scheme(response: Response) -> Response:
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


@pages.errorhandler(HTTPError)
def on_misshapen(error: HTTPError) -> AnyResponse:
    """What doesn't fit its shape: one sentence a field."""
    found = reproaches(error.__cause__) if isinstance(error.__cause__, ValidationError) else []
    return on_refused(found[0] if len(found) == 1 else Invalid(found))


AS_SENT = {"person": "technician", "requester": "requester_id"}
"""What a refusal calls by its kind → the field that the client sent it in."""


@pages.errorhandler(Refused)
def on_refused_field(error: Refused) -> AnyResponse:
    """A refusal names its field as the client wrote it."""
    error.field = AS_SENT.get(error.field or "", error.field)
    return on_refused(error)


@pages.app_errorhandler(MethodNotAllowed)
def on_wrong_method(error: MethodNotAllowed) -> AnyResponse:
    """RFC 9110: a 405 tells which methods there are."""
    response = on_http_error(error)
    response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


@pages.record_once
def _document(state: BlueprintSetupState) -> None:
    """The document is the application's; what it says of the API is said here."""
    app = cast(APIFlask, state.app)
    app.config.update(AUTO_VALIDATION_ERROR_RESPONSE=False, AUTO_404_RESPONSE=False, AUTO_SERVERS=False)
    app.config["AUTO_OPERATION_ID"] = True
    app.spec_processor(lambda spec: complete(cast(dict[str, Any], spec)))
