"""The desk put together: settings, calendar, database; and the one place that opens transactions.

`desk.by(actor, at=None).do(verb, …)` runs a verb's effect in a transaction of its own; `.see(read, …)` runs a read.
Effects and reads are plain functions that take a `Tx` first, so that a timer or a batch can call several of them in one
transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from sla import wallclock
from sla.calendar import BusinessCalendar
from sla.desk.actor import Actor
from sla.desk.permits import require, require_sight
from sla.settings import Settings
from sla.store.database import Database
from sla.ticket.life import Life, Rules

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction on behalf of one actor at one instant (UTC). `silent_before`: an import writes no timer due
    earlier."""

    desk: "Desk"
    session: Session
    actor: Actor
    now: datetime
    silent_before: datetime | None = None
    lives: dict[int, Life] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.desk.settings

    @property
    def hours(self) -> BusinessCalendar:
        return self.desk.settings.calendar

    @property
    def rules(self) -> Rules:
        return self.desk.rules

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The date that an instant bears at the desk."""
        return at.astimezone(self.settings.zone).date()

    def as_actor(self, actor: Actor) -> "Tx":
        return Tx(self.desk, self.session, actor, self.now, self.silent_before, self.lives)


@dataclass(frozen=True, slots=True)
class Turn:
    """An actor's turn at an instant."""

    desk: "Desk"
    actor: Actor
    at: datetime | None

    def do(self, verb: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the verb in one transaction; hooks are told after the commit. Raises `Refused`, having written
        nothing."""
        require(self.actor, verb.__name__)
        with self.desk.database.writing() as session:
            result = verb(Tx(self.desk, session, self.actor, self._instant()), *args, **kwargs)
        self.desk.committed()
        return result

    def see(self, read: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read, if the actor's role may; which rows it may see is the read's own to scope."""
        require_sight(self.actor, read.__name__)
        with self.desk.database.reading() as session:
            return read(Tx(self.desk, session, self.actor, self._instant()), *args, **kwargs)

    def _instant(self) -> datetime:
        return self.at or wallclock.now()


@dataclass(slots=True)
class Desk:
    """`after_commit` hooks (the alarm, a live board) are handed in by whoever runs the desk."""

    settings: Settings
    database: Database
    after_commit: list[Callable[[], None]] = field(default_factory=list)

    @classmethod
    def open(cls, settings: Settings) -> "Desk":
        return cls(settings, Database(settings.database_url))

    @property
    def rules(self) -> Rules:
        return Rules(self.settings.calendar, self.settings.targets, self.settings.acceptance_days)

    def by(self, actor: Actor, at: datetime | None = None) -> Turn:
        return Turn(self, actor, at)

    def committed(self) -> None:
        for hook in self.after_commit:
            hook()

    def close(self) -> None:
        self.database.close()
