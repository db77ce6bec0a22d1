"""Why the desk is closed: each closed stretch of a day with its reason, and the words that people read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .hours import DAY
from .schedule import Schedule
from .words import REASONS, Lang, in_english
from .zone import instant_of

WORDS = {reason: french for reason, (french, _) in REASONS.items()}

COUNTED = ("open", "opening")
NOTEWORTHY = ("closure", "special_hours", "holiday", "absence", "closed_day", "weekend", "lunch", "night")
"""Reasons of a skip, weightiest first: what is told of a day on which several hold."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, half-open, in aware UTC: counted as working time or not, and why.

    `reason` is one of open, opening (an exceptional one), lunch, night, weekend, closed_day (a weekday without hours),
    special_hours, holiday, closure, absence. `label` is the French text: « Déjeuner », the name of the holiday, the
    label of the closure; `label_en` the English one, or the closure's label again: nobody translated that.
    """

    start: datetime
    end: datetime
    counted: bool
    reason: str
    label: str
    label_en: str = ""

    def label_in(self, lang: Lang) -> str:
        """The label in French or English."""
        return self.label_en or self.label if lang == "en" else self.label

    @property
    def seconds(self) -> int:
        """Its length in elapsed seconds."""
        return int((self.end - self.start).total_seconds())


Cause = tuple[str, str]
Piece = tuple[int, int, Cause]
"""Start and end in seconds, and why: the reason and its French label."""


def stretch_of(piece: Piece) -> Stretch:
    """A piece in UTC seconds, as people are told it."""
    start, end, (reason, label) = piece
    return Stretch(instant_of(start), instant_of(end), reason in COUNTED, reason, label, in_english(reason, label))


def pieces_of(schedule: Schedule, day: date) -> Iterator[Piece]:
    """A date cut in local seconds of the day, each piece with its cause, as if there were no closures and openings."""
    planned = schedule.planned(day)
    at = 0
    for start, end in [*planned, (DAY, DAY)]:
        if at < start:
            yield from _closed(schedule, day, at, start)
        if start < end:
            yield start, end, ("open", WORDS["open"])
        at = end


def _closed(schedule: Schedule, day: date, start: int, end: int) -> Iterator[Piece]:
    usual, special = schedule.usual(day), schedule.special_label(day)
    name = schedule.holiday(day) if day not in schedule.special else None
    if name is not None and (usual or day.weekday() < 5):
        yield start, end, ("holiday", name)
    elif not usual and not schedule.planned(day):
        reason = "weekend" if day.weekday() >= 5 else "closed_day"
        yield start, end, (reason, WORDS[reason])
    elif special is not None and usual:
        yield from _around(start, end, usual[0][0], usual[-1][1], ("special_hours", special))
    else:
        planned = schedule.planned(day)
        yield from _around(start, end, planned[0][0], planned[-1][1], ("lunch", WORDS["lunch"]))


def _around(start: int, end: int, dawn: int, dusk: int, within: Cause) -> Iterator[Piece]:
    """Night before `dawn` and after `dusk`, the given cause between them."""
    night = ("night", WORDS["night"])
    for low, high, cause in ((0, dawn, night), (dawn, dusk, within), (dusk, DAY, night)):
        if max(start, low) < min(end, high):
            yield max(start, low), min(end, high), cause


def told_together(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbouring skipped stretches as one, for people: « Nuit, week-end, Lundi de Pâques », the weightiest reason."""
    told: list[Stretch] = []
    for stretch in stretches:
        if told and not stretch.counted and not told[-1].counted:
            told[-1] = _one(told[-1], stretch)
        else:
            told.append(stretch)
    return told


def _one(first: Stretch, then: Stretch) -> Stretch:
    label = _joined(first.label, then.label, WORDS.get(then.reason) == then.label)
    english = _joined(first.label_in("en"), then.label_in("en"), then.reason in WORDS and then.label_en != then.label)
    reason = min(first.reason, then.reason, key=_weight)
    return Stretch(first.start, then.end, False, reason, label, english)


def _weight(reason: str) -> int:
    """A reason that isn't the calendar's is who asks's own, and the weightiest."""
    return NOTEWORTHY.index(reason) if reason in NOTEWORTHY else -1


def _joined(told: str, label: str, common: bool) -> str:
    if label.lower() in told.lower().split(", "):
        return told
    return f"{told}, {label.lower() if common else label}"
