"""The secret that an endpoint's messages are signed by: derived from the service's key, and kept nowhere."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from standardwebhooks import Webhook

from sla.store.tables import Endpoint, Message

OVERLAP = timedelta(days=1)
"""After a rotation messages bear the signature of the former secret too, for so long."""


def secret(service_key: str, endpoint: int, generation: int) -> str:
    """`whsec_…`, as the Standard Webhooks specification writes it: 32 bytes, in base64."""
    made = hmac.digest(service_key.encode(), f"webhook:{endpoint}:{generation}".encode(), "sha256")
    return f"whsec_{base64.b64encode(made).decode()}"


def fingerprint(of: str) -> str:
    """Tells a secret from another without telling the secret."""
    return hashlib.sha256(of.encode()).hexdigest()[:16]


def headers(message: Message, endpoint: Endpoint, service_key: str, now: datetime) -> dict[str, str]:
    """`webhook-id`, `webhook-timestamp`, `webhook-signature`. The id is of the message: every try and every replay
    bears the same."""
    generations = [endpoint.generation]
    if endpoint.rotated_at is not None and now < endpoint.rotated_at + OVERLAP:
        generations.append(endpoint.generation - 1)
    name = webhook_id(message.key)
    signers = [Webhook(secret(service_key, endpoint.id, each)) for each in generations]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(each.sign(name, now, message.body) for each in signers),
    }


def webhook_id(key: str) -> str:
    return f"msg_{hashlib.sha256(key.encode()).hexdigest()[:32]}"
