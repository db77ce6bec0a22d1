"""Where a key of a TOML file stands, for messages that send a person to the right line."""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"'-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w\"'-]+(?:\.[\w\"'-]+)*)\s*=")


def key_lines(text: str) -> dict[str, int]:
    """Line numbers from 1 by key path, `weekly.mon` or `closures[0].end`; a table's header stands for the table."""
    lines: dict[str, int] = {}
    count: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _bare(header[2])
            if header[1] == "[[":
                count[table] = count.get(table, -1) + 1
                table = f"{table}[{count[table]}]"
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(f"{table}.{_bare(key[1])}" if table else _bare(key[1]), number)
    return lines


def line_of(lines: dict[str, int], key: str) -> int:
    """The line of a key, else of the nearest table that should have held it, else 1."""
    while key and key not in lines:
        cut = max(key.rfind("."), key.rfind("["))
        key = key[:cut] if cut > 0 else ""
    return lines.get(key, 1)


def _bare(name: str) -> str:
    return name.replace('"', "").replace("'", "")
