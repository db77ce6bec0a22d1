"""The desk put together: settings, calendar, database; and the one place that opens transactions.

`desk.by(actor, at=None).do(verb, …)` runs a verb's effect in a transaction of its own; `.see(read, …)` runs a read.
Effects and reads are plain functions that take a `Tx` first, so that a timer or a batch can call several of them in one
transaction.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sla import wallclock
from sla.calendar import BusinessCalendar
from sla.contract.targets import Targets
from sla.desk.actor import Actor
from sla.desk.permits import require
from sla.desk.reads import require_sight
from sla.desk.targets_kept import KeptTargets, Versions
from sla.desk.timetable import Editions, Timetable
from sla.errors import Crowded
from sla.queue.expect.future import Past
from sla.settings import Settings
from sla.store.database import Database
from sla.store.faults import collided, held, same_key
from sla.store.turns import have_calendar_alone, share_calendar
from sla.ticket.clock import ClockName
from sla.ticket.life import ALWAYS, Life, Rules

P = ParamSpec("P")
T = TypeVar("T")
ALONE = frozenset({"edit_calendar", "keep_calendar"})
"""Verbs that change what others count by."""
TRIES = 3
"""Who was taken back by PostgreSQL may come first again, in the way of the same, and be taken back anew."""


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction on behalf of one actor at one instant (UTC). `silent_before`: an import writes no timer due
    earlier. `due_at`: when the timer that acts was to act, if that was earlier."""

    desk: "Desk"
    session: Session
    actor: Actor
    now: datetime
    silent_before: datetime | None = None
    lives: dict[int, Life] = field(default_factory=dict)
    due_at: datetime | None = None

    @property
    def settings(self) -> Settings:
        return self.desk.settings

    @property
    def editions(self) -> Editions:
        return self.desk.timetable.editions(self.session)

    @property
    def hours(self) -> BusinessCalendar:
        """The calendar in force, right for every instant before now too."""
        return self.editions[-1].hours

    def hours_of(self, level: str, severity: str, clock: str | None = None) -> BusinessCalendar:
        """What the clocks of such a ticket count by: the desk's hours, or 24/7, save deployment's own."""
        always = clock != ClockName.DEPLOYMENT and self.targets.promise(level, severity).always
        return ALWAYS if always else self.hours

    @property
    def promised(self) -> Versions:
        """The targets promised so far, the oldest first."""
        return self.desk.targets.versions(self.session)

    @property
    def targets(self) -> Targets:
        """Those in force: the last that were kept, whatever file this process was started with."""
        return self.promised[-1].targets

    @property
    def rules(self) -> Rules:
        older, now = pairwise(self.editions), self.promised[-1]
        earlier = tuple((new.since, old.hours) for old, new in older if new.since is not None)
        formerly = tuple(
            (new.since, (old.targets, old.acceptance_days))
            for old, new in pairwise(self.promised)
            if new.since is not None
        )
        return Rules(self.hours, now.targets, now.acceptance_days, earlier, formerly=formerly)

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The date that an instant bears at the desk."""
        return at.astimezone(self.settings.zone).date()

    def as_actor(self, actor: Actor) -> "Tx":
        return Tx(self.desk, self.session, actor, self.now, self.silent_before, self.lives, self.due_at)


@dataclass(frozen=True, slots=True)
class Turn:
    """An actor's turn at an instant."""

    desk: "Desk"
    actor: Actor
    at: datetime | None

    def do(self, verb: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the verb in one transaction; hooks are told after the commit. Raises `Refused`, having written
        nothing. Run again if another transaction was in its way, `TRIES` times in all."""
        require(self.actor, verb.__name__)
        tries = 0
        while True:
            try:
                result = self._once(verb, *args, **kwargs)
                break
            except DBAPIError as error:
                tries += 1
                if tries < TRIES and (collided(error) or same_key(error)):
                    continue  # what was written is taken back, and what the other left is looked at anew
                if collided(error) or held(error):
                    raise Crowded() from error
                raise
        self.desk.committed()
        return result

    def _once(self, verb: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.desk.database.writing() as session:
            if verb.__name__ in ALONE:
                have_calendar_alone(session)
            else:
                share_calendar(session)
            return verb(Tx(self.desk, session, self.actor, self._instant()), *args, **kwargs)

    def see(self, read: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read, if the actor's role may; which rows it may see is the read's own to scope."""
        require_sight(self.actor, read.__name__)
        with self.desk.database.reading() as session:
            return read(Tx(self.desk, session, self.actor, self._instant()), *args, **kwargs)

    def _instant(self) -> datetime:
        return self.at or wallclock.now()


@dataclass(slots=True)
class Desk:
    """`after_commit` hooks (the alarm, a live board) are handed in by whoever runs the desk. `learned`: what a day's
    predictions draw from (`sla.desk.experience`), with what it holds for; `remembered`: what the queue knows of the
    past (`sla.desk.known`), and on which day."""

    settings: Settings
    database: Database
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    timetable: Timetable = field(init=False)
    targets: KeptTargets = field(init=False)
    learned: tuple[Hashable, Past] | None = field(init=False, default=None)
    remembered: tuple[date | None, object] = field(init=False, default=(None, None))

    def __post_init__(self) -> None:
        self.timetable = Timetable(self.settings.calendar)
        self.targets = KeptTargets(self.settings.targets, self.settings.acceptance_days)

    @property
    def hours(self) -> BusinessCalendar:
        """The calendar in force, for edges that read nothing else."""
        with self.database.reading() as session:
            return self.timetable.editions(session)[-1].hours

    @classmethod
    def open(cls, settings: Settings) -> "Desk":
        return cls(settings, Database(settings.environment.database))

    def by(self, actor: Actor, at: datetime | None = None) -> Turn:
        return Turn(self, actor, at)

    def committed(self) -> None:
        for hook in self.after_commit:
            hook()

    def close(self) -> None:
        self.database.close()
