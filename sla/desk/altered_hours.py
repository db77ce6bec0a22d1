"""What an edit of the calendar opens and closes, as those it concerns are told: whole days where days are whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sla.calendar import BusinessCalendar, changed_between

AHEAD = timedelta(days=400)
MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Altered:
    """Half-open, from one aware instant to another. `whole`: of a closing, nothing opens on any of its days."""

    start: datetime
    end: datetime
    opens: bool
    whole: bool = False


def altered(before: BusinessCalendar, after: BusinessCalendar, now: datetime) -> list[Altered]:
    """In order. What closes around a pause, a night or a weekend is one closing: nothing was open in between."""
    found: list[Altered] = []
    for each in changed_between(before, after, now, now + AHEAD):
        last = found[-1] if found else None
        if last is not None and not last.opens and not each.opens and not after.between(last.end, each.start):
            found[-1] = replace(last, end=each.end)
        else:
            found.append(Altered(each.start, each.end, each.opens))
    return [replace(each, whole=not each.opens and not any(_open(after, each))) for each in found]


def _open(hours: BusinessCalendar, closed: Altered) -> Iterable[bool]:
    """For each day of a closing, whether any of it is open."""
    day, last = (at.astimezone(hours.zone).date() for at in (closed.start, closed.end - MOMENT))
    while day <= last:
        yield bool(hours.hours_of(day))
        day += timedelta(days=1)
