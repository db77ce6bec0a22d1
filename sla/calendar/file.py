"""The calendar file: read whole, every mistake told at once by file, line and key."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from .errors import CalendarError, CalendarFileError, Mistake, WrongHours
from .holiday import FrenchHolidays
from .hours import WEEKDAYS, day_and_tail, plain_date
from .mistakes import Findings
from .wall import ends_of
from .zone import Zone

TOP: Final = ("zone", "weekly", "holidays", "closures", "openings", "special_hours")
HOLIDAYS: Final[Mapping[str, type]] = {"region": str, "good_friday": bool, "whit_monday_worked": bool}
PERIOD: Final = ("start", "end", "first_day", "last_day", "label")
SPECIAL: Final = ("day", "hours", "label")

TextHours = list[list[str]]


def read_file(path: str | PathLike[str]) -> dict[str, Any]:
    """The arguments of `BusinessCalendar` that the file stands for. Raises `CalendarFileError`."""
    name, text = fspath(path), ""
    try:
        text = Path(path).read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CalendarFileError(name, [_unreadable(name, text, error)]) from error
    reading = Reading(document, Findings(name, text))
    arguments = reading.arguments()
    if mistakes := reading.findings.mistakes:
        raise CalendarFileError(name, mistakes)
    return arguments


def never_open(path: str | PathLike[str], error: CalendarError) -> CalendarFileError:
    """The refusal of a file that is well written, but whose calendar can't be."""
    return CalendarFileError(fspath(path), [Mistake(fspath(path), 1, "weekly", error.french, str(error))])


def _unreadable(name: str, text: str, error: Exception) -> Mistake:
    found = re.search(r"line (\d+)", str(error))
    line = int(found[1]) if found else max(len(text.splitlines()), 1)  # else it says: at end of document
    return Mistake(name, line, "—", f"Le fichier est illisible : {error}.", f"The file can't be read: {error}.")


class Reading:
    """One reading of a document: the tables of the file, turned into arguments."""

    def __init__(self, document: Mapping[str, Any], findings: Findings) -> None:
        self._document, self.findings = document, findings
        self._zone = Zone("UTC")

    def arguments(self) -> dict[str, Any]:
        """What was read; good only if there are no mistakes."""
        self.findings.refuse_strangers("", self._document, TOP)
        zone = self._document.get("zone", "—")
        self._zone = self.findings.tried("zone", partial(Zone, zone)) or self._zone
        special = self._special_hours()
        return {
            "zone": zone,
            "weekly": self._weekly(),
            "holidays": self._holidays(),
            "overrides": {day: hours for day, hours, _ in special},
            "special_labels": {day: label for day, _, label in special if label},
            "closures": self._periods("closures"),
            "openings": self._periods("openings"),
        }

    def _weekly(self) -> dict[str, TextHours]:
        weekly = self._table("weekly")
        self.findings.refuse_strangers("weekly", weekly, WEEKDAYS)
        if not any(weekly.values()):
            self.findings.note("weekly", "Aucune heure d’ouverture.", "No opening hours.")
        return {day: self._hours(f"weekly.{day}", told) for day, told in weekly.items() if day in WEEKDAYS}

    def _holidays(self) -> FrenchHolidays | tuple[()]:
        """Without the table no holiday is kept: a desk that works through them says so by leaving it out."""
        told = self._table("holidays")
        self.findings.refuse_strangers("holidays", told, HOLIDAYS)
        wrong = [key for key, kind in HOLIDAYS.items() if key in told and type(told[key]) is not kind]
        for key in wrong:
            self.findings.wrong_kind(f"holidays.{key}", told[key], HOLIDAYS[key])
        if wrong or not told:
            return ()
        chosen = {key: told[key] for key in HOLIDAYS if key in told}
        return self.findings.tried("holidays.region", partial(FrenchHolidays, **chosen)) or ()

    def _special_hours(self) -> list[tuple[date, TextHours, str]]:
        found: list[tuple[date, TextHours, str]] = []
        for key, entry in self._entries("special_hours", SPECIAL):
            day = self.findings.tried(f"{key}.day", partial(plain_date, entry.get("day", "—")))
            if day in {earlier for earlier, _, _ in found}:
                self.findings.note(f"{key}.day", f"Le {day} a déjà ses horaires.", f"{day} has its hours already.")
            hours = self._hours(f"{key}.hours", entry.get("hours", "—"))
            label = self._label(key, entry) if "label" in entry else ""
            if day is not None:
                found.append((day, hours, label))
        return found

    def _periods(self, table: str) -> list[tuple[datetime, datetime, str]]:
        found: list[tuple[datetime, datetime, str]] = []
        for key, entry in self._entries(table, PERIOD):
            label = self._label(key, entry)
            ends = self.findings.tried(key, partial(ends_of, entry, self._zone, opens=table == "openings"))
            if ends is not None:
                found.append((*ends, label))
        return found

    def _hours(self, key: str, told: object) -> TextHours:
        """`["09:00-12:30", …]`; hours that overlap are a mistake in a file."""
        if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
            self.findings.wrong_kind(key, told, list)
            return []
        pairs = [re.split(r"\s*[-–]\s*", text.strip()) for text in told]
        for text, pair in zip(told, pairs, strict=True):
            if len(pair) != 2:
                self.findings.refuse(key, WrongHours(text))
                return []
        spans = self.findings.tried(key, lambda: [day_and_tail([pair])[0][0] for pair in pairs])
        if any(start < end for (_, end), (start, _) in pairwise(sorted(spans or []))):
            shown = ", ".join(told)
            self.findings.note(key, f"Ces heures se chevauchent : {shown}.", f"These hours overlap: {shown}.")
        return pairs

    def _label(self, key: str, entry: Mapping[str, Any]) -> str:
        label = entry.get("label")
        if not isinstance(label, str) or not label.strip():
            self.findings.note(f"{key}.label", "Le libellé manque.", "The label is missing.")
            return ""
        return label

    def _entries(self, table: str, allowed: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        entries = self._document.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.findings.note(table, f"Écrire [[{table}]] pour chacun.", f"Write [[{table}]] for each.")
            return
        for number, entry in enumerate(entries):
            self.findings.refuse_strangers(f"{table}[{number}]", entry, allowed)
            yield f"{table}[{number}]", entry

    def _table(self, name: str) -> Mapping[str, Any]:
        told = self._document.get(name, {})
        if isinstance(told, dict):
            return told
        self.findings.note(name, f"Écrire une table [{name}].", f"Write a table [{name}].")
        return {}
