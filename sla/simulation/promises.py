"""What a simulated ticket was promised, counted by the clocks that count the real ones."""

from dataclasses import dataclass
from datetime import datetime

from sla.simulation.simulated_desk import Severity
from sla.ticket.clock import Clock, ClockName, Hours, Mark


@dataclass(slots=True)
class Promises:
    """The first answer and the resolution of one ticket, from its deposit on."""

    hours: Hours
    first: Clock
    resolution: Clock

    @classmethod
    def made(cls, severity: Severity, at: datetime, hours: Hours) -> "Promises":
        first = Clock(ClockName.FIRST_RESPONSE).start(at, severity.first_response, hours)
        return cls(hours, first, Clock(ClockName.RESOLUTION).start(at, severity.resolution, hours))

    def answer(self, at: datetime) -> None:
        self.first = self.first.stop(at, self.hours)

    def wait(self, at: datetime) -> None:
        self.resolution = self.resolution.pause(at, self.hours)

    def resume(self, at: datetime) -> datetime | None:
        """The deadline of the resolution, the wait left out."""
        self.resolution = self.resolution.resume(at, self.hours)
        return self.resolution.due_at

    def resolve(self, at: datetime) -> None:
        self.resolution = self.resolution.stop(at, self.hours)

    @property
    def broken(self) -> bool:
        return Mark.MISSED in (self.first.mark, self.resolution.mark)

    def late_s(self, clock: Clock) -> float:
        """How far a promise was missed, in working seconds."""
        if clock.mark is not Mark.MISSED or clock.due_at is None or clock.ended_at is None:
            return 0.0
        return self.hours.between(clock.due_at, clock.ended_at).total_seconds()
