"""The caller's own tokens. A secret is shown once, when it is made."""

from typing import Any

from flask import Response

from sla.desk.api_tokens import own_token, own_tokens, token_of
from sla.desk.keys import issue_key, revoke_key
from sla.web.api.asked_accounts import NewToken
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.typed_json import Moment, Told
from sla.web.turn import actor, turn

DAY_MINUTES = 24 * 60


class TokenTold(Told):
    id: int
    label: str
    created_at: Moment
    expires_at: Moment | None
    revoked_at: Moment | None


class NewTokenTold(TokenTold):
    secret: str


class TokensTold(Told):
    tokens: list[TokenTold]


@pages.get("/tokens")
@pages.output(TokensTold)
def tokens() -> Any:
    """The caller's own tokens, the newest first, without their secrets."""
    return TokensTold(tokens=[TokenTold.model_validate(each) for each in turn().see(own_tokens)])


@pages.post("/tokens")
@pages.input(NewToken)
@pages.output(NewTokenTold, status_code=201)
@pages.doc(operation_id="issue_key")
def issue(json_data: NewToken) -> Any:
    """Another token that acts as the caller."""
    minutes = json_data.days * DAY_MINUTES if json_data.days is not None else None
    secret = turn().do(issue_key, actor().id or 0, purpose="api", label=json_data.label, minutes=minutes)
    token = TokenTold.model_validate(turn().see(token_of, secret))
    return NewTokenTold(**dict(token), secret=secret)


@pages.delete(f"/tokens/<{NUMBER}:number>")
@pages.doc(operation_id="revoke_key", responses={204: "It is revoked."})
def revoke(number: int) -> Any:
    """Revoke one of the caller's own tokens, the one that asks included."""
    turn().see(own_token, number)
    turn().do(revoke_key, number)
    return Response(status=204)
