"""The alarm clock of one process: APScheduler with its memory store. It keeps nothing that is not in the tables."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from threading import Event, Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from sla import wallclock
from sla.desk.office import Desk
from sla.jobs.drain import Drain
from sla.jobs.fire import fire_due, next_due
from sla.notify.carriers import CHANNELS
from sla.notify.delivery import deliver_due, next_delivery
from sla.store.heartbeats import beat

BEAT = timedelta(seconds=10)
"""So often, at most, is a sign of life written that other processes see."""
SWEEP_SECONDS = 30
"""A look this often finds what no alarm was set for: the clock was moved, or another process wrote the timer."""


class Alarm:
    """Fires timers and sends messages of one desk from `start()` to `stop()`. Each channel has its own round: a server
    that hangs must not make a callback late, nor another's mail."""

    def __init__(self, desk: Desk, *, channels: Collection[str] = CHANNELS, sweep_seconds: int = SWEEP_SECONDS) -> None:
        self.desk, self.sweep_seconds = desk, sweep_seconds
        executors = {"default": ThreadPoolExecutor(2 + 2 * len(channels))}
        self._scheduler = BackgroundScheduler(timezone="UTC", executors=executors)
        self._timers = Drain(self._scheduler, "timers", self._fire, lambda: next_due(desk.database))
        self._ways = tuple(self._way(channel) for channel in channels)
        self._beaten: datetime | None = None
        self._over = Event()
        self._sweeper = Thread(target=self._sweep, name="sweep", daemon=True)

    def start(self) -> None:
        """Look at once, then at each due instant, after each commit of this desk, and every `sweep_seconds`."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else a line a commit
        self.desk.after_commit.append(self.wake)
        self._scheduler.start()
        self._sweeper.start()
        self.wake()

    def _sweep(self) -> None:
        """By a clock that nobody can set: the scheduler's own intervals stand still for an hour that is set back."""
        while not self._over.wait(self.sweep_seconds):
            self.wake()

    def look(self) -> None:
        """Fire what is due, in the calling thread, and set the alarm to what comes next."""
        self._timers.run()

    @property
    def armed_at(self) -> datetime | None:
        """When timers are to be looked at next; the sweep and the commits to come may be sooner."""
        return self._timers.armed_at

    def wake(self) -> None:
        """Something was committed that may be due, or fall due sooner than what the alarm is set to."""
        for drain in (self._timers, *self._ways):
            drain.wake()

    def stop(self) -> None:
        """The batch of timers under way ends, and so does the message that is being sent; what is left stays in the
        tables for the next start."""
        self._over.set()
        if self.wake in self.desk.after_commit:
            self.desk.after_commit.remove(self.wake)
        for drain in (self._timers, *self._ways):
            drain.stop()
        if self._scheduler.running:
            # Shut down in the middle of a look, APScheduler no longer finds the job that it is about to remove: let it
            # finish, which asking for the jobs waits for, and begin no other.
            self._scheduler.pause()
            self._scheduler.get_jobs()
            self._scheduler.shutdown(wait=True)

    @property
    def heartbeat(self) -> datetime | None:
        """When timers were last looked at; over a minute ago: the alarm has stopped. None before the first look."""
        return self._timers.heartbeat

    def _fire(self) -> int:
        """A round that throws leaves no sign of life: a clock that can't fire has stopped."""
        looked_at = fire_due(self.desk).looked_at
        now = wallclock.now()
        if self._beaten is None or abs(now - self._beaten) >= BEAT:
            beat(self.desk.database, now)
            self._beaten = now
        return looked_at

    def _way(self, channel: str) -> Drain:
        desk, only = self.desk, (channel,)

        def deliver() -> int:
            return deliver_due(desk.database, desk.settings, channels=only, stopping=self._over.is_set).looked_at

        return Drain(self._scheduler, channel, deliver, lambda: next_delivery(desk.database, only))
