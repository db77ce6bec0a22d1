"""Working time: when a desk is open, and what that makes of deadlines. Imports nothing of the rest of the service.

    >>> from datetime import date, datetime, timedelta
    >>> from zoneinfo import ZoneInfo
    >>> week = {day: [("09:00", "12:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    >>> desk = BusinessCalendar("Europe/Paris", week, FrenchHolidays())
    >>> thursday = datetime(2026, 4, 30, 16, tzinfo=ZoneInfo("Europe/Paris"))
    >>> due = desk.add(thursday, timedelta(hours=2))
    >>> due.isoformat(), str(desk.between(thursday, due))
    ('2026-05-04T08:00:00+00:00', '2:00:00')

Spans are half-open: at 17:00 the desk is closed, and what is used up then is due then. An amount may be negative, and
`between` is signed. Instants are aware datetimes, given in any zone and returned in UTC; amounts are whole seconds.

    >>> desk.is_open(thursday.replace(hour=17)), desk.add(due, timedelta(hours=-2)) == thursday
    (False, True)
    >>> print(desk.next_open(thursday.replace(hour=18)), desk.prev_open(thursday.replace(hour=13)), sep="\\n")
    2026-05-04 07:00:00+00:00
    2026-04-30 10:30:00+00:00

Working days are a unit of their own: the n-th open day after the date, at the same local time, or the next opening.

    >>> desk.add_days(thursday, 5).astimezone(desk.zone).isoformat()
    '2026-05-11T16:00:00+02:00'

What can't be is refused by a `CalendarError`, a `ValueError` with the offending `value` and a French sentence too: a
naive instant, a year whose holidays aren't known, a desk closed for more than 400 days.

    >>> try:
    ...     desk.without([(thursday, thursday + timedelta(days=500), "Travaux")])
    ... except NeverOpen as refused:
    ...     print(refused, refused.french.replace("\u00a0", " "), sep="\\n")
    The desk would not open for more than 400 days: 2026-04-30.
    Le support n’ouvrirait pas pendant plus de 400 jours : 2026-04-30.

Why then? `explain` gives the stretches, each counted or skipped; `told`, `as_text` and `svg_bar` say and draw them, and
`laid_out` says where each stands, for a drawing of your own.

    >>> lines = as_text(desk.explain(thursday, due), desk.zone, "en")
    >>> print("\\n".join(lines).replace("\\u00a0", " "))
      Thu 30 April 16:00 → 17:00            1 h 00  Open
      Thu 30 April 17:00 → Fri 1 May 00:00       –  Night
      Fri 1 May 00:00 → Sat 2 May 00:00          –  Labour Day
      Sat 2 May 00:00 → Mon 4 May 00:00          –  Weekend
      Mon 4 May 00:00 → 09:00                    –  Night
      Mon 4 May 09:00 → 10:00               1 h 00  Open

Calendars are made of calendars: a technician's (`minus`), the meet of two (`meet`), 24/7 (`AlwaysOpen`), one that is
edited from an instant on (`until`), with what the edit changes (`changed_between`).

    >>> closed = desk.without([(due, due + timedelta(hours=1), "Fire drill")])
    >>> edited = desk.until(thursday, closed)
    >>> changes = changed_between(desk, edited, thursday, due + timedelta(days=9))
    >>> [(change.start == due, change.opens) for change in changes]
    [(True, False)]

They are read from a file (`load`) or a dictionary (`from_data`, `to_data`), with every mistake told at once; fed to
calendars elsewhere (`as_ics`), from which closures come too (`closures_from_ics`); and asked many things at once
(`add_many`, `between_many`; over NumPy arrays with the extra `sla[fast]`).

    >>> [f"{day}: {bridge_label(name)}" for day, name in desk.bridges(2026)][1]
    '2026-05-15: Pont de l’Ascension'
"""

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
from .layout import Part, laid_out, now_on, place
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
    "Part",
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
    "laid_out",
    "line_of",
    "meet",
    "now_on",
    "place",
    "svg_bar",
    "told",
    "told_together",
]
