"""The desk that a command works on."""

import structlog

from sla import settings
from sla.desk.office import Desk
from sla.store.migrate import migrate


def open_desk(*, migrated: bool = True) -> Desk:
    """Configuration and database of this environment; brought to the present tables unless said otherwise."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    desk = Desk.open(settings.load())
    if migrated:
        migrate(desk.database)
    return desk
