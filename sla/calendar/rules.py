"""Where open time comes from: the rules of one desk, and what can be made of several (its versions: versions.py).

Each answers for open spans (`build`), for reasons (`pieces`) and for dates; `Ruled` joins one to the table that keeps
its spans.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from .explanation import both_open, explained, overlaid
from .reach import refuse_never_open
from .reason import Piece
from .schedule import Period, Schedule
from .spans import Span, common, merged, minus
from .table import Table
from .zone import Zone

Given = tuple[str, Period]
"""A kind (`closure`, `opening`, `absence`) and its period."""


class Rules(Protocol):
    """What decides whether the desk is open, from `first_year` to `last_year`."""

    @property
    def zone(self) -> Zone: ...
    @property
    def first_year(self) -> int: ...
    @property
    def last_year(self) -> int: ...
    @property
    def schedule(self) -> Schedule | None:
        """The rules of the one desk behind it, the latest of its versions; None if no one desk is behind it."""
        ...

    def build(self, first_year: int, last_year: int) -> list[Span]:
        """The merged open spans of whole local years, in UTC seconds."""
        ...

    def pieces(self, low: int, high: int) -> list[Piece]:
        """Every second of `[low, high)` with its cause, in UTC."""
        ...

    def usual(self, day: date) -> bool:
        """Whether the date's weekday has hours."""
        ...

    def holiday(self, day: date) -> str | None:
        """The public holiday on the date, whether or not the desk opens."""
        ...

    def given(self, low: int, high: int) -> list[Given]:
        """The closures, openings and absences that touch `[low, high)`."""
        ...

    def without(self, closures: tuple[Period, ...]) -> "Rules":
        """The same with more closures. Raises `NeverOpen`."""
        ...


@dataclass(frozen=True, slots=True)
class Ruled:
    """Rules, and the table of the spans they open."""

    rules: Rules
    table: Table

    @classmethod
    def by(cls, rules: Rules) -> "Ruled":
        """With a new table, that grows when it is asked."""
        return cls(rules, Table(rules.zone, rules.build, rules.first_year, rules.last_year))


class OneDesk:
    """The rules of one desk. Raises `NeverOpen`."""

    def __init__(self, schedule: Schedule) -> None:
        refuse_never_open(schedule)
        self.schedule, self.zone, self.build = schedule, schedule.zone, schedule.build
        self.first_year, self.last_year = schedule.holidays.first_year, schedule.holidays.last_year

    def pieces(self, low: int, high: int) -> list[Piece]:
        return explained(self.schedule, low, high)

    def usual(self, day: date) -> bool:
        return bool(self.schedule.usual(day))

    def holiday(self, day: date) -> str | None:
        return self.schedule.holiday(day)

    def given(self, low: int, high: int) -> list[Given]:
        kinds = (("closure", self.schedule.closures), ("opening", self.schedule.openings))
        return [(kind, period) for kind, found in kinds for period in touching(found, low, high)]

    def without(self, closures: tuple[Period, ...]) -> Rules:
        return OneDesk(replace(self.schedule, closures=tuple(sorted(self.schedule.closures + closures))))


class Absent:
    """Someone's time: a calendar without the absences, which win over everything."""

    schedule = None

    def __init__(self, of: Ruled, absences: tuple[Period, ...]) -> None:
        self._of, self._absences, self._taken = of, absences, merged(absence.span for absence in absences)
        self.zone, self.usual, self.holiday = of.rules.zone, of.rules.usual, of.rules.holiday
        self.first_year, self.last_year = of.rules.first_year, of.rules.last_year

    def build(self, first_year: int, last_year: int) -> list[Span]:
        return minus(self._of.table.years(first_year, last_year), self._taken)

    def pieces(self, low: int, high: int) -> list[Piece]:
        return overlaid(self._of.rules.pieces(low, high), touching(self._absences, low, high))

    def given(self, low: int, high: int) -> list[Given]:
        away = [("absence", absence) for absence in touching(self._absences, low, high)]
        return self._of.rules.given(low, high) + away

    def without(self, closures: tuple[Period, ...]) -> Rules:
        return Absent(Ruled.by(self._of.rules.without(closures)), self._absences)


class Meeting:
    """Where two calendars are both open; shown in the zone of the first."""

    schedule = None

    def __init__(self, one: Ruled, other: Ruled) -> None:
        self._one, self._other, self.zone = one, other, one.rules.zone
        apart = int(one.rules.zone.name != other.rules.zone.name)  # years begin at different instants
        self.first_year = max(one.rules.first_year, other.rules.first_year + apart)
        self.last_year = min(one.rules.last_year, other.rules.last_year - apart)

    def build(self, first_year: int, last_year: int) -> list[Span]:
        low, high = self.zone.years(first_year, last_year)
        return common(self._one.table.spans(low, high), self._other.table.spans(low, high))

    def pieces(self, low: int, high: int) -> list[Piece]:
        return both_open(self._one.rules.pieces(low, high), self._other.rules.pieces(low, high))

    def usual(self, day: date) -> bool:
        return self._one.rules.usual(day) and self._other.rules.usual(day)

    def holiday(self, day: date) -> str | None:
        return self._one.rules.holiday(day) or self._other.rules.holiday(day)

    def given(self, low: int, high: int) -> list[Given]:
        ours = self._one.rules.given(low, high)
        return ours + [found for found in self._other.rules.given(low, high) if found not in ours]

    def without(self, closures: tuple[Period, ...]) -> Rules:
        return Meeting(Ruled.by(self._one.rules.without(closures)), self._other)


def touching(found: Sequence[Period], low: int, high: int) -> list[Period]:
    """The periods that share an instant with `[low, high)`."""
    return [period for period in found if period.start < high and period.end > low]
