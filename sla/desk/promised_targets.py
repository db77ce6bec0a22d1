"""What is promised now and what was before, with the line of config/targets.toml that says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sla.contract.mistakes import ConfigError, ConfigFile, KeyPath
from sla.contract.targets import Targets, load_targets
from sla.desk.office import Tx
from sla.desk.targets_kept import Versions

FILE = "targets.toml"


@dataclass(frozen=True, slots=True)
class PromisedTargets:
    """`versions`: the oldest first, the last in force. `lines`: of the file as it is now, empty where it can't be read;
    `changed`: it says something else than what is promised."""

    targets: Targets
    acceptance_days: int
    versions: Versions
    lines: Mapping[KeyPath, int]
    changed: bool


def promised_targets(tx: Tx) -> PromisedTargets:
    """For support."""
    lines: Mapping[KeyPath, int] = {}
    changed = True
    try:
        file = ConfigFile.read(tx.settings.environment.sla_config / FILE)
        lines, changed = file.lines, load_targets(file.data) != tx.targets
    except ConfigError:
        pass  # `sla check` says what is wrong with it
    return PromisedTargets(tx.targets, tx.promised[-1].acceptance_days, tx.promised, lines, changed)
