"""What is promised: working time per level and severity, from config/targets.toml."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sla.contract.config_table import ConfigTable, shown
from sla.contract.mistakes import ConfigFile
from sla.contract.service_item import Coverage

BREACH_SHARE = 100
"""The share of working time, in per cent, at which a promise is broken; warnings come before it."""

_LONGEST = 100_000
_LEVELS = (Coverage.MAINTENANCE, Coverage.TMA)


class Severity(StrEnum):
    """How badly the client is hindered, worst first."""

    BLOCKING = "blocking"
    MAJOR = "major"
    MINOR = "minor"
    QUESTION = "question"


@dataclass(frozen=True)
class Target:
    """Working time in seconds for each clock; `workaround`, for a blocking error, comes before the resolution.

    `always`: the clocks run round the clock, in elapsed seconds, whatever the desk's hours.
    """

    first_response: int
    next_response: int
    resolution: int
    workaround: int | None
    always: bool = False


@dataclass(frozen=True)
class Targets:
    """`deployment`: working seconds in which the deployment desk first answers a ticket handed to it.

    `warning_shares`: per cent of working time, ascending, each below 100.
    """

    levels: Mapping[Coverage, Mapping[Severity, Target]]
    deployment: int
    warning_shares: tuple[int, ...]

    @property
    def round_the_clock(self) -> tuple[tuple[str, str], ...]:
        """The (level, severity) pairs whose promises run 24/7."""
        return tuple(
            (level, severity) for level in Coverage for severity in Severity if self.for_(level, severity).always
        )

    @property
    def sizes(self) -> frozenset[int]:
        """Every time that is promised, in working seconds."""
        each = [target for level in self.levels.values() for target in level.values()]
        found = {(target.first_response, target.next_response, target.resolution, target.workaround) for target in each}
        return frozenset(size for four in found for size in four if size) | {self.deployment}

    def for_(self, coverage: Coverage, severity: Severity) -> Target:
        """The promise on a ticket. An excluded one is owed its answer, with the reason, as fast as maintenance."""
        level = Coverage.MAINTENANCE if coverage is Coverage.EXCLUDED else coverage
        return self.levels[level][severity]

    def promise(self, level: str, severity: str) -> Target:
        """The same by the codes that a history keeps; raises ValueError for a code that is neither."""
        return self.for_(Coverage(level), Severity(severity))


def read_targets(path: Path) -> Targets:
    """Reads targets.toml; raises ConfigError with all its mistakes."""
    return _targets(ConfigFile.read(path))


def load_targets(data: dict[str, Any], name: str = "targets.toml") -> Targets:
    """The same from tables already parsed: mistakes then have no line."""
    return _targets(ConfigFile(name, data))


def kept(targets: Targets) -> dict[str, Any]:
    """The targets as they are stored, in seconds; `of_kept` reads them."""
    levels = {
        level: {severity: astuple(each) for severity, each in row.items()} for level, row in targets.levels.items()
    }
    return {"levels": levels, "deployment": targets.deployment, "warning_shares": targets.warning_shares}


def of_kept(data: Mapping[str, Any]) -> Targets:
    """Without the checks of a file: what was promised was promised."""
    levels = {
        Coverage(level): {Severity(severity): Target(*each) for severity, each in row.items()}
        for level, row in data["levels"].items()
    }
    return Targets(levels, data["deployment"], tuple(data["warning_shares"]))


def _targets(file: ConfigFile) -> Targets:
    top = ConfigTable(file)
    levels = {level: _level(top.table(level)) for level in _LEVELS}
    deployment, warning = top.table("deployment"), top.table("warning")
    targets = Targets(levels, _seconds(deployment, "first_response"), _shares(warning))
    for table in (deployment, warning, top):
        table.close()
    file.finish()
    return targets


def _level(table: ConfigTable) -> dict[Severity, Target]:
    level = {severity: _target(table.table(severity), severity) for severity in Severity}
    table.close()
    return level


def _target(table: ConfigTable, severity: Severity) -> Target:
    met = len(table.file.mistakes)
    first, following, resolution = (_seconds(table, key) for key in ("first_response", "next_response", "resolution"))
    workaround = _seconds(table, "workaround") if table.has("workaround") else None
    if workaround is not None and severity is not Severity.BLOCKING:
        table.mistake("workaround", "seule une erreur bloquante a un délai de contournement")
    for key, seconds in (("first_response", first), ("workaround", workaround or 0)):
        if seconds > resolution and met == len(table.file.mistakes):
            table.mistake(key, f"{seconds // 60} min dépasse le délai de résolution, {resolution // 60} min")
    always = table.flag("always")
    table.close()
    return Target(first, following, resolution, workaround, always)


def _seconds(table: ConfigTable, key: str) -> int:
    return 60 * table.integer(key, 1, _LONGEST)


def _shares(table: ConfigTable) -> tuple[int, ...]:
    value = table.whole_numbers("shares", 1, BREACH_SHARE - 1)
    if list(value) != sorted(set(value)):
        table.mistake("shares", f"les parts doivent être croissantes et distinctes, pas {shown(list(value))}")
    return value
