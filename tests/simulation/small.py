"""A simulated desk as tests write it: two technicians, two lines, the booklet's hours without holidays."""

from dataclasses import replace
from typing import Any

from sla.queue.jobs import Hand
from sla.simulation.simulated_desk import Arrivals, Line, Severity, SimulatedDesk, Work
from tests.queue.desks import CALENDAR

EVEN = (1.0,) * 5 + (0.0, 0.0)
DESK = SimulatedDesk(
    CALENDAR,
    (Hand(1, {"a": 1.0, "b": 1.2}), Hand(2, {"a": 1.0})),
    (Line("a", "a", 0.7, Work(1800, 0.8)), Line("b", "b", 0.3, Work(3600, 0.8))),
    (Severity("blocking", 0.3, 4.0, 7200, 28800), Severity("minor", 0.7, 1.0, 28800, 144000)),
    Work(720, 0.6),
    0.5,
    0.5,
    7200.0,
    Arrivals(60.0, EVEN, (1.0,) * 24),
)


def desk(**changed: Any) -> SimulatedDesk:
    return replace(DESK, **changed)
