"""`watch_reliability`: once on each day after answers came, are windows still true? If not, managers are told."""

from datetime import timedelta

from sla.desk.office import Tx
from sla.desk.reliability import held
from sla.desk.tell import having, tell
from sla.queue.expect.reliability import drift
from sla.queue.expect.window import CONFIDENCE


def watch_reliability(tx: Tx) -> bool:
    """Effect of a timer; False if windows hold as often as they claim, as far as chance explains. While they drift, a
    manager is told once a week."""
    found = drift(held(tx), CONFIDENCE)
    if found is None:
        return False
    monday = tx.today - timedelta(days=tx.today.weekday())
    tell(tx, having(tx, "manager"), "reliability_drift", key=f"reliability_drift:{monday}", drift=found)
    return True
