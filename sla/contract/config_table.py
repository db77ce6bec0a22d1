"""One table of a configuration file, read key by key.

What is wrong is noted in the file, and a harmless value returned so that the reading goes on.
"""

from collections.abc import Mapping
from typing import Any

from sla.contract.mistakes import ConfigFile, KeyPath

MISSING = object()
"""What `take` returns for a required key that is absent, once that is noted."""

_LONGEST_SHOWN = 60


class ConfigTable:
    """Each reader takes a key; `close()` then reports the keys that nobody asked for."""

    def __init__(self, file: ConfigFile, data: Mapping[str, Any] | None = None, path: KeyPath = ()) -> None:
        self.file = file
        self.path = path
        self.data = file.data if data is None else data
        self.absent = False
        self._asked: set[str] = set()

    def mistake(self, key: str, message: str) -> None:
        """Notes a mistake at one of this table's keys (`""` for the table itself)."""
        self.file.mistake((*self.path, key) if key else self.path, message)

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty text; required unless a default is given."""
        value = self.take(key, default)
        if value is MISSING:
            return ""
        if not isinstance(value, str):
            self.mistake(key, f"un texte est attendu, pas {shown(value)}")
            return ""
        if not value.strip() and default is None:
            self.mistake(key, "le texte est vide")
        return value

    def integer(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number between two bounds, both allowed; required unless a default is given."""
        value = self.take(key, default)
        if value is MISSING:
            return least
        if isinstance(value, bool) or not isinstance(value, int):
            self.mistake(key, f"un nombre entier est attendu, pas {shown(value)}")
            return least
        if not least <= value <= most:
            self.mistake(key, f"{value} n’est pas entre {least} et {most}")
            return least
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            self.mistake(key, f"true ou false est attendu, pas {shown(value)}")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is absent."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.mistake(key, f"une liste de textes est attendue, pas {shown(value)}")
            return ()
        return tuple(value)

    def whole_numbers(self, key: str, least: int, most: int) -> tuple[int, ...]:
        """A list of whole numbers, each between two bounds, both allowed; empty when the key is absent."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(type(each) is int and least <= each <= most for each in value):
            self.mistake(key, f"une liste de nombres entiers entre {least} et {most} est attendue, pas {shown(value)}")
            return ()
        return tuple(value)

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self.data

    def table(self, key: str) -> "ConfigTable":
        """A required table; where it is absent that is the one mistake, and not each key that it lacks."""
        value = self.take(key, None)
        if isinstance(value, dict):
            return ConfigTable(self.file, value, (*self.path, key))
        if value is not MISSING:
            self.mistake(key, f"une table est attendue, pas {shown(value)}")
        table = ConfigTable(self.file, {}, (*self.path, key))
        table.absent = True
        return table

    def tables(self, key: str) -> list["ConfigTable"]:
        """A required array of tables."""
        value = self.take(key, None)
        if value is MISSING:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.mistake(key, f"des tables [[{key}]] sont attendues, pas {shown(value)}")
            return []
        return [ConfigTable(self.file, each, (*self.path, key, index)) for index, each in enumerate(value)]

    def take(self, key: str, default: Any = None) -> Any:
        """The bare value, for readers that check it themselves; MISSING for an absent key that has no default."""
        self._asked.add(key)
        if key in self.data:
            return self.data[key]
        if default is None:
            if not self.absent:
                self.mistake(key, "clé manquante")
            return MISSING
        return default

    def close(self) -> None:
        """Reports what the table holds that nothing reads: most often a slip of the keyboard."""
        for key in self.data:
            if key not in self._asked:
                self.mistake(key, "clé inconnue")


def shown(value: object) -> str:
    """A value as the message shows it: short, and true rather than True."""
    text = str(value).lower() if isinstance(value, bool) else f"« {value} »" if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
