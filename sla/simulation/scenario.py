"""What if: a desk with a technician more, a closure, more tickets, other targets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sla.calendar import BusinessCalendar
from sla.contract.targets import Target
from sla.queue.jobs import Hand
from sla.simulation.simulated_desk import Severity, SimulatedDesk

LABEL = "Fermeture simulée"
Targets = Callable[[str], Target | None]
"""Of a severity's code: what is promised."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """`technicians`: so many more, who master everything at full pace, or fewer, the last of the list gone; `tickets`:
    a factor; `closure`: first and last day, both closed."""

    technicians: int = 0
    tickets: float = 1.0
    closure: tuple[date, date] | None = None
    targets: Targets | None = None

    def of(self, desk: SimulatedDesk) -> SimulatedDesk:
        """Raises ValueError where nobody would be left for a line of the catalogue."""
        changed = replace(
            desk,
            hands=_hands(desk, self.technicians),
            calendar=_calendar(desk.calendar, self.closure),
            arrivals=replace(desk.arrivals, per_week=desk.arrivals.per_week * self.tickets),
            severities=[_promised(each, self.targets) for each in desk.severities],
        )
        for line in changed.lines:
            if not any(hand.pace(line.code, line.skill) for hand in changed.hands):
                raise ValueError(line.code)
        return changed


def _hands(desk: SimulatedDesk, more: int) -> Sequence[Hand]:
    hands = list(desk.hands)
    if more < 0:
        return hands[:more]
    everything = {line.skill: 1.0 for line in desk.lines}
    first = max((hand.id for hand in hands), default=0) + 1
    return [*hands, *(Hand(number, everything) for number in range(first, first + more))]


def _calendar(calendar: BusinessCalendar, closure: tuple[date, date] | None) -> BusinessCalendar:
    if closure is None:
        return calendar
    first, last = closure
    return calendar.without([(_midnight(calendar, first), _midnight(calendar, last + timedelta(days=1)), LABEL)])


def _midnight(calendar: BusinessCalendar, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=calendar.zone)


def _promised(severity: Severity, targets: Targets | None) -> Severity:
    found = targets(severity.code) if targets is not None else None
    if found is None:
        return severity
    return replace(
        severity,
        first_response=found.first_response,
        next_response=found.next_response,
        workaround=found.workaround,
        resolution=found.resolution,
    )
