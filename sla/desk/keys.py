"""`issue_key`, `revoke_key`, `set_password`, and who a secret belongs to. Only digests are kept."""

import hashlib
import secrets
from datetime import timedelta
from urllib.parse import urlencode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select, update

from sla.desk.actor import Actor, PortalRole, Role
from sla.desk.office import Tx
from sla.desk.tell import tell
from sla.errors import BadCredentials, Forbidden, NotFound, Refused
from sla.store.tables import Key, Person

LINK_MINUTES = 20
LEAST_PASSWORD, MOST_PASSWORD = 12, 200
HASHER = PasswordHasher()
NO_ONE = HASHER.hash("no account bears this password")


class WeakPassword(Refused):
    code = "weak_password"
    fr = "Le mot de passe compte {length} caractères : il en faut de {least} à {most}."
    en = "The password has {length} characters: {least} to {most} are needed."


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def issue_key(tx: Tx, person: int, *, purpose: str, label: str = "", minutes: int | None = LINK_MINUTES) -> str:
    """A fresh secret for a sign-in link or the API, shown this once. People issue their own; a manager anyone's."""
    if tx.actor.role not in (Role.MANAGER, Role.SYSTEM) and tx.actor.id != person:
        raise Forbidden(role=tx.actor.role, action="issue_key")
    if tx.session.get(Person, person) is None:
        raise NotFound("person", value=person)
    secret = secrets.token_urlsafe(32)
    expires = tx.now + timedelta(minutes=minutes) if minutes is not None else None
    key = Key(digest=digest(secret), purpose=purpose, person_id=person, label=label[:80], created_at=tx.now)
    key.expires_at = expires
    tx.session.add(key)
    return secret


def revoke_key(tx: Tx, number: int) -> None:
    key = tx.session.get(Key, number)
    if key is None or (tx.actor.role not in (Role.MANAGER, Role.SYSTEM) and key.person_id != tx.actor.id):
        raise NotFound("key", value=number)
    key.revoked_at = key.revoked_at or tx.now


def set_password(tx: Tx, person: int, *, password: str) -> None:
    """People set their own, a manager anyone's; kept as an argon2 hash."""
    if tx.actor.role not in (Role.MANAGER, Role.SYSTEM) and tx.actor.id != person:
        raise Forbidden(role=tx.actor.role, action="set_password")
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise WeakPassword("password", length=len(password), least=LEAST_PASSWORD, most=MOST_PASSWORD)
    found = tx.session.get(Person, person)
    if found is None:
        raise NotFound("person", value=person)
    found.password = HASHER.hash(password)


def use_link(tx: Tx, secret: str) -> Actor:
    """Who a sign-in link belongs to; it is used up by this. BadCredentials if it is unknown, used or expired."""
    key = _valid(tx, secret, "sign_in")
    used = update(Key).where(Key.id == key.id, Key.used_at.is_(None)).values(used_at=tx.now)
    if tx.session.scalar(used.returning(Key.id)) is None:
        raise BadCredentials()
    return actor_of(tx, key.person_id)


def check_token(tx: Tx, secret: str) -> Actor:
    """Who an API token belongs to."""
    return actor_of(tx, _valid(tx, secret, "api").person_id)


def _valid(tx: Tx, secret: str, purpose: str) -> Key:
    key = tx.session.scalars(select(Key).where(Key.digest == digest(secret), Key.purpose == purpose)).one_or_none()
    if key is None or key.revoked_at or key.used_at or (key.expires_at is not None and key.expires_at < tx.now):
        raise BadCredentials()
    return key


def check_password(tx: Tx, *, email: str, password: str) -> Actor:
    """Who signs in; an unknown address costs as much time as a wrong password."""
    person = tx.session.scalars(
        select(Person).where(Person.email == email.strip().lower(), Person.active)
    ).one_or_none()
    try:
        HASHER.verify((person.password if person else None) or NO_ONE, password[: MOST_PASSWORD + 1])
    except (VerifyMismatchError, InvalidHashError) as error:
        raise BadCredentials() from error
    if person is None or person.password is None:
        raise BadCredentials()
    return actor_of(tx, person.id)


def actor_of(tx: Tx, person: int) -> Actor:
    """The actor that an active person is; BadCredentials otherwise."""
    found = tx.session.get(Person, person)
    if found is None or not found.active:
        raise BadCredentials()
    role = PortalRole(found.portal_role) if found.portal_role else None
    return Actor(found.id, found.name, Role(found.role), found.company_id, role, found.language)


def mark_of(tx: Tx, person: int) -> str:
    """What a session keeps of an account: its number, and which password it has. Another password is another mark, so
    that sessions begun under the former end."""
    found = tx.session.get(Person, person)
    if found is None:
        raise BadCredentials()
    return f"{person}-{digest(found.password or '')[:16]}"


def marked(tx: Tx, mark: str) -> Actor:
    """The actor whose account bears this mark still; BadCredentials otherwise."""
    number = mark.partition("-")[0]
    if not number.isdecimal() or not secrets.compare_digest(mark, mark_of(tx, int(number))):
        raise BadCredentials()
    return actor_of(tx, int(number))


def send_link(tx: Tx, *, email: str, following: str | None = None) -> None:
    """Mail a sign-in link to a known address; an unknown one gets nothing, and the visitor can't tell. `following`: an
    address inside the site, where signing in leads."""
    known = select(Person).where(Person.email == email.strip().lower(), Person.active)
    person = tx.session.scalars(known).one_or_none()
    if person is None:
        return
    secret = issue_key(tx, person.id, purpose="sign_in", label="mail")
    link = f"{tx.settings.environment.url}/sign-in/{secret}"
    if following:
        link += f"?{urlencode({'next': following}, safe='/')}"
    key, until = f"sign_in:{digest(secret)[:16]}", tx.now + timedelta(minutes=LINK_MINUTES)
    tell(tx, [person], "sign_in_link", key=key, secret_until=until, link=link, minutes=LINK_MINUTES)
