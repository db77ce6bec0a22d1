"""Time as it passes in the demonstration: acts in the order of their instants, and the timers due between them.

Verbs of several instants share a transaction, so that three weeks don't cost three weeks of disk writes. Before each
act, what was due by then is fired at its own instant, so that reminders and warnings bear their time.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy.orm import Session

from sla.calendar import BusinessCalendar
from sla.desk.actor import SYSTEM, Actor, Role
from sla.desk.office import Desk, Tx
from sla.desk.overdue import oldest_overdue
from sla.desk.permits import require
from sla.jobs.fire import fire_due
from sla.ticket.life import Life

P = ParamSpec("P")
T = TypeVar("T")

TOGETHER = 50
"""How many acts share a transaction at most."""


class Stage:
    """`at` is the instant that is played, `end` the last one. Acts put later than the end are never played."""

    def __init__(self, desk: Desk, start: datetime, end: datetime) -> None:
        self.desk, self.at, self.end = desk, start, end
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0
        self._together = 0
        self._open = ExitStack()
        self._session: Session | None = None
        self._lives: dict[int, Life] = {}
        self._next_due: datetime | None = None
        self._due_known = False
        self.stirred = 0
        """How many times something may have come into the queue: what others than technicians have done."""

    @property
    def hours(self) -> BusinessCalendar:
        return self.desk.settings.calendar

    def day(self, at: datetime) -> date:
        return at.astimezone(self.desk.settings.zone).date()

    def later(self, at: datetime, act: Callable[[], None]) -> None:
        """Play this at that instant, or now if it has passed."""
        self._count += 1
        heapq.heappush(self._acts, (max(at, self.at), self._count, act))

    def do(self, actor: Actor, verb: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """One verb at this instant, permitted as `Desk.by` permits it."""
        require(actor, verb.__name__)
        self.stirred += actor.role is not Role.TECHNICIAN
        self._due_known = False
        return self.see(actor, verb, *args, **kwargs)

    def see(self, actor: Actor, read: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """One read at this instant, of what the acts so far have written."""
        if self._session is None:
            self._session = self._open.enter_context(self.desk.database.writing())
            self._lives = {}
        tx = Tx(self.desk, self._session, actor, self.at, None, self._lives)
        result = read(tx, *args, **kwargs)
        self._session.flush()
        return result

    def play(self, progress: Callable[[datetime], None]) -> None:
        """Everything up to the end."""
        with self._open, quiet():
            while self._acts and self._acts[0][0] <= self.end:
                at, _, act = heapq.heappop(self._acts)
                self._fire(at)
                self.at = at
                act()
                self._together += 1
                if self._together >= TOGETHER:
                    self._settle()
                    progress(at)
            self._fire(self.end)
            self._settle()
        progress(self.end)

    def _fire(self, until: datetime) -> None:
        """Fire each timer that is due by then at its instant."""
        while (due := self._earliest()) is not None and due <= until:
            self._settle()
            self.at = max(due, self.at)
            fired = fire_due(self.desk, self.at)
            self.stirred += 1
            self._due_known = False
            if not fired.count:
                return  # put off by a failure: the running service tries again

    def _earliest(self) -> datetime | None:
        """When the next timer is due; asked again only after a verb."""
        if not self._due_known:
            now, self.at = self.at, self.end
            self._next_due, self._due_known = self.see(SYSTEM, oldest_overdue), True
            self.at = now
        return self._next_due

    def _settle(self) -> None:
        self._together = 0
        self._session = None
        self._open.pop_all().close()

    def minutes(self, amount: float) -> datetime:
        """This many working minutes from now."""
        return self.hours.add(self.at, timedelta(seconds=round(amount * 60)))


@contextmanager
def quiet() -> Iterator[None]:
    """Warnings only: a line for each timer of three weeks would bury the progress bar."""
    before: dict[str, Any] = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    try:
        yield
    finally:
        structlog.configure(**before)
