"""The outbox: one row a recipient, written in the transaction of its cause; `key` makes each message once."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from sqlalchemy.orm import Session

from sla import wording
from sla.contract.targets import BREACH_SHARE
from sla.notify.invitation import invitation
from sla.settings import Settings
from sla.store.tables import Message, Person

TEXTS = Path(__file__).parent / "texts"
LONGEST_SUBJECT = 250
READER = Person(name="", email="", role="technician", language="fr")
"""Who reads what is written to nobody in particular."""


@cache
def texts() -> Environment:
    """The texts of mails: `name.fr.txt`, whose first line is the subject."""
    found = Environment(loader=FileSystemLoader(TEXTS), undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701 - plain text
    found.globals["w"] = wording
    return found


def post(
    session: Session,
    settings: Settings,
    person: Person,
    text: str,
    /,
    *,
    key: str,
    now: datetime,
    was_due: datetime | None = None,
    secret_until: datetime | None = None,
    attached: dict[str, Any] | None = None,
    **facts: Any,
) -> None:
    """Leave one message for one person, once a key. `facts` fill the text; `ticket` (a row) is linked and named in it.

    `was_due`: when its cause was to act, if that was before now. `secret_until`: it holds a secret of use until then.
    `attached`: what `attachment` makes a file of when the message leaves.
    """
    full_key = f"{key}:{person.id}"
    if _posted(session, full_key):
        return
    subject, body = written(settings, person, text, now, facts)
    message = Message(key=full_key, kind=text, channel="mail", person_id=person.id, recipient=person.email, body=body)
    _add(session, message, subject, facts, now, was_due)
    message.secret_until = secret_until
    message.attached = {**attached, "lang": person.language} if attached is not None else None
    message.invitation = invitation(settings, person, facts, now) if facts.get("invite") else None


def post_to_chats(
    session: Session,
    settings: Settings,
    text: str,
    /,
    *,
    key: str,
    now: datetime,
    was_due: datetime | None,
    **facts: Any,
) -> None:
    """Leave one line for each chat that is configured for this text: its subject, and a link to the ticket."""
    for chat in settings.chats:
        full_key = f"{key}:chat:{chat.name}"
        if not chat.wants(text, breach=int(facts.get("share", 0)) >= BREACH_SHARE) or _posted(session, full_key):
            continue
        subject, _ = written(settings, READER, text, now, facts)
        ticket = facts.get("ticket")
        body = f"{settings.environment.url}/tickets/{ticket.id}" if ticket is not None else settings.environment.url
        message = Message(key=full_key, kind=text, channel="chat", recipient=chat.name, body=body)
        _add(session, message, subject, facts, now, was_due)


def _posted(session: Session, key: str) -> bool:
    return session.scalar(select(Message.id).where(Message.key == key)) is not None


def _add(
    session: Session, message: Message, subject: str, facts: dict[str, Any], now: datetime, was_due: datetime | None
) -> None:
    ticket = facts.get("ticket")
    message.ticket_id = ticket.id if ticket is not None else None
    message.subject = subject[:LONGEST_SUBJECT]
    message.created_at = message.next_at = now
    message.due_at = was_due or now
    session.add(message)


def written(settings: Settings, person: Person, text: str, now: datetime, facts: dict[str, Any]) -> tuple[str, str]:
    """Subject and body; French where the person's language has no text of its own."""
    names = [f"{text}.{person.language}.txt", f"{text}.fr.txt"]
    template = texts().select_template(names)
    context = {"person": person, "now": now, "zone": settings.zone, "url": settings.environment.url, **facts}
    subject, _, body = template.render(context).partition("\n")
    return subject.strip(), body.strip() + "\n"
