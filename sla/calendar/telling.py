"""An explanation in words: sentences for a page or a mail, lines for the command line; in French or English."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from .reason import Stretch, told_together
from .words import NBSP, REASONS, Lang, clock, day_name, length

_OWN_WORDS = {word for both in REASONS.values() for word in both}


def told(stretches: Sequence[Stretch], zone: tzinfo, lang: Lang = "fr") -> str:
    """The explanation as sentences, neighbouring skips as one, the total last.

    « Compté de jeu. 30 avril 16 h 00 à 17 h 00 : 1 h 00. Non compté jusqu’à lun. 4 mai 9 h 00 : nuit, … »
    Empty for no stretches.
    """
    sentences = [_sentence(stretch, zone, lang) for stretch in told_together(stretches)]
    total = length(sum(stretch.seconds for stretch in stretches if stretch.counted))
    if not sentences:
        return ""
    closing = f"En tout{NBSP}: {total} de temps ouvré." if lang == "fr" else f"In all: {total} of working time."
    return " ".join([*sentences, closing])


def as_text(stretches: Sequence[Stretch], zone: tzinfo, lang: Lang = "fr") -> list[str]:
    """One line a stretch in columns: from when to when, the time counted (– if skipped), the reason."""
    spans = [between(stretch.start, stretch.end, zone, lang) for stretch in stretches]
    lengths = [length(stretch.seconds) if stretch.counted else "–" for stretch in stretches]
    wide, long = max(map(len, spans), default=0), max(map(len, lengths), default=0)
    return [
        f"  {when:<{wide}}  {counted:>{long}}  {stretch.label_in(lang)}"
        for when, counted, stretch in zip(spans, lengths, stretches, strict=True)
    ]


def moment(at: datetime, zone: tzinfo, lang: Lang = "fr", *, after: datetime | None = None) -> str:
    """« jeu. 30 avril 16 h 00 », "Thu 30 April 16:00", with the seconds that it has; the time alone on the date of
    `after`."""
    local = at.astimezone(zone)
    time = clock(local.hour, local.minute, lang, local.second)
    if after is not None and after.astimezone(zone).date() == local.date():
        return time
    return f"{day_name(local.weekday(), local.day, local.month, lang)} {time}"


def between(start: datetime, end: datetime, zone: tzinfo, lang: Lang = "fr") -> str:
    """« jeu. 30 avril 16 h 00 → 17 h 00 »; the date of the end only where it is another one."""
    return f"{moment(start, zone, lang)} → {moment(end, zone, lang, after=start)}"


def _sentence(stretch: Stretch, zone: tzinfo, lang: Lang) -> str:
    start, end = moment(stretch.start, zone, lang), moment(stretch.end, zone, lang, after=stretch.start)
    until = moment(stretch.end, zone, lang)
    label = stretch.label_in(lang)
    why = "" if stretch.reason == "open" else f" ({label})"
    if lang == "fr":
        if stretch.counted:
            return f"Compté de {start} à {end}{why}{NBSP}: {length(stretch.seconds)}."
        return f"Non compté jusqu’à {until}{NBSP}: {_begun(label)}."
    if stretch.counted:
        return f"Counted from {start} to {end}{why}: {length(stretch.seconds)}."
    return f"Not counted until {until}: {_begun(label)}."


def _begun(label: str) -> str:
    """A label inside a sentence: our own words lose their capital, names keep it."""
    first, _, rest = label.partition(", ")
    word = first.lower() if first in _OWN_WORDS else first
    return f"{word}, {rest}" if rest else word
