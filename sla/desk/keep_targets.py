"""`keep_targets`: the service starts with targets that differ from those it ran by; from now on these are promised."""

from sla.contract.targets import kept
from sla.desk.office import Tx
from sla.desk.targets_kept import KEPT
from sla.store.tables import TargetsVersion


def keep_targets(tx: Tx) -> int | None:
    """The number of the version written; None where nothing has changed. What was promised before stays promised."""
    last, settings = tx.promised[-1], tx.settings
    if last.number and (last.targets, last.acceptance_days) == (settings.targets, settings.acceptance_days):
        return None
    made = TargetsVersion(number=last.number + 1, since=tx.now, data=kept(settings.targets))
    made.acceptance_days = settings.acceptance_days
    tx.session.add(made)
    tx.session.flush()
    tx.session.info.pop(KEPT)
    return made.number
