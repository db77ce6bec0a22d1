"""An endpoint that fails for days is disabled, and the managers are told; one proper answer ends the count."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sla.notify.carrier import Gone
from sla.notify.leases import told
from sla.notify.outbox import post
from sla.settings import Settings
from sla.store.tables import Endpoint, Person

PATIENCE = timedelta(days=5)
"""As long as a mail is tried."""


def worked(session: Session, number: int) -> None:
    failing = Endpoint.id == number, Endpoint.failing_since.is_not(None)
    session.execute(update(Endpoint).where(*failing).values(failing_since=None))


def failed(session: Session, settings: Settings, number: int, at: datetime, error: Exception) -> None:
    """Its messages wait as they are: taken up again, it gets them."""
    query = select(Endpoint).where(Endpoint.id == number, Endpoint.state == "active").with_for_update()
    endpoint = session.scalars(query).one_or_none()
    if endpoint is None:
        return
    endpoint.failing_since = endpoint.failing_since or at
    gone = isinstance(error, Gone)
    if not gone and at - endpoint.failing_since < PATIENCE:
        return
    endpoint.state, endpoint.stopped_at = "disabled", at
    facts: dict[str, Any] = {"endpoint": endpoint, "error": told(error), "gone": gone}
    managers = select(Person).where(Person.role == "manager", Person.active).order_by(Person.id)
    for person in session.scalars(managers):
        key = f"endpoint_disabled:{number}:{at:%Y%m%dT%H%M%SZ}"
        post(session, settings, person, "endpoint_disabled", key=key, now=at, **facts)
