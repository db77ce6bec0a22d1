"""The mistakes of a configuration file, gathered so that all of them are told at once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from .errors import CalendarError, Mistake
from .lines import key_lines, line_of

Told = TypeVar("Told")
KINDS: Final[Mapping[type, tuple[str, str]]] = {
    str: ("un texte", "a text"),
    bool: ("true ou false", "true or false"),
    list: ("une liste de textes", "a list of texts"),
}


class Findings:
    """The mistakes found so far in one file."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._lines = file, key_lines(text)
        self._found: list[Mistake] = []

    @property
    def mistakes(self) -> list[Mistake]:
        """In the order of the file."""
        return sorted(self._found, key=lambda mistake: mistake.line)

    def note(self, key: str, french: str, english: str) -> None:
        """A mistake at the line of `key`."""
        self._found.append(Mistake(self._file, line_of(self._lines, key), key, french, english))

    def refuse(self, key: str, error: CalendarError) -> None:
        """What the calendar itself refuses."""
        self.note(key, error.french, str(error))

    def tried(self, key: str, read: Callable[[], Told]) -> Told | None:
        """What `read` returns, or None with its refusal noted."""
        try:
            return read()
        except CalendarError as error:
            self.refuse(key, error)
            return None

    def wrong_kind(self, key: str, value: object, kind: type) -> None:
        """A value of another kind than the key's."""
        french, english = KINDS[kind]
        self.note(key, f"« {value} » n’est pas {french}.", f"“{value}” is not {english}.")

    def refuse_strangers(self, table: str, told: Mapping[str, Any], allowed: Iterable[str]) -> None:
        """Every key that the table doesn't know: a misspelt one must not pass for its absence."""
        known = ", ".join(allowed)
        for key in told:
            if key not in allowed:
                path = f"{table}.{key}" if table else key
                self.note(path, f"Clé inconnue ; connues : {known}.", f"Unknown key; known: {known}.")
