"""What an edit of a calendar changes: the periods that open and those that close."""

from dataclasses import dataclass
from datetime import datetime

from .business import BusinessCalendar
from .spans import minus
from .zone import instant_of, seconds_of


@dataclass(frozen=True, slots=True)
class Change:
    """A period, half-open, in aware UTC, in which the new calendar is open (`opens`) and the old one isn't, or the
    reverse."""

    start: datetime
    end: datetime
    opens: bool


def changed_between(old: BusinessCalendar, new: BusinessCalendar, first: datetime, last: datetime) -> list[Change]:
    """The periods of `[first, last)` whose openness differs, in order; none if the two agree throughout."""
    low, high = seconds_of(first), seconds_of(last)
    before, after = old.open_seconds(low, high), new.open_seconds(low, high)
    found = [(span, True) for span in minus(after, before)] + [(span, False) for span in minus(before, after)]
    return [Change(instant_of(start), instant_of(end), opens) for (start, end), opens in sorted(found)]
