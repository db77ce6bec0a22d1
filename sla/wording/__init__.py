"""How the desk says instants, durations and the names of its states, in French first and in English.

Whole by itself: it reads no clock and imports nothing of ours. French spaces are typographic: a figure and its unit
never part (U+00A0), nor does a question mark and its word (U+202F).
"""

from sla.wording.altered import altered
from sla.wording.durations import agreed, amount, duration, hours, percent, plural, quarters, times_in_ten
from sla.wording.expectations import change
from sla.wording.in_english import sentence, translated
from sla.wording.instants import (
    brief,
    clock_time,
    day,
    desk_line,
    full_date,
    instant,
    long_day,
    month,
    open_hours,
    part_of_month,
    promise,
    window,
)
from sla.wording.labels import known, label, say, say_of
from sla.wording.moves import moved
from sla.wording.names import of
from sla.wording.reasons import skill
from sla.wording.written import written_by_the_service

__all__ = [
    "agreed",
    "altered",
    "amount",
    "brief",
    "change",
    "clock_time",
    "day",
    "desk_line",
    "duration",
    "full_date",
    "hours",
    "instant",
    "known",
    "label",
    "long_day",
    "month",
    "moved",
    "of",
    "open_hours",
    "part_of_month",
    "percent",
    "plural",
    "promise",
    "quarters",
    "say",
    "say_of",
    "sentence",
    "skill",
    "times_in_ten",
    "translated",
    "window",
    "written_by_the_service",
]
