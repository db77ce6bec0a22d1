"""A ticket's course as it is played: whose turn it is, and what they do when it comes.

A course (`sla.demo.courses`) is a generator that acts through its telling and yields what it waits for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Protocol

from sla.calendar import BusinessCalendar
from sla.contract.service_item import Coverage
from sla.demo.cast import Cast, Firm
from sla.demo.stage import Stage
from sla.demo.words import Request, phrases
from sla.desk.actor import SYSTEM, Actor
from sla.desk.sight import ticket_in_sight


@dataclass(frozen=True, slots=True)
class Effort:
    """A technician's time; `logged` time is written down with its note, the rest is reading and writing."""

    minutes: int
    logged: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Until:
    """Someone else's turn, until an instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """The technician's turn at the instant of a call."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """In the queue until a technician takes it."""


Step = Effort | Until | Call | Taken
Course = Iterator[Step]


@dataclass
class Live:
    """Instants before which the course of a ticket doesn't move on, so that it stands where it must at the end.
    `reference`: the publisher's, where it matters which."""

    answer_at: datetime | None = None
    decide_at: datetime | None = None
    call_at: datetime | None = None
    chase_at: datetime | None = None
    work_at: datetime | None = None
    reference: str | None = None


class Worker(Protocol):
    """Whose ticket it is: their own hours, what they have in hand, and the calls that they hold."""

    technician: Actor
    hours: BusinessCalendar
    calls: list[tuple[datetime, "Telling"]]
    in_hand: list["Telling"]

    def expect_call(self, at: datetime, telling: "Telling") -> None: ...


@dataclass(eq=False)
class Telling:
    """One ticket; `queued` while its course waits for a technician to take it, `over` once nothing more comes."""

    stage: Stage
    cast: Cast
    firm: Firm
    requester: Actor
    words: Request
    chance: Random
    live: Live = field(default_factory=Live)
    number: int = 0
    worker: Worker | None = None
    effort: Effort | None = None
    left: int = 0
    queued: bool = True
    over: bool = False
    course: Course = field(default_factory=lambda: iter(()))

    @property
    def at(self) -> datetime:
        return self.stage.at

    @property
    def state(self) -> str:
        return self.stage.see(SYSTEM, ticket_in_sight, self.number).state

    @property
    def consumes(self) -> bool:
        """Whether its work is taken from a forfait."""
        return self.stage.see(SYSTEM, ticket_in_sight, self.number).level == Coverage.TMA

    def client(self, verb: Callable[..., Any], **facts: Any) -> Any:
        return self.stage.do(self.requester, verb, self.number, **facts)

    def support(self, verb: Callable[..., Any], **facts: Any) -> Any:
        """By the technician whose ticket it is."""
        if self.worker is None:
            raise LookupError(f"nobody has taken ticket {self.number}")
        return self.stage.do(self.worker.technician, verb, self.number, **facts)

    def steer(self, verb: Callable[..., Any], **facts: Any) -> Any:
        """By the dispatcher, on the technician's word."""
        return self.stage.do(self.cast.dispatcher, verb, self.number, **facts)

    def on_call(self, verb: Callable[..., Any], appointment: int, **facts: Any) -> Any:
        if self.worker is None:
            raise LookupError(f"nobody has taken ticket {self.number}")
        return self.stage.do(self.worker.technician, verb, appointment, **facts)

    def say(self, kind: str) -> str:
        return self.chance.choice(phrases(kind))

    def soon(self, least: int, most: int) -> Until:
        """Within so many working minutes."""
        return Until(self.stage.minutes(self.chance.randint(least, most) + self.chance.random()))

    def go_on(self) -> None:
        """The next turn begins."""
        step = next(self.course, None)
        self.effort, self.queued, self.over = None, isinstance(step, Taken), step is None
        if isinstance(step, Until):
            self.stage.later(step.at, self.go_on)
        elif isinstance(step, Effort):
            self.effort, self.left = step, step.minutes
            if self.worker is not None:
                self.worker.in_hand.append(self)
        elif isinstance(step, Call) and self.worker is not None:
            self.worker.expect_call(step.at, self)

    def taken_by(self, worker: Worker) -> None:
        """From the queue: new, back again, or called for by the client's message."""
        if self.queued:
            self.worker = worker
            self.go_on()
        elif self.worker is not None and self in self.worker.in_hand:
            self.worker.in_hand.remove(self)
            self.worker = worker
            worker.in_hand.append(self)
