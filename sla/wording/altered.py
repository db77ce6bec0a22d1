"""Hours that an edit of the calendar took away or gave, as mails name them."""

from datetime import datetime, timedelta, tzinfo
from typing import Protocol

from sla.wording.instants import clock_time, long_day, promise


class Altered(Protocol):
    """Half-open; `whole`: it closes all of its days."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def opens(self) -> bool: ...
    @property
    def whole(self) -> bool: ...


def altered(change: Altered, zone: tzinfo, now: datetime, lang: str = "fr") -> str:
    """« fermé mercredi 25 novembre », « fermé mardi 24 novembre de 14 h 00 à 17 h 00 », « ouvert samedi 28 novembre de
    9 h 00 à 12 h 00 »; “closed from Thursday 24 December to Thursday 31 December”."""
    french = lang == "fr"
    kept = ("ouvert", "open") if change.opens else ("fermé", "closed")
    year = now.astimezone(zone).year
    first, last = (at.astimezone(zone).date() for at in (change.start, change.end - timedelta(seconds=1)))
    one_day = long_day(first, lang, year)
    if first == last:
        times = (clock_time(at, zone, lang) for at in (change.start, change.end))
        part = "" if change.whole else " de {} à {}".format(*times) if french else " from {} to {}".format(*times)
        return f"{kept[0]} {one_day}{part}" if french else f"{kept[1]} on {one_day}{part}"
    ends = [one_day, long_day(last, lang, year)]
    if not change.whole:
        ends = [promise(at, zone, now, lang) for at in (change.start, change.end)]
    return f"{kept[0]} du {ends[0]} au {ends[1]}" if french else f"{kept[1]} from {ends[0]} to {ends[1]}"
