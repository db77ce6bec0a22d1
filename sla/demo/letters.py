"""The mails of the weeks that were seeded."""

from datetime import datetime, timedelta

from sla.demo.stage import quiet
from sla.desk.measures import WINDOW
from sla.desk.office import Desk
from sla.notify.delivery import deliver_due, next_delivery

BATCH = 500
TOGETHER, CLOSE = timedelta(minutes=50), timedelta(seconds=20)
"""How late a batch leaves: of the last day, whose lateness a manager is shown, hardly; before it, as is quick."""


def send_letters(desk: Desk, now: datetime) -> None:
    """Each in its hour, not as late; a line of the log for each batch would bury the links that follow. Other software
    is told once the service runs."""
    with quiet():
        while (waiting := next_delivery(desk.database, ["mail"])) is not None and waiting <= now:
            late = CLOSE if waiting > now - WINDOW - TOGETHER else TOGETHER
            at = min(now, waiting + late)
            deliver_due(desk.database, desk.settings, at, limit=BATCH, channels=["mail"])
