"""The outbox: one row a recipient, written in the transaction of its cause; `key` makes each message once."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from sqlalchemy.orm import Session

from sla import wording
from sla.settings import Settings
from sla.store.tables import Message, Person

TEXTS = Path(__file__).parent / "texts"


@cache
def texts() -> Environment:
    """The texts of mails: `name.fr.txt`, whose first line is the subject."""
    found = Environment(loader=FileSystemLoader(TEXTS), undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701 - plain text
    found.globals["w"] = wording
    return found


def post(
    session: Session, settings: Settings, person: Person, text: str, /, *, key: str, now: datetime, **facts: Any
) -> None:
    """Leave one message for one person, once a key. `facts` fill the text; `ticket` (a row) is linked and named in
    it."""
    full_key = f"{key}:{person.id}"
    if session.scalar(select(Message.id).where(Message.key == full_key)) is not None:
        return
    subject, body = written(settings, person, text, now, facts)
    ticket = facts.get("ticket")
    message = Message(key=full_key, person_id=person.id, recipient=person.email, subject=subject, body=body)
    message.ticket_id = ticket.id if ticket is not None else None
    message.created_at = message.next_at = now
    session.add(message)


def written(settings: Settings, person: Person, text: str, now: datetime, facts: dict[str, Any]) -> tuple[str, str]:
    """Subject and body; French where the person's language has no text of its own."""
    names = [f"{text}.{person.language}.txt", f"{text}.fr.txt"]
    template = texts().select_template(names)
    context = {"person": person, "now": now, "zone": settings.zone, "url": settings.environment.url, **facts}
    subject, _, body = template.render(context).partition("\n")
    return subject.strip(), body.strip() + "\n"
