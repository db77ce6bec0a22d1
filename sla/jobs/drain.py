"""One queue of due things, emptied whenever it is woken, and woken again when the next thing falls due."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock

import structlog
from apscheduler.jobstores.base import ConflictingIdError
from apscheduler.schedulers.background import BackgroundScheduler

from sla import wallclock

log = structlog.get_logger(__name__)

LONGEST_PAUSE_S = 30
"""After a round that failed, a database that restarts for instance: 2 s, 4 s, and so on up to this."""


class Drain:
    """`work()` does a batch and says how much it did; `next_at()` says when more falls due. Never two rounds at once:
    a wake that comes during a round makes it go round again, so none is lost."""

    def __init__(
        self, scheduler: BackgroundScheduler, name: str, work: Callable[[], int], next_at: Callable[[], datetime | None]
    ) -> None:
        self.name = name
        self.heartbeat: datetime | None = None
        self._scheduler, self._work, self._next_at = scheduler, work, next_at
        self._failures = 0
        self._lock = Lock()
        self._running = self._again = self._stopped = False

    def wake(self) -> None:
        """Look now, on the scheduler's own threads; cheap, and harmless from within a round's own commits."""
        with self._lock:
            if self._running:
                self._again = True
            elif not self._stopped:
                self._arm(wallclock.now())

    def stop(self) -> None:
        """No further batch begins; one under way ends by itself."""
        with self._lock:
            self._stopped = True

    @property
    def armed_at(self) -> datetime | None:
        """When it will look next; None where nothing is to come."""
        job = self._scheduler.get_job(self.name)
        return job.trigger.run_date if job is not None else None

    def run(self) -> None:
        """A round: batches until nothing is due, then one alarm at the next instant."""
        with self._lock:
            if self._running or self._stopped:
                self._again = True
                return
            self._running = True
        while self._round():
            pass

    def _round(self) -> bool:
        """Whether to go round again."""
        following = None
        try:
            while not self._stopped:
                self.heartbeat = wallclock.now()
                if not self._work():
                    break
            following = self._after(self.heartbeat, self._next_at())
            self._failures = 0
        except Exception:
            log.exception("round failed", drain=self.name)
            self._failures += 1
            following = wallclock.now() + timedelta(seconds=min(2**self._failures, LONGEST_PAUSE_S))
        with self._lock:
            again, self._again = self._again and not self._stopped, False
            if not again:
                self._running = False
                if following is not None and not self._stopped:
                    self._arm(following)
        return again

    @staticmethod
    def _after(looked_at: datetime | None, following: datetime | None) -> datetime | None:
        """What was due at the last look and is still there is in another process's hands: give it a second. The clock
        tells whole seconds, so what falls due within this one comes no sooner."""
        if looked_at is None or following is None:
            return following
        return max(following, looked_at + timedelta(seconds=1))

    def _arm(self, at: datetime) -> None:
        """One alarm a drain, the latest set. Two instances: the scheduler counts one a moment longer than it runs."""
        try:
            self._scheduler.add_job(
                self.run,
                "date",
                run_date=at.astimezone(UTC),
                id=self.name,
                replace_existing=True,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=2,
            )
        except ConflictingIdError:  # two threads added it at once: it is there
            log.debug("alarm already set", drain=self.name)
