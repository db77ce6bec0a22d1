"""One `sla jobs` of several on one PostgreSQL: a worker of Procrastinate's, and beside it an alarm of its own for
punctuality. Any of them may die at any time."""

import asyncio
import logging
from contextlib import suppress
from threading import Event

import structlog

from sla.desk.office import Desk
from sla.jobs.alarm import Alarm
from sla.jobs.engine import engine, worker_connector
from sla.jobs.hint import TIMERS, Hint
from sla.notify.carriers import CHANNELS
from sla.notify.delivery import deliver_due

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 1
"""A timer that another machine wrote, and will be due before the next job, is found by this look: one query."""
AGAIN_SECONDS = 2


class Cluster:
    """`run()` works until `stop()`, which any thread may call; a database that goes away is waited for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.alarm = Alarm(desk, channels=(), sweep_seconds=SWEEP_SECONDS)
        self.hint = Hint(desk)
        self._over = Event()
        looks = {TIMERS: self.alarm.look} | {channel: self._delivery(channel) for channel in CHANNELS}
        self._app, self._tasks = engine(worker_connector(desk.database), looks), len(looks) + 1
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def run(self) -> None:
        logging.getLogger("procrastinate").setLevel(logging.WARNING)  # else several lines a look
        self.hint.start()
        self.alarm.start()
        try:
            asyncio.run(self._until_stopped())
        finally:
            self.alarm.stop()
            self.hint.stop()

    def stop(self) -> None:
        """The batch of timers under way ends, and each message that is being sent; the others are left to the rest."""
        self._over.set()
        if self._loop is not None and self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)

    async def _until_stopped(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.ensure_future(self._work())
        if self._over.is_set():
            self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _work(self) -> None:
        """Told to end while the database is away, a worker may fail instead of ending: it is not begun again."""
        while not self._over.is_set():
            try:
                async with self._app.open_async():
                    await self._app.run_worker_async(
                        concurrency=self._tasks, delete_jobs="always", install_signal_handlers=False
                    )
            except Exception as error:  # noqa: BLE001 - the alarm goes on; so does the next worker, once the database is back
                log.warning("worker interrupted", error=type(error).__name__)
            if not self._over.is_set():
                await asyncio.sleep(AGAIN_SECONDS)

    def _delivery(self, channel: str) -> "Delivery":
        return Delivery(self.desk, channel, self._over)


class Delivery:
    """Sends what one channel has due, until nothing is, or until it is over."""

    def __init__(self, desk: Desk, channel: str, over: Event) -> None:
        self.desk, self.channels, self.over = desk, (channel,), over

    def __call__(self) -> None:
        stopping = self.over.is_set
        while deliver_due(self.desk.database, self.desk.settings, channels=self.channels, stopping=stopping).looked_at:
            pass
