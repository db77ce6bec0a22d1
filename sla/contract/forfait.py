"""Prepaid hours, counted in whole quarter-hours: what work costs, which forfait pays, what is owed."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

QUARTER = 15
"""Minutes that are consumed as soon as they are started (booklet, Consommation des heures)."""


class NegativeAmount(ValueError):
    """An amount of time, or of months, that can't be below its least."""

    def __init__(self, name: str, value: int) -> None:
        self.value = value
        super().__init__(f"{name} can't be {value}")


class Pack(Protocol):
    """A forfait as these rules read it; both days are in the desk's zone and included."""

    @property
    def id(self) -> int: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def balance_quarters(self) -> int: ...


P = TypeVar("P", bound=Pack)


@dataclass(frozen=True)
class Debit:
    """Quarter-hours taken, as (pack id, quarters) in the order of the takings, and those that no pack could pay."""

    takes: tuple[tuple[int, int], ...]
    owed: int


def quarters(minutes: int) -> int:
    """Started quarter-hours of an intervention's real minutes: 1 → 1, 15 → 1, 16 → 2, 0 → 0."""
    return -(-_least_zero("minutes", minutes) // QUARTER)


def valid_on(packs: Iterable[P], day: date) -> list[P]:
    """The forfaits whose validity holds that day, in the order of their consumption: first expiry, then lowest id."""
    valid = (pack for pack in packs if pack.first_day <= day <= pack.last_day)
    return sorted(valid, key=lambda pack: (pack.last_day, pack.id))


def debit(packs: Iterable[Pack], day: date, quarters: int) -> Debit:
    """Who pays for work done on `day`: the forfait that expires first, then the next, never below zero."""
    left = _least_zero("quarters", quarters)
    takes: list[tuple[int, int]] = []
    for pack in valid_on(packs, day):
        taken = min(left, max(pack.balance_quarters, 0))
        if taken:
            takes.append((pack.id, taken))
            left -= taken
    return Debit(tuple(takes), owed=left)


def quarters_left(packs: Iterable[Pack], day: date) -> int:
    """The « compteur d'heures de TMA »: quarter-hours over the forfaits that run on that day."""
    return sum(max(pack.balance_quarters, 0) for pack in valid_on(packs, day))


def settle(owed: int, bought: int) -> int:
    """The quarter-hours that a new forfait pays at once for what was owed before it."""
    return min(_least_zero("owed", owed), _least_zero("bought", bought))


def last_day(first_day: date, months: int) -> date:
    """The last day of validity, included: the eve of the same day `months` later, or that month's end if it has none.

    2026-03-01 for 12 months ends on 2027-02-28, and so does a year begun on 29 February on the next 28.
    """
    if months < 1:
        raise NegativeAmount("months", months)
    later = first_day.year * 12 + first_day.month - 1 + months
    year, month = later // 12, later % 12 + 1
    length = monthrange(year, month)[1]
    if first_day.day > length:
        return date(year, month, length)
    return date(year, month, first_day.day) - timedelta(days=1)


def low_levels_crossed(
    sold_quarters: int, before: int, after: int, shares: Sequence[int] = (25, 10, 0)
) -> tuple[int, ...]:
    """The low-balance shares, in per cent of what was sold, that a movement from `before` to `after` came down to."""
    return tuple(share for share in shares if before * 100 > share * sold_quarters >= after * 100)


def _least_zero(name: str, value: int) -> int:
    if value < 0:
        raise NegativeAmount(name, value)
    return value
