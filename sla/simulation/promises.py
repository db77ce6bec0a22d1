"""What a simulated ticket was promised, counted by the clocks that count the real ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sla.simulation.simulated_desk import Severity
from sla.ticket.clock import Clock, ClockName, Hours, Mark

WORKED_AROUND = 0.5
"""The share of the work after the first answer at which a workaround is given, or said to be impossible."""


@dataclass(slots=True)
class Promises:
    """The clocks of one ticket, from its deposit on; `workaround` and `following` never run where the severity promises
    neither."""

    hours: Hours
    severity: Severity
    first: Clock
    workaround: Clock
    following: Clock
    resolution: Clock

    @classmethod
    def made(cls, severity: Severity, at: datetime, hours: Hours) -> "Promises":
        first, workaround, following, resolution = (
            Clock(name)
            for name in (ClockName.FIRST_RESPONSE, ClockName.WORKAROUND, ClockName.NEXT_RESPONSE, ClockName.RESOLUTION)
        )
        if severity.workaround is not None:
            workaround = workaround.start(at, severity.workaround, hours)
        first = first.start(at, severity.first_response, hours)
        return cls(hours, severity, first, workaround, following, resolution.start(at, severity.resolution, hours))

    def answer(self, at: datetime) -> None:
        self.first = self.first.stop(at, self.hours)

    def wait(self, at: datetime) -> None:
        self.workaround = self.workaround.pause(at, self.hours)
        self.resolution = self.resolution.pause(at, self.hours)

    def resume(self, at: datetime, *, message: bool) -> None:
        """The wait left out; a message of the client's is owed an answer."""
        self.workaround = self.workaround.resume(at, self.hours)
        self.resolution = self.resolution.resume(at, self.hours)
        if message and self.severity.next_response is not None:
            self.following = self.following.start(at, self.severity.next_response, self.hours)

    def reply(self, at: datetime) -> None:
        self.following = self.following.stop(at, self.hours)

    def work_around(self, at: datetime) -> None:
        self.workaround = self.workaround.stop(at, self.hours)

    def resolve(self, at: datetime) -> None:
        self.reply(at)
        self.work_around(at)
        self.resolution = self.resolution.stop(at, self.hours)

    def on_the_way(self, answer: float, follow: float) -> Iterator[tuple[float, Callable[[datetime], None]]]:
        """What is kept before the work that follows has ended, after how many of its seconds: a message is answered
        once as much is done as the first answer took, a workaround given half-way."""
        if self.following.live:
            yield min(answer, follow), self.reply
        if self.workaround.live:
            yield WORKED_AROUND * follow, self.work_around

    @property
    def due(self) -> datetime | None:
        """The nearest running deadline."""
        clocks = (self.first, self.workaround, self.following, self.resolution)
        running = (clock.due_at for clock in clocks if clock.mark is Mark.RUNNING)
        return min((due for due in running if due is not None), default=None)

    @property
    def broken(self) -> bool:
        """Any of them."""
        return Mark.MISSED in (self.first.mark, self.workaround.mark, self.following.mark, self.resolution.mark)

    def late_s(self, *clocks: Clock) -> float:
        """How far promises were missed, in working seconds."""
        return sum(
            self.hours.between(clock.due_at, clock.ended_at).total_seconds()
            for clock in clocks
            if clock.mark is Mark.MISSED and clock.due_at is not None and clock.ended_at is not None
        )
