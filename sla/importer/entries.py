"""Entries of a mapping file that must be one of several, or have a shape."""

import re

from sla.contract.config_table import ConfigTable, shown


def matching(table: ConfigTable, key: str, pattern: re.Pattern[str], rule: str) -> str:
    """A text of a given shape; `rule` says which."""
    value = table.text(key)
    if value.strip() and not pattern.fullmatch(value):
        table.mistake(key, f"{rule}, pas {shown(value)}")
    return value


def choice(table: ConfigTable, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
    """One of several texts; required unless a default is given."""
    value = table.text(key, default)
    if value and value not in choices:
        table.mistake(key, f"{shown(value)} n’est pas possible ({', '.join(choices)})")
    return value
