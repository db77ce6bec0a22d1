"""What other systems' suites say of SLA clocks, where they agree with this desk's table; `source` names each suite.

Left out, since the table says otherwise: a next-response clock that already runs before the first response, a first
response owed to a caller whom support has on the line, targets in days, periodic updates.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sla.calendar import BusinessCalendar
from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.fold import fold
from sla.ticket.life import Rules
from tests.ticket.histories import Happened

FACTS = json.loads((Path(__file__).parent / "clock_facts.json").read_text("utf-8"))
NEVER = 10_000_000  # a clock without a target: nothing is expected of it
Targets = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Promised:
    first_response: int
    next_response: int
    resolution: int
    workaround: int | None = None
    always: bool = False


@dataclass(frozen=True)
class Agreements:
    """The targets of a scenario, by the number of times they were changed."""

    by_severity: Mapping[str, Targets]
    deployment: int = NEVER

    def promise(self, level: str, severity: str) -> Promised:
        first, following, resolution = (target or NEVER for target in self.by_severity[severity])
        return Promised(first, following, resolution)


def history(scenario: Mapping[str, Any]) -> tuple[list[Happened], Agreements]:
    targets: dict[str, Targets] = {"0": tuple(scenario["targets"])}
    facts = []
    for at, kind, *given in scenario["events"]:
        data: dict[str, Any] = dict(*given)
        if kind == "deposited":
            data |= {"level": "maintenance", "severity": "0", "item": "erreurs"}
        if kind == "requalified":
            severity = str(len(targets))
            targets[severity] = tuple(data.pop("targets"))
            data["severity"] = severity
        facts.append(Happened(datetime.fromisoformat(at), kind, data))
    return facts, Agreements(targets)


@pytest.mark.parametrize("scenario", FACTS, ids=lambda each: each["id"])
def test_a_clock_shows_what_other_systems_agree_on(scenario: Mapping[str, Any]) -> None:
    holidays = [date.fromisoformat(day) for day in scenario["holidays"]]
    hours = BusinessCalendar(scenario["zone"], scenario["weekly"], holidays)
    facts, agreements = history(scenario)
    for wanted in scenario["expect"]:
        at = datetime.fromisoformat(wanted["at"])
        life = fold([fact for fact in facts if fact.at <= at], Rules(hours, agreements, 5))
        clock = life.clock(ClockName(wanted["clock"]))
        assert shown(clock, at, hours, wanted) == {key: value for key, value in wanted.items() if key != "clock"}


def shown(clock: Clock, at: datetime, hours: BusinessCalendar, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The clock in the words of the facts, as far as they ask; instants in the offsets in which they are written."""
    deadline = clock.due_at if clock.mark is Mark.RUNNING else None
    running = hours.between(clock.since, at) if clock.since else timedelta()
    spent = clock.spent_s + int(running.total_seconds())
    started = clock.started_at or at
    found: dict[str, Any] = {
        "at": at,
        "deadline": deadline,
        "elapsed_s": spent,
        "paused_s": int(hours.between(started, at).total_seconds()) - spent,
        "breached": clock.mark is Mark.MISSED or clock.overdue_at is not None,
        "start_at": hours.next_open(started),
    }
    if "level_offset_s" in wanted and deadline is not None:
        found["level_offset_s"] = wanted["level_offset_s"]
        found["level_at"] = level(clock, wanted["level_offset_s"], hours)
    return {key: as_written(found[key], value) for key, value in wanted.items() if key != "clock"}


def level(clock: Clock, offset_s: int, hours: BusinessCalendar) -> datetime | None:
    share = 100 * (clock.target_s + offset_s) / clock.target_s
    if share.is_integer() and share <= 100:
        return clock.reaches(int(share), hours)
    return hours.add(clock.due_at, timedelta(seconds=offset_s)) if clock.due_at else None


def as_written(value: object, like: object) -> object:
    """The instant as the facts write it, if it is the same one."""
    if isinstance(value, datetime):
        same = isinstance(like, str) and value == datetime.fromisoformat(like)
        return like if same else value.isoformat()
    return value
