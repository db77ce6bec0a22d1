"""Which way each channel's messages leave."""

from collections.abc import Callable
from datetime import datetime

from sla.notify.attachment import Documents
from sla.notify.carrier import Carrier
from sla.notify.chat import Chat
from sla.notify.folder import Folder
from sla.notify.smtp import Smtp
from sla.notify.webhooks import Webhooks
from sla.settings import Settings
from sla.store.database import Database

CHANNELS = ("mail", "webhook", "chat")


def carrier(
    channel: str, settings: Settings, database: Database, clock: Callable[[], datetime], timeout: float
) -> Carrier:
    """Mail goes to a server where one is configured, else into the folder `mail` beside the database."""
    environment, documents = settings.environment, Documents(database, settings)
    if channel == "webhook":
        return Webhooks(settings, database, clock, timeout)
    if channel == "chat":
        return Chat(settings)
    if environment.smtp_host:
        return Smtp(environment, timeout, documents)
    return Folder(environment.sla_var / "mail", environment.mail_from, documents)
