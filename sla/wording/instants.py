"""Days, times of day and instants, said from where one stands (`now`) in the desk's zone.

Instants are aware datetimes of any zone; `zone` is the one to say them in.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from sla.wording.durations import NBSP

CLOCK = re.compile(r"(\d\d):(\d\d)")
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_MONTHS_SHORT = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_NEAR = {
    "fr": {-1: "hier", 0: "aujourd’hui", 1: "demain"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


def clock_time(at: datetime, zone: tzinfo, lang: str = "fr") -> str:
    """« 9 h 05 » in French, "09:05" in English."""
    local = at.astimezone(zone)
    if lang == "en":
        return f"{local:%H:%M}"
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02}"


def open_hours(spans: Sequence[str]) -> str:
    """« 9 h 00 – 12 h 30 et 13 h 30 – 17 h 00 », from the calendar's own "09:00-12:30"; « fermé » for none."""
    said = (CLOCK.sub(lambda time: f"{int(time[1])}{NBSP}h{NBSP}{time[2]}", each) for each in spans)
    return " et ".join(each.replace("-", " – ") for each in said) or "fermé"


def day(d: date, lang: str = "fr", this_year: int | None = None) -> str:
    """« mar. 24 nov. », « ven. 1er janv. »; the year is added when `this_year` is given and is another."""
    return f"{_weekday(d, lang)} {_number(d, lang)} {_MONTHS_SHORT[lang][d.month - 1]}{_year(d, this_year)}"


def long_day(d: date, lang: str = "fr", this_year: int | None = None) -> str:
    """« mardi 24 novembre », « vendredi 1er janvier »."""
    return f"{_DAYS[lang][d.weekday()]} {_number(d, lang)} {_MONTHS[lang][d.month - 1]}{_year(d, this_year)}"


def full_date(d: date, lang: str = "fr") -> str:
    """« 31 août 2027 », « 1er septembre 2026 »."""
    return f"{_number(d, lang)} {_MONTHS[lang][d.month - 1]} {d.year}"


def month(d: date, lang: str = "fr") -> str:
    """« septembre 2026 »."""
    return f"{_MONTHS[lang][d.month - 1]} {d.year}"


def part_of_month(d: date, lang: str = "fr") -> str:
    """A forecast no finer than it is: « début avril 2027 », « mi-mars 2027 », « fin mai 2027 »."""
    third = 0 if d.day <= 10 else 1 if d.day <= 20 else 2
    part = {"fr": ("début ", "mi-", "fin "), "en": ("early ", "mid-", "late ")}[lang][third]
    return f"{part}{_MONTHS[lang][d.month - 1]} {d.year}"


def instant(at: datetime, zone: tzinfo, now: datetime, lang: str = "fr") -> str:
    """An instant in a sentence: « aujourd’hui à 13 h 30 », « demain à 9 h 00 », else as `brief`."""
    near = _NEAR[lang].get((at.astimezone(zone).date() - now.astimezone(zone).date()).days)
    return f"{near} {_AT[lang]} {clock_time(at, zone, lang)}" if near else brief(at, zone, now, lang)


def brief(at: datetime, zone: tzinfo, now: datetime, lang: str = "fr") -> str:
    """An instant in a column: « 10 h 38 » today, « mer. 25, 11 h 45 », « mer. 2 déc., 9 h 00 ».

    Within six days the month goes unsaid, unless it is another; the year is said when it is another.
    """
    there, here = at.astimezone(zone).date(), now.astimezone(zone).date()
    time = clock_time(at, zone, lang)
    if there == here:
        return time
    if abs(there - here) <= timedelta(days=6) and there.month == here.month:
        return f"{_weekday(there, lang)} {_number(there, lang)}, {time}"
    return f"{day(there, lang, here.year)}, {time}"


def promise(at: datetime, zone: tzinfo, now: datetime, lang: str = "fr") -> str:
    """The long form, for what is guaranteed: « mercredi 25 novembre à 10 h 30 ». Never « demain »: it may be kept."""
    year = now.astimezone(zone).year
    return f"{long_day(at.astimezone(zone).date(), lang, year)} {_AT[lang]} {clock_time(at, zone, lang)}"


def window(start: datetime, end: datetime, zone: tzinfo, now: datetime, lang: str = "fr") -> str:
    """« aujourd’hui entre 14 h 10 et 15 h 05 »; over two days, « entre demain à 16 h 40 et … »; one that has begun is
    « aujourd’hui avant 15 h 05 »."""
    before, between, and_ = ("before", "between", "and") if lang == "en" else ("avant", "entre", "et")
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    here = now.astimezone(zone).date()
    if start <= now and first == here != last:
        return f"{before} {_spoken(end, zone, now, lang)}"
    if first != last:
        return f"{between} {_spoken(start, zone, now, lang)} {and_} {_spoken(end, zone, now, lang)}"
    said = _NEAR[lang].get((first - here).days) or long_day(first, lang, here.year)
    if start <= now:
        return f"{said} {before} {clock_time(end, zone, lang)}"
    return f"{said} {between} {clock_time(start, zone, lang)} {and_} {clock_time(end, zone, lang)}"


def desk_line(is_open: bool, until: datetime, zone: tzinfo, now: datetime, lang: str = "fr") -> str:
    """The desk's state: « Support ouvert, ferme à 12 h 30 », « Support fermé, reprise demain à 9 h 00 ».

    `until` is the next closing while open, the next opening while closed.
    """
    today = until.astimezone(zone).date() == now.astimezone(zone).date()
    when = f"{_AT[lang]} {clock_time(until, zone, lang)}" if today else instant(until, zone, now, lang)
    if lang == "en":
        return f"Support open, closes {when}" if is_open else f"Support closed, back {when}"
    return f"Support ouvert, ferme {when}" if is_open else f"Support fermé, reprise {when}"


_AT = {"fr": "à", "en": "at"}


def _weekday(d: date, lang: str) -> str:
    return _DAYS[lang][d.weekday()][:3] + ("." if lang == "fr" else "")


def _number(d: date, lang: str) -> str:
    return "1er" if d.day == 1 and lang == "fr" else str(d.day)


def _year(d: date, this_year: int | None) -> str:
    return "" if this_year is None or d.year == this_year else f" {d.year}"


def _spoken(at: datetime, zone: tzinfo, now: datetime, lang: str) -> str:
    gap = (at.astimezone(zone).date() - now.astimezone(zone).date()).days
    return instant(at, zone, now, lang) if gap in _NEAR[lang] else promise(at, zone, now, lang)
