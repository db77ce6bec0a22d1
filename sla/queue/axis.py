"""The desk's working time as one line of seconds: instants to places on it and back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sla.ticket.clock import Hours


class Axis:
    """Working seconds of `hours` from `zero`; nights, closures and absences of the whole desk take no place on it."""

    __slots__ = ("_hours", "_zero")

    def __init__(self, hours: Hours, zero: datetime) -> None:
        self._hours, self._zero = hours, zero

    def of(self, at: datetime) -> float:
        """Negative before zero; a closed instant is where the desk closed."""
        return self._hours.between(self._zero, at).total_seconds()

    def ends(self, place: float) -> datetime:
        """When work that ends there ends: at closing, not at the next opening."""
        return self._hours.add(self._zero, timedelta(seconds=round(place)))

    def begins(self, place: float) -> datetime:
        """When work that begins there begins: at the next opening, not at closing."""
        return self._hours.next_open(self.ends(place))

    def stretches(self, periods: Iterable[tuple[datetime, datetime]]) -> tuple[tuple[float, float], ...]:
        """The periods of the axis from zero on, in order, those that touch made one, empty ones left out."""
        found: list[tuple[float, float]] = []
        for begin, end in sorted((max(0.0, self.of(begin)), self.of(end)) for begin, end in periods):
            if begin >= end:
                continue
            if found and begin <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((begin, end))
        return tuple(found)
