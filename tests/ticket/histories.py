"""Histories as tests write them: local instants at the desk of the booklet, and the promises of the shipped targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sla.calendar import BusinessCalendar
from sla.contract.targets import read_targets
from sla.ticket.clock import Clock, ClockName
from sla.ticket.facts import Kind
from sla.ticket.fold import fold
from sla.ticket.life import Life, Rules

CONFIG = Path(__file__).parents[2] / "config"
PARIS = ZoneInfo("Europe/Paris")
DAY = [("09:00", "12:30"), ("13:30", "17:00")]
CALENDAR = BusinessCalendar("Europe/Paris", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))
TARGETS = read_targets(CONFIG / "targets.toml")
RULES = Rules(CALENDAR, TARGETS, acceptance_days=5)
FIRST, NEXT, WORKAROUND, RESOLUTION, DEPLOYMENT = ClockName


@dataclass(frozen=True)
class Happened:
    """One fact of a history."""

    at: datetime
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


def paris(text: str) -> datetime:
    """`2026-06-01 09:00` at the desk, as UTC. (1 June 2026 is a Monday.)"""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def deposited(at: str, level: str = "maintenance", severity: str = "major", **data: Any) -> Happened:
    return Happened(paris(at), Kind.DEPOSITED, {"level": level, "severity": severity, "item": "erreurs", **data})


def then(at: str, kind: str, **data: Any) -> Happened:
    return Happened(paris(at), kind, data)


def waits(at: str, reason: str = "question") -> Happened:
    return then(at, Kind.WAITING_CLIENT, reason=reason)


def life(*history: Happened | Iterable[Happened]) -> Life:
    return fold((fact for each in history for fact in ([each] if isinstance(each, Happened) else each)), RULES)


def clock(name: ClockName, *history: Happened) -> Clock:
    return life(*history).clock(name)


def minutes(seconds: int) -> float:
    return seconds / 60
