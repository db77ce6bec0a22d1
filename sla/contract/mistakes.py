"""Mistakes in a configuration file: all of them at once, each by file, line and key."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KeyPath = tuple[str | int, ...]
"""The way to a key: names of tables, and indices (from 0) into arrays of tables."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"'.]+)\s*=")
_MULTILINE = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing wrong in a file; `line` counts from 1 and is 0 where the whole file is meant; `message` is French."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} : {self.key} : {self.message}" if self.key else f"{where} : {self.message}"


class ConfigError(ValueError):
    """A file, or several, can't be used; `mistakes` holds everything that was found, in the order of the lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass
class ConfigFile:
    """A parsed TOML text, the line of each of its tables and keys, and the mistakes met while reading it."""

    name: str
    data: dict[str, Any]
    lines: dict[KeyPath, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    @classmethod
    def parse(cls, name: str, text: str) -> "ConfigFile":
        """Reads a text; raises ConfigError with the line that TOML stumbled on."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            line = int(at[1]) if at else text.count("\n") + 1
            raise ConfigError([Mistake(name, line, "", f"syntaxe TOML invalide ({error})")]) from error
        return cls(name, data, dict(_positions(text)))

    @classmethod
    def read(cls, path: Path) -> "ConfigFile":
        """Reads a file; one that is missing, unreadable or not UTF-8 is a mistake too."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ConfigError([Mistake(path.name, 0, "", "le fichier n’est pas en UTF-8")]) from error
        except OSError as error:
            raise ConfigError([Mistake(path.name, 0, "", f"fichier illisible ({error.strerror})")]) from error
        return cls.parse(path.name, text)

    def mistake(self, path: KeyPath, message: str) -> None:
        """Notes a mistake at a key, or at the nearest table above it that the text shows."""
        known = next((path[:size] for size in range(len(path), 0, -1) if path[:size] in self.lines), None)
        self.mistakes.append(Mistake(self.name, self.lines[known] if known else 0, dotted(path), message))

    def finish(self) -> None:
        """Raises ConfigError if anything was noted."""
        if self.mistakes:
            raise ConfigError(self.mistakes)


def dotted(path: KeyPath) -> str:
    """`("line", 2, "code")` as `line[3].code`: people count from one."""
    shown = ""
    for part in path:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown


def _positions(text: str) -> Iterable[tuple[KeyPath, int]]:
    """Where each table and key begins, by a scan of the lines (keys inside inline tables stay with their line)."""
    table: KeyPath = ()
    seen: dict[KeyPath, int] = {}
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        quotes = len(_MULTILINE.findall(line))
        if inside:
            inside = quotes % 2 == 0
            continue
        inside = quotes % 2 == 1
        if header := _HEADER.match(line):
            table = _opened(_parts(header[2]), header[1] == "[[", seen)
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_parts(key[1])), number


def _opened(names: tuple[str, ...], is_array: bool, seen: dict[KeyPath, int]) -> KeyPath:
    """The path of a header, with the index of the array elements that it goes through."""
    path: KeyPath = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if depth == len(names) and is_array:
            seen[path] = seen.get(path, -1) + 1
        if path in seen:
            path = (*path, seen[path])
    return path


def _parts(dotted_name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted_name.split("."))
