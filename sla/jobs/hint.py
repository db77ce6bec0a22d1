"""After a commit, the cluster's workers are told that something is due. It is a hint: they look by themselves too."""

from threading import Event, Thread

import structlog
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from sqlalchemy.exc import SQLAlchemyError

from sla import wallclock
from sla.desk.office import Desk
from sla.jobs.engine import engine, sender_connector
from sla.jobs.fire import next_due
from sla.notify.carriers import CHANNELS
from sla.notify.delivery import next_delivery

log = structlog.get_logger(__name__)

TIMERS = "timers"


class Hint:
    """`wake()` costs whoever commits nothing: a thread of its own asks what is due and leaves one job for each kind."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._asked, self._stopped = Event(), False
        self._app: App = engine(sender_connector(desk.database), {})
        self._thread = Thread(target=self._run, name="hint", daemon=True)

    def start(self) -> None:
        self.desk.after_commit.append(self.wake)
        self._thread.start()

    def wake(self) -> None:
        self._asked.set()

    def stop(self) -> None:
        if self.wake in self.desk.after_commit:
            self.desk.after_commit.remove(self.wake)
        self._stopped = True
        self.wake()
        self._thread.join()

    def _run(self) -> None:
        with self._app.open():
            while self._asked.wait() and not self._stopped:
                self._asked.clear()
                try:
                    self._leave_jobs()
                except (ProcrastinateException, SQLAlchemyError) as error:
                    log.warning("hint not given", error=type(error).__name__)  # the workers' own looks will find it

    def _leave_jobs(self) -> None:
        now, database = wallclock.now(), self.desk.database
        due = {TIMERS: next_due(database)} | {channel: next_delivery(database, (channel,)) for channel in CHANNELS}
        for name, at in due.items():
            if at is not None and at <= now:
                self._leave(name)

    def _leave(self, name: str) -> None:
        try:
            self._app.configure_task(name, allow_unknown=True, queue=name, queueing_lock=name).defer(timestamp=0)
        except AlreadyEnqueued:
            log.debug("hint already given", task=name)
