"""What a client is told: a window of the clock with its confidence, within opening hours."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sla.queue.expect.grid import Grid
from sla.ticket.clock import Hours

CONFIDENCE = 0.8
STEP = timedelta(minutes=5)
"""Nobody believes « 9 h 23 »: ends are said to the nearest five minutes."""


@dataclass(frozen=True, slots=True)
class Window:
    """The answer comes between `low` and `high` with probability `confidence`."""

    low: datetime
    high: datetime
    confidence: float


def window(waits: Grid, hours: Hours, now: datetime, confidence: float = CONFIDENCE) -> Window:
    """From now on: it begins when the desk is open, or now, and ends by a closing."""
    tail = round((1 - confidence) / 2, 6)
    begin = _rounded(hours.add(now, timedelta(seconds=waits.at(tail))))
    end = _rounded(hours.add(now, timedelta(seconds=waits.at(1 - tail))))
    opening = hours.next_open(now)
    low = max(hours.next_open(begin), opening)
    high = hours.add(now, max(hours.between(now, end), timedelta()))
    if high < low:  # all of it comes just before a closing, where `begin` is said to be, too
        return Window(max(opening, hours.next_open(high - STEP)), high, confidence)
    return Window(low, high if high > low else _soon_after(low, hours), confidence)


def _soon_after(at: datetime, hours: Hours) -> datetime:
    """A step later, or the closing before that."""
    return hours.add(at, hours.between(at, at + STEP))


def _rounded(at: datetime) -> datetime:
    """Zones differ by whole quarters of an hour: five minutes of UTC are five minutes anywhere."""
    step = STEP.total_seconds()
    return datetime.fromtimestamp(round(at.timestamp() / step) * step, UTC)
