"""The calendar file, or a dictionary of its shape: read whole, every mistake told at once by file, line and key."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from .errors import CalendarError, CalendarFileError, Mistake
from .mistakes import Findings
from .reading import Reading
from .wall import dated


def read_file(path: str | PathLike[str]) -> dict[str, Any]:
    """The arguments of `BusinessCalendar` that the file stands for. Raises `CalendarFileError`."""
    name, text = fspath(path), ""
    try:
        text = Path(path).read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CalendarFileError(name, [_unreadable(name, text, error)]) from error
    return _arguments(Reading(document, Findings(name, text)), name)


def read_data(data: object, name: str) -> dict[str, Any]:
    """The arguments that a dictionary in the shape of the file stands for; dates may be ISO text, as JSON has them.

    Raises `CalendarFileError`, in which every line is 1.
    """
    if not isinstance(data, Mapping):
        raise CalendarFileError(name, [Mistake(name, 1, "—", "Ce n’est pas un calendrier.", "This is no calendar.")])
    return _arguments(Reading({str(key): dated(value) for key, value in data.items()}, Findings(name, "")), name)


def _arguments(reading: Reading, name: str) -> dict[str, Any]:
    arguments = reading.arguments()
    if mistakes := reading.findings.mistakes:
        raise CalendarFileError(name, mistakes)
    return arguments


@contextmanager
def refusals_of(path: str | PathLike[str]) -> Iterator[None]:
    """What the calendar refuses of a file that is well written, such as one that never opens, as that file's error."""
    try:
        yield
    except CalendarError as error:
        mistake = Mistake(fspath(path), 1, "weekly", error.french, str(error))
        raise CalendarFileError(fspath(path), [mistake]) from None


def _unreadable(name: str, text: str, error: Exception) -> Mistake:
    found = re.search(r"line (\d+)", str(error))
    line = int(found[1]) if found else max(len(text.splitlines()), 1)  # else it says: at end of document
    return Mistake(name, line, "—", f"Le fichier est illisible : {error}.", f"The file can't be read: {error}.")
