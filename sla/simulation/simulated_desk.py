"""The desk that is simulated: who answers, what arrives, what it takes, what is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sla.calendar import BusinessCalendar
from sla.queue.jobs import Hand


@dataclass(frozen=True, slots=True)
class Work:
    """How long one kind of work takes at full pace: `mean` seconds, lognormal with `sigma` of the logarithm, or as
    `ratios` to the mean that were observed."""

    mean: float
    sigma: float
    ratios: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked for: its share of the tickets, the skill it needs, and the work after its first answer."""

    code: str
    skill: str
    share: float
    resolution: Work


@dataclass(frozen=True, slots=True)
class Severity:
    """Its share of the tickets, its weight, and what is promised in working seconds; None: nothing is."""

    code: str
    share: float
    weight: float
    first_response: int
    resolution: int
    next_response: int | None = None
    workaround: int | None = None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Tickets a week, by weekday (Monday first) and by hour of the day; shares need not sum to one. `swings`: factors,
    of which each day draws one: some days are busier than others."""

    per_week: float
    weekday_share: Sequence[float]
    hour_share: Sequence[float]
    swings: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Stress:
    """Absences (a chance a day for each, their lengths in working days, how many at once) and bursts (one in so many
    days, so many tickets within so many seconds)."""

    absence_chance: float = 0.0
    absence_days: Sequence[int] = (1,)
    absences_at_once: int = 1
    burst_chance: float = 0.0
    burst_tickets: int = 0
    burst_within: float = 3600.0


@dataclass(frozen=True, slots=True)
class SimulatedDesk:
    """`needs_resolution`: the share of tickets with work after the first answer, `waits` the share of those that wait
    for the client first, `wait` seconds on average, or one of `pauses` where these were observed; `follow_weight`: what
    a resolution weighs beside a first answer; `hand_over`: seconds more when another takes over; `calls`: callbacks a
    day for each, of `call` seconds."""

    calendar: BusinessCalendar
    hands: Sequence[Hand]
    lines: Sequence[Line]
    severities: Sequence[Severity]
    first_response: Work
    needs_resolution: float
    waits: float
    wait: float
    arrivals: Arrivals
    stress: Stress = field(default_factory=Stress)
    follow_weight: float = 0.5
    hand_over: float = 300.0
    calls: float = 0.0
    call: float = 900.0
    pauses: Sequence[float] = ()

    @property
    def by_line(self) -> Mapping[str, Line]:
        return {line.code: line for line in self.lines}

    @property
    def by_severity(self) -> Mapping[str, Severity]:
        return {severity.code: severity for severity in self.severities}
