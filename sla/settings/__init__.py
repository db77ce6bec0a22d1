"""config/*.toml and the environment → frozen values; every mistake is reported at once, by file, line and key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from sla.calendar import BusinessCalendar, CalendarFileError
from sla.contract.catalogue import Catalogue
from sla.contract.coverage_file import read_catalogue
from sla.contract.mistakes import ConfigError, Mistake
from sla.contract.targets import Targets, read_targets
from sla.settings.chat_lines import unreachable_chats
from sla.settings.desk_file import read_desk
from sla.settings.desk_rules import ChatLine, ForfaitRules, PlanRules, Reminders, TechnicianLine, WorkRules
from sla.settings.environment import Environment

__all__ = ["ConfigError", "Environment", "Settings", "load", "of_this_machine"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that config/ and the environment say."""

    environment: Environment
    calendar: BusinessCalendar
    catalogue: Catalogue
    targets: Targets
    technicians: tuple[TechnicianLine, ...]
    forfaits: ForfaitRules
    work: WorkRules
    reminders: Reminders
    plan: PlanRules
    chats: tuple[ChatLine, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return self.calendar.zone

    def midnight(self, day: date) -> datetime:
        """The first instant of a date at the desk, UTC."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    @property
    def acceptance_days(self) -> int:
        return self.work.acceptance_days

    def technician(self, code: str) -> TechnicianLine | None:
        return next((line for line in self.technicians if line.code == code), None)


T = TypeVar("T")
A_PORT = "un numéro de port entre 1 et 65535 est attendu"
EXPECTED = {
    "port": A_PORT,
    "smtp_port": A_PORT,
    "smtp_starttls": "true ou false est attendu",
    "webhook_networks": "des réseaux séparés par des virgules sont attendus, par exemple 10.0.0.0/8, 127.0.0.0/8",
    "chat_urls": "un objet JSON est attendu, un nom et son adresse apprise",
}
HIDDEN = frozenset({"chat_urls"})
"""Not even a value that can't be used is said: it holds tokens."""


def load(environment: Environment | None = None) -> Settings:
    """Read everything; raises ConfigError with the mistakes of all files together."""
    environment = environment or of_this_machine()
    folder, mistakes = environment.sla_config, list[Mistake]()
    calendar = _collect(mistakes, BusinessCalendar.load, folder / "calendar.toml")
    catalogue = _collect(mistakes, read_catalogue, folder / "coverage.toml")
    targets = _collect(mistakes, read_targets, folder / "targets.toml")
    desk = _collect(mistakes, lambda path: read_desk(path, catalogue), folder / "desk.toml")
    if desk is not None:
        mistakes += unreachable_chats(desk.chats, environment)
    if mistakes or calendar is None or catalogue is None or targets is None or desk is None:
        raise ConfigError(mistakes)
    return Settings(environment, calendar, catalogue, targets, **desk._asdict())


def of_this_machine() -> Environment:
    """The environment's variables; ConfigError names each that can't be used."""
    try:
        return Environment()
    except ValidationError as error:
        raise ConfigError([_wrong(str(each["loc"][0]), each["input"]) for each in error.errors()]) from error


def _wrong(name: str, given: object) -> Mistake:
    wanted = EXPECTED.get(name, "une autre valeur est attendue")
    what = "ce qui est donné" if name in HIDDEN else f"« {given} »"
    return Mistake("environnement", 0, name.upper(), f"{what} ne convient pas, {wanted}")


def _collect(mistakes: list[Mistake], read: Callable[[Path], T], path: Path) -> T | None:
    try:
        return read(path)
    except ConfigError as error:
        mistakes.extend(error.mistakes)
    except CalendarFileError as error:
        mistakes.extend(Mistake(Path(each.file).name, each.line, each.key, each.message_fr) for each in error.mistakes)
    return None
