"""What was promised when: the targets that the service was started with, each from that start on.

A promise is counted by the targets of its own instant, so that a file that was changed moves no deadline that was
promised before, and histories fold the same for ever.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sla.contract.targets import Targets, of_kept
from sla.store.tables import TargetsVersion

KEPT = "targets"


@dataclass(frozen=True, slots=True)
class Promised:
    """`since` counts for all but the first, which holds from the beginning; `acceptance_days` are working days."""

    number: int
    since: datetime | None
    targets: Targets
    acceptance_days: int


Versions = tuple[Promised, ...]


class KeptTargets:
    """The versions of a desk, read once and then only as new ones appear; shared by the threads of a process."""

    def __init__(self, targets: Targets, acceptance_days: int) -> None:
        self._ours = (Promised(0, None, targets, acceptance_days),)
        self._read: Versions = ()

    def versions(self, session: Session) -> Versions:
        """As this transaction sees them, the oldest first; where none is kept, this process's own."""
        if KEPT not in session.info:
            newest = session.scalar(select(func.max(TargetsVersion.number))) or 0
            session.info[KEPT] = self._up_to(session, newest) or self._ours
        found: Versions = session.info[KEPT]
        return found

    def _up_to(self, session: Session, newest: int) -> Versions:
        known = self._read
        last = known[-1].number if known else 0
        if newest > last:
            later = select(TargetsVersion).where(TargetsVersion.number > last).order_by(TargetsVersion.number)
            known = (*known, *map(_promised, session.scalars(later)))
            self._read = known
        return tuple(each for each in known if each.number <= newest)


def _promised(row: TargetsVersion) -> Promised:
    return Promised(row.number, row.since, of_kept(row.data), row.acceptance_days)
