"""The time zones of one iCalendar file: by name, or as the file itself defines them (VTIMEZONE)."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .zone import Zone


class UnknownFileZone(Exception):
    """`args[0]` is a TZID that neither the zone database nor the file knows."""


class FileZones:
    """Zones of a file whose floating times are the wall clock of `desk`.

    The parser remembers what other files called a zone, for the whole process: here each file knows its own only. A
    name of the zone database or of Windows is taken at its word, since the file's own rules are often this year's.
    """

    def __init__(self, desk: Zone, defined: Iterable[Any]) -> None:
        self.desk = desk
        self._defined = {str(zone.get("TZID")): zone for zone in defined}

    def placed(self, told: Any) -> datetime:
        """The instant of a date-time property, with its local time. Raises `UnknownFileZone`."""
        value: datetime = told.dt
        if "TZID" in told.params:
            return value.replace(tzinfo=self._of(str(told.params["TZID"])))
        return value if value.tzinfo is not None else value.replace(tzinfo=self.desk.info)

    def _of(self, name: str) -> tzinfo:
        for known in (name, WINDOWS_TO_OLSON.get(name, "")):
            try:
                return ZoneInfo(known)
            except (ValueError, OSError, KeyError):
                continue
        try:
            found: tzinfo = self._defined[name].to_tz(lookup_tzid=False)
        except (KeyError, ValueError, AttributeError):
            raise UnknownFileZone(name) from None
        return found
