"""The mails of the weeks that were seeded."""

from datetime import datetime, timedelta

from sla.demo.stage import quiet
from sla.desk.office import Desk
from sla.notify.delivery import deliver_due, next_delivery

BATCH = 500
TOGETHER = timedelta(minutes=50)


def send_letters(desk: Desk, now: datetime) -> None:
    """Each in its hour, not as late; a line of the log for each batch would bury the links that follow."""
    with quiet():
        while (waiting := next_delivery(desk.database)) is not None and waiting <= now:
            deliver_due(desk.database, desk.settings, min(now, waiting + TOGETHER), limit=BATCH)
