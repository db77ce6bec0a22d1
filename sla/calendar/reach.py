"""A desk that would stay closed for more than 400 days is a mistake of whoever typed it, and is refused."""

from datetime import date

from .errors import NeverOpen
from .holiday import FIRST_YEAR, LAST_YEAR
from .hours import DAY
from .schedule import Schedule
from .zone import instant_of

LONGEST = 400
HARMLESS = 40  # so few dates can't take away 57 weekly openings in a row, even with the year's public holidays


def refuse_never_open(schedule: Schedule) -> None:
    """Raises `NeverOpen` if more than 400 days in a row lack an opening around what the schedule's dates close."""
    if not any(schedule.week):
        if not schedule.openings and not any(schedule.special.values()):
            raise NeverOpen("—")
        return
    if _dates_closed(schedule) <= HARMLESS:
        return
    first, last = _years_concerned(schedule)
    previous = schedule.zone.midnight(date(first, 1, 1))
    beyond = schedule.zone.midnight(date(last + 1, 1, 1))
    for start, end in [*schedule.build(first, last), (beyond, beyond)]:
        if start - previous > LONGEST * DAY:
            raise NeverOpen(schedule.zone.date_of(previous).isoformat())
        previous = end


def _dates_closed(schedule: Schedule) -> int:
    days = sum((closure.end - closure.start) // DAY + 1 for closure in schedule.closures)
    yearly = 2 * sum(1 for hours in schedule.yearly.values() if not hours)  # as often within 400 days
    return days + yearly + sum(1 for hours in schedule.special.values() if not hours) + len(schedule.holidays.listed)


def _years_concerned(schedule: Schedule) -> tuple[int, int]:
    """The years that closures, special hours and listed holidays touch, and one on either side; all, if every year."""
    years = [year for closure in schedule.closures for year in (_year(closure.start), _year(closure.end))]
    years += [day.year for day in schedule.special] + [day.year for day in schedule.holidays.listed]
    first, last = max(schedule.holidays.first_year, FIRST_YEAR), min(schedule.holidays.last_year, LAST_YEAR)
    if not all(schedule.yearly.values()):
        return first, last
    return min(max(min(years) - 1, first), last), max(min(max(years) + 1, last), first)


def _year(seconds: int) -> int:
    return instant_of(seconds).year
