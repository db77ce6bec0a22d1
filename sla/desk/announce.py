"""What happens on tickets, told to other software: a thin signed message for each endpoint that asked for it."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from sla.desk.office import Tx
from sla.store.tables import Endpoint, Event, Message

HOST_AT_MOST = 254


def announce(tx: Tx, event: Event) -> None:
    """In the transaction of its cause. What an import takes in is past, and told to nobody."""
    if tx.silent_before is not None:
        return
    for endpoint in tx.session.scalars(select(Endpoint).where(Endpoint.state == "active").order_by(Endpoint.id)):
        if wants(endpoint, event.kind):
            tx.session.add(message_for(tx, endpoint, event))


def wants(endpoint: Endpoint, kind: str) -> bool:
    return not endpoint.events or kind in endpoint.events


def key_of(endpoint: Endpoint, event: Event) -> str:
    """The same for every try and every replay, and so is the `webhook-id` that is made of it."""
    return f"webhook:{endpoint.id}:{event.ticket_id}:{event.seq}"


def message_for(tx: Tx, endpoint: Endpoint, event: Event) -> Message:
    """Thin: which ticket, what, when, and where to read the rest with rights of one's own."""
    url, number = tx.settings.environment.url, event.ticket_id
    links = {"page": f"{url}/tickets/{number}", "ticket": f"{url}/api/tickets/{number}"}
    data = {"ticket": number, "seq": event.seq, "public": event.public, "links": links}
    message = Message(key=key_of(endpoint, event), channel="webhook", kind=event.kind, endpoint_id=endpoint.id)
    message.recipient, message.subject, message.ticket_id = host_of(endpoint.url), event.kind, number
    message.body = payload(event.kind, event.at, data)
    message.created_at = message.next_at = tx.now
    message.due_at = event.at
    return message


def payload(kind: str, at: datetime, data: dict[str, Any]) -> str:
    """`type`, `timestamp`, `data`, as the Standard Webhooks specification has them."""
    written = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": written, "data": data}, ensure_ascii=False, separators=(",", ":"))


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or url)[:HOST_AT_MOST]
