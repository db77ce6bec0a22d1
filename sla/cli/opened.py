"""The desk that a command works on."""

import structlog

from sla import settings
from sla.desk.actor import SYSTEM
from sla.desk.catch_up import catch_up
from sla.desk.edit_calendar import calendar_to_keep, keep_calendar
from sla.desk.keep_targets import keep_targets
from sla.desk.office import Desk
from sla.store.migrate import migrate


def open_desk(*, migrated: bool = True, keeps: bool = True, database_url: str | None = None) -> Desk:
    """Configuration and database of this environment, or another database; unless said otherwise, brought to the
    present tables, with what is stored of each ticket as its history is read now.

    `keeps`: the calendar and the targets of the files count from now on. Not so for what only reads: it tells what
    holds, whatever files it was given.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    environment = settings.of_this_machine()
    if database_url is not None:
        environment = environment.model_copy(update={"database_url": database_url})
    desk = Desk.open(settings.load(environment))
    if migrated:
        migrate(desk.database)
        if keeps:
            _keep_files(desk)
        while desk.by(SYSTEM).do(catch_up):
            pass
    return desk


def _keep_files(desk: Desk) -> None:
    """A calendar is kept only where there is something to keep: its verb waits for all who count by it."""
    service = desk.by(SYSTEM)
    if service.see(calendar_to_keep):
        service.do(keep_calendar)
    service.do(keep_targets)
