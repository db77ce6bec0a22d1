"""Which promises were kept, by month, contract, severity and technician, as a manager reads it.

A promise counts in the month in which it was decided: kept when the answer came, missed when its deadline passed. What
another severity or contract made late at once is counted apart.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sla.contract.targets import Severity
from sla.desk.decided import Decided, decided
from sla.desk.office import Tx
from sla.errors import BadInstant, Both, UnfitInstant
from sla.ticket.clock import ClockName

MONTHS = 12
SHOWN = 50
OLDEST = 2000
NO_MONTH = Both("un mois tel que 2026-09 est attendu", "a month such as 2026-09 is expected")
AHEAD = Both("ce mois n’a pas commencé", "this month has not begun")


@dataclass(frozen=True, slots=True)
class Tally:
    """`changed`: made late at once by another severity or contract; neither kept nor missed."""

    met: int = 0
    missed: int = 0
    changed: int = 0

    @property
    def share(self) -> float | None:
        """Of those kept or missed, the share that was kept; None where there was none."""
        return self.met / (self.met + self.missed) if self.met + self.missed else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.met + other.met, self.missed + other.missed, self.changed + other.changed)


@dataclass(frozen=True, slots=True)
class Line:
    """`name`: a month (its first day), (company, level), a severity, a technician's name (with the address, where two
    have it) or None."""

    name: Any
    clocks: Mapping[str, Tally]

    @property
    def whole(self) -> Tally:
        return sum(self.clocks.values(), Tally())


@dataclass(frozen=True, slots=True)
class Compliance:
    """`month`: the first day of the one asked for; `months`: of the last twelve, those in which anything was decided,
    the latest first; `clocks`: those that were decided in them or in `month`.
    `missed`: the latest 50 of the month, of `whole.missed`."""

    month: date
    months: Sequence[Line]
    whole: Line
    contracts: Sequence[Line]
    severities: Sequence[Line]
    technicians: Sequence[Line]
    missed: Sequence[Decided]
    clocks: Sequence[str]


def compliance(tx: Tx, month: str = "") -> Compliance:
    """For a manager. `month` as `2026-09`, else the one that runs; BadInstant or UnfitInstant for one that can't be."""
    current = tx.today.replace(day=1)
    asked = _asked(month, current)
    year = decided(tx, first := months_before(current, MONTHS - 1), months_before(current, -1))
    older = decided(tx, asked, months_before(asked, -1)) if asked < first else []
    of_month = older or [each for each in year if each.month == asked]
    missed = [each for each in of_month if each.mark == "missed" and each.cause is None]
    return Compliance(
        asked,
        sorted(_lines(year, lambda each: each.month), key=lambda line: line.name, reverse=True),
        next(iter(_lines(of_month, lambda each: each.month)), Line(asked, {})),
        sorted(_lines(of_month, lambda each: (each.company, each.level)), key=lambda line: line.name),
        sorted(_lines(of_month, lambda each: each.severity), key=lambda line: list(Severity).index(line.name)),
        sorted(_lines(of_month, _named(of_month)), key=lambda line: line.name or "\uffff"),
        sorted(missed, key=lambda each: (each.at, each.ticket), reverse=True)[:SHOWN],
        [name for name in ClockName if any(each.clock == name for each in (*year, *older))],
    )


def _asked(typed: str, current: date) -> date:
    if not typed:
        return current
    try:
        month = date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise BadInstant("month", value=typed[:20], rule=NO_MONTH) from None
    if month.year < OLDEST:
        raise BadInstant("month", value=typed[:20], rule=NO_MONTH)
    if month > current:
        raise UnfitInstant("month", value=typed, rule=AHEAD)
    return month


def months_before(month: date, count: int) -> date:
    years, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, index + 1, 1)


def _lines(found: Sequence[Decided], name: Callable[[Decided], Any]) -> list[Line]:
    tallies: dict[Any, dict[str, Tally]] = {}
    for each in found:
        of = tallies.setdefault(name(each), {})
        of[each.clock] = of.get(each.clock, Tally()) + _counted(each)
    return [Line(key, clocks) for key, clocks in tallies.items()]


def _named(found: Sequence[Decided]) -> Callable[[Decided], str | None]:
    """Whose a promise was: by name, with the address where two have that name."""
    addresses: dict[str | None, set[str | None]] = {}
    for each in found:
        addresses.setdefault(each.technician, set()).add(each.address)
    shared = {name for name, theirs in addresses.items() if len(theirs) > 1}
    return lambda each: f"{each.technician} ({each.address})" if each.technician in shared else each.technician


def _counted(each: Decided) -> Tally:
    if each.cause is not None:
        return Tally(changed=1)
    return Tally(met=1) if each.mark == "met" else Tally(missed=1)
