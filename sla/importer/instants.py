"""The instants of a log: their formats, their zone, and the nights on which the clocks change."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sla.calendar import UnknownZone
from sla.calendar.zone import Zone
from sla.contract.config_table import ConfigTable
from sla.desk.log_rows import Fate, Unfit
from sla.importer.entries import choice

SAMPLE = datetime(2026, 11, 24, 14, 5, 9, tzinfo=UTC)  # what a format is tried on


@dataclass(frozen=True, slots=True)
class Instants:
    """`formats` are strptime's, tried in order; `later`: of an hour that occurs twice the second is meant."""

    formats: tuple[str, ...]
    zone: ZoneInfo
    later: bool


def read_instants(table: ConfigTable) -> Instants:
    """The mapping's [instants]."""
    formats = table.texts("formats")
    if not formats and not table.absent:
        table.mistake("formats", "il faut au moins un format, par exemple « %Y-%m-%d %H:%M:%S »")
    for each in formats:
        if not _tells_an_instant(each):
            table.mistake("formats", f"« {each} » ne dit pas une date et une heure (année, mois, jour, heure, minute)")
    later = choice(table, "repeated_hour", ("earlier", "later")) == "later"
    found = Instants(formats, _zone(table), later)
    table.close()
    return found


def _tells_an_instant(form: str) -> bool:
    """Whether a format gives back the minute that was written with it."""
    try:
        read = datetime.strptime(SAMPLE.strftime(form), form)  # noqa: DTZ007 - only compared
    except ValueError:
        return False
    return read.replace(second=0, tzinfo=UTC) == SAMPLE.replace(second=0)


def _zone(table: ConfigTable) -> ZoneInfo:
    name = table.text("zone")
    try:
        return Zone(name).info if name else ZoneInfo("UTC")
    except UnknownZone as error:
        table.mistake("zone", error.french)
        return ZoneInfo("UTC")


def instant(text: str, told: Instants) -> datetime:
    """A cell as UTC, read in the log's zone unless it gives an offset; Unfit where it can't be, or never was."""
    for form in told.formats:
        try:
            wall = datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return wall.astimezone(UTC) if wall.tzinfo else _placed(wall, told)
    raise Unfit(Fate.BAD_INSTANT)


def _placed(wall: datetime, told: Instants) -> datetime:
    first, second = (wall.replace(tzinfo=told.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:
        raise Unfit(Fate.GAP)
    return second if told.later else first
