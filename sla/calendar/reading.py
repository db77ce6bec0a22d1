"""A calendar's document read key by key: what it stands for, and every mistake in it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Any, Final, TypeVar

from .errors import WrongHours
from .holiday import FrenchHolidays, worked_years
from .hours import WEEKDAYS, Hours, day_and_tail, month_day, plain_date
from .mistakes import Findings
from .wall import ends_of
from .zone import Zone

TOP: Final = ("zone", "weekly", "holidays", "closures", "openings", "special_hours", "yearly_hours")
HOLIDAYS: Final[Mapping[str, type]] = {"region": str, "good_friday": bool}
HOLIDAY_KEYS: Final = (*HOLIDAYS, "whit_monday_worked", "days")
PERIOD: Final = ("start", "end", "first_day", "last_day", "label")
SPECIAL: Final = ("day", "hours", "label")
HOLIDAY: Final = ("day", "label")

TextHours = list[list[str]]
Day = TypeVar("Day", date, str)


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
        special, yearly = self._special_hours(), self._yearly_hours()
        return {
            "zone": zone,
            "weekly": self._weekly(),
            "holidays": self._holidays(),
            "overrides": {day: hours for day, hours, _ in special},
            "special_labels": {day: label for day, _, label in special if label},
            "yearly": {day: hours for day, hours, _ in yearly},
            "yearly_labels": {day: label for day, _, label in yearly if label},
            "closures": self._periods("closures"),
            "openings": self._periods("openings"),
        }

    def _weekly(self) -> dict[str, TextHours]:
        weekly = self._table("weekly")
        self.findings.refuse_strangers("weekly", weekly, WEEKDAYS)
        if not any(weekly.values()):
            self.findings.note("weekly", "Aucune heure d’ouverture.", "No opening hours.")
        return {day: self._hours(f"weekly.{day}", told) for day, told in weekly.items() if day in WEEKDAYS}

    def _holidays(self) -> FrenchHolidays | dict[date, str]:
        """Without the table no holiday is kept: a desk that works through them says so by leaving it out."""
        told = self._table("holidays")
        self.findings.refuse_strangers("holidays", told, HOLIDAY_KEYS)
        wrong = [key for key, kind in HOLIDAYS.items() if key in told and type(told[key]) is not kind]
        for key in wrong:
            self.findings.wrong_kind(f"holidays.{key}", told[key], HOLIDAYS[key])
        if "days" in told:
            return self._listed(told)
        chosen = {key: told[key] for key in HOLIDAYS if key in told}
        if "whit_monday_worked" in told:
            read = partial(worked_years, told["whit_monday_worked"])
            chosen["whit_monday_worked"] = self.findings.tried("holidays.whit_monday_worked", read) or False
        if wrong or not told:
            return {}
        return self.findings.tried("holidays.region", partial(FrenchHolidays, **chosen)) or {}

    def _listed(self, told: Mapping[str, Any]) -> dict[date, str]:
        """Holidays one by one, for a desk elsewhere."""
        for key in (key for key in told if key != "days"):
            self.findings.note(f"holidays.{key}", "Ou une région, ou des jours.", "Either a region or days.")
        found: dict[date, str] = {}
        for key, entry in self._entries("holidays.days", HOLIDAY, told["days"]):
            day = self.findings.tried(f"{key}.day", partial(plain_date, entry.get("day", "—")))
            label = self._label(key, entry)
            if day is not None:
                found[day] = label
        return found

    def _special_hours(self) -> list[tuple[date, Hours, str]]:
        return self._days_with_hours("special_hours", plain_date)

    def _yearly_hours(self) -> list[tuple[str, Hours, str]]:
        return self._days_with_hours("yearly_hours", lambda day: month_day(day) and str(day), over_midnight=False)

    def _days_with_hours(
        self, table: str, read: Callable[[object], Day], *, over_midnight: bool = True
    ) -> list[tuple[Day, Hours, str]]:
        """Each date's or day of the year's hours and label; one that comes twice is a mistake."""
        found: list[tuple[Day, Hours, str]] = []
        for key, entry in self._entries(table, SPECIAL, self._document.get(table, [])):
            day = self.findings.tried(f"{key}.day", partial(read, entry.get("day", "—")))
            if day in {earlier for earlier, _, _ in found}:
                self.findings.note(f"{key}.day", f"Le {day} a déjà ses horaires.", f"{day} has its hours already.")
            hours = self._hours(f"{key}.hours", entry.get("hours", "—"), over_midnight)
            label = self._label(key, entry) if "label" in entry else ""
            if day is not None:
                found.append((day, hours, label))
        return found

    def _periods(self, table: str) -> list[tuple[datetime, datetime, str]]:
        found: list[tuple[datetime, datetime, str]] = []
        for key, entry in self._entries(table, PERIOD, self._document.get(table, [])):
            label = self._label(key, entry)
            ends = self.findings.tried(key, partial(ends_of, entry, self._zone, opens=table == "openings"))
            if ends is not None:
                found.append((*ends, label))
        return found

    def _hours(self, key: str, told: object, over_midnight: bool = True) -> TextHours:
        """`["09:00-12:30", …]`; hours that overlap are a mistake in a file."""
        if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
            self.findings.wrong_kind(key, told, list)
            return []
        pairs = [re.split(r"\s*[-–]\s*", text.strip()) for text in told]
        for text, pair in zip(told, pairs, strict=True):
            if len(pair) != 2:
                self.findings.refuse(key, WrongHours(text))
                return []
        halves = self.findings.tried(key, lambda: [day_and_tail([pair]) for pair in pairs])
        if not over_midnight and any(tail for _, tail in halves or []):
            self.findings.refuse(key, WrongHours(", ".join(told)))
        spans = [day[0] for day, _ in halves or []]
        if any(start < end for (_, end), (start, _) in pairwise(sorted(spans))):
            shown = ", ".join(told)
            self.findings.note(key, f"Ces heures se chevauchent : {shown}.", f"These hours overlap: {shown}.")
        return pairs

    def _label(self, key: str, entry: Mapping[str, Any]) -> str:
        label = entry.get("label")
        if not isinstance(label, str) or not label.strip():
            self.findings.note(f"{key}.label", "Le libellé manque.", "The label is missing.")
            return ""
        return label

    def _entries(self, table: str, allowed: Iterable[str], entries: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
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
