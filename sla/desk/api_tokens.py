"""The API tokens that someone holds: what they are called and how long they last, never the secret."""

from collections.abc import Sequence

from sqlalchemy import select

from sla.desk.keys import digest
from sla.desk.office import Tx
from sla.errors import NotFound, SignInNeeded
from sla.store.tables import Key


def own_tokens(tx: Tx) -> Sequence[Key]:
    """The actor's own, the newest first, revoked and expired ones included."""
    if tx.actor.id is None:
        raise SignInNeeded()
    query = select(Key).where(Key.person_id == tx.actor.id, Key.purpose == "api")
    return tx.session.scalars(query.order_by(Key.id.desc())).all()


def token_of(tx: Tx, secret: str) -> Key:
    """The actor's own token with this secret."""
    return next(each for each in own_tokens(tx) if each.digest == digest(secret))


def own_token(tx: Tx, number: int) -> Key:
    """NotFound for someone else's, as for one that doesn't exist."""
    found = next((each for each in own_tokens(tx) if each.id == number), None)
    if found is None:
        raise NotFound("token", value=number)
    return found
