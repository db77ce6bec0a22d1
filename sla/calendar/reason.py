"""Why the desk is closed: each closed stretch of a day with its reason, and the words that people read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .hours import DAY
from .schedule import Schedule

WORDS = {
    "open": "Ouvert",
    "lunch": "Déjeuner",
    "night": "Nuit",
    "weekend": "Week-end",
    "closed_day": "Jour de fermeture",
    "special_hours": "Horaires spéciaux",
}
"""The French label of the reasons that have no name of their own; `holiday`, `closure`, `opening`, `absence` do."""

NOTEWORTHY = ("closure", "special_hours", "holiday", "absence", "closed_day", "weekend", "lunch", "night")
"""Reasons of a skip, weightiest first: what is told of a day on which several hold."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, half-open, in aware UTC: counted as working time or not, and why.

    `reason` is one of open, opening (an exceptional one), lunch, night, weekend, closed_day (a weekday without hours),
    special_hours, holiday, closure, absence. `label` is the French text: « Déjeuner », the name of the holiday, the
    label of the closure.
    """

    start: datetime
    end: datetime
    counted: bool
    reason: str
    label: str

    @property
    def seconds(self) -> int:
        """Its length in elapsed seconds."""
        return int((self.end - self.start).total_seconds())


Cause = tuple[str, str]
Piece = tuple[int, int, Cause]


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
    usual, special = schedule.usual(day), day in schedule.special
    name = None if special else schedule.holiday(day)
    if name is not None and (usual or day.weekday() < 5):
        yield start, end, ("holiday", name)
    elif not usual and not schedule.planned(day):
        reason = "weekend" if day.weekday() >= 5 else "closed_day"
        yield start, end, (reason, WORDS[reason])
    elif special and usual:
        label = schedule.special_labels.get(day, WORDS["special_hours"])
        yield from _around(start, end, usual[0][0], usual[-1][1], ("special_hours", label))
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
    named = first.label.lower().split(", ")
    word = then.label.lower() if WORDS.get(then.reason) == then.label else then.label
    label = first.label if then.label.lower() in named else f"{first.label}, {word}"
    reason = min(first.reason, then.reason, key=NOTEWORTHY.index)
    return Stretch(first.start, then.end, False, reason, label)
