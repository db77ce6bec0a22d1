"""Working time: when a desk is open, and what that makes of deadlines. Imports nothing of the rest of the service."""

from .business import BusinessCalendar
from .errors import (
    CalendarError,
    CalendarFileError,
    Mistake,
    NaiveInstant,
    NeverOpen,
    UnknownRegion,
    UnknownWeekday,
    UnknownZone,
    WrongAmount,
    WrongDate,
    WrongHours,
    WrongPeriod,
    YearOutOfReach,
)
from .holiday import FrenchHolidays
from .lines import key_lines, line_of
from .reason import Stretch, told_together

__all__ = [
    "BusinessCalendar",
    "CalendarError",
    "CalendarFileError",
    "FrenchHolidays",
    "Mistake",
    "NaiveInstant",
    "NeverOpen",
    "Stretch",
    "UnknownRegion",
    "UnknownWeekday",
    "UnknownZone",
    "WrongAmount",
    "WrongDate",
    "WrongHours",
    "WrongPeriod",
    "YearOutOfReach",
    "key_lines",
    "line_of",
    "told_together",
]
