"""Working time: when a desk is open, and what that makes of deadlines. Imports nothing of the rest of the service."""

from .bar import svg_bar
from .business import AlwaysOpen, BusinessCalendar, meet
from .changes import Change, changed_between
from .errors import (
    CalendarError,
    CalendarFileError,
    Mistake,
    NaiveInstant,
    NeverOpen,
    NoSingleDesk,
    UnknownRegion,
    UnknownWeekday,
    UnknownZone,
    WrongAmount,
    WrongDate,
    WrongFeed,
    WrongHours,
    WrongPeriod,
    WrongYears,
    YearOutOfReach,
)
from .feed import as_ics
from .holiday import FrenchHolidays
from .imported import Imported, Unusable, closures_from_ics
from .lines import key_lines, line_of
from .reason import Stretch, told_together
from .telling import as_text, told
from .words import bridge_label

__all__ = [
    "AlwaysOpen",
    "BusinessCalendar",
    "CalendarError",
    "CalendarFileError",
    "Change",
    "FrenchHolidays",
    "Imported",
    "Mistake",
    "NaiveInstant",
    "NeverOpen",
    "NoSingleDesk",
    "Stretch",
    "UnknownRegion",
    "UnknownWeekday",
    "UnknownZone",
    "Unusable",
    "WrongAmount",
    "WrongDate",
    "WrongFeed",
    "WrongHours",
    "WrongPeriod",
    "WrongYears",
    "YearOutOfReach",
    "as_ics",
    "as_text",
    "bridge_label",
    "changed_between",
    "closures_from_ics",
    "key_lines",
    "line_of",
    "meet",
    "svg_bar",
    "told",
    "told_together",
]
