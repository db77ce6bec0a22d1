"""A team and its queue as tests write them, in the hours of the booklet. 1 June 2026 is a Monday."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sla.calendar import BusinessCalendar
from sla.queue.dispatch import Technician, Work

PARIS = ZoneInfo("Europe/Paris")
DAY = [("09:00", "12:30"), ("13:30", "17:00")]
CALENDAR = BusinessCalendar("Europe/Paris", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))
ERRORS, USAGE = "erreurs", "usage"


def paris(text: str) -> datetime:
    """`2026-06-01 09:00` at the desk, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


NOW = paris("2026-06-01 09:00")


def technician(
    number: int, skills: Mapping[str, float] | None = None, away: list[tuple[str, str]] | None = None
) -> Technician:
    """One at full pace in errors unless said otherwise; `away`: absences and appointments, local instants."""
    holes = [(paris(begin), paris(end)) for begin, end in away or []]
    return Technician(number, f"T{number}", skills if skills is not None else {ERRORS: 1.0}, CALENDAR, holes)


def work(
    number: int,
    due: str | None = "2026-06-01 17:00",
    *,
    skill: str = ERRORS,
    minutes: int = 30,
    deposited: str = "2026-06-01 08:00",
    owner: int | None = None,
    pinned: int | None = None,
    **facts: Any,
) -> Work:
    return Work(number, skill, paris(due) if due else None, minutes, paris(deposited), owner, pinned, **facts)
