"""Thousands of histories, edits of the calendar among them, told to the service and to the table's second telling."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sla.calendar import AlwaysOpen, BusinessCalendar
from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.explanation import explain
from sla.ticket.facts import Kind
from sla.ticket.fold import fold, step
from sla.ticket.life import Life, Rules
from sla.ticket.states import allows
from tests.ticket.histories import CALENDAR, DAY, PARIS, TARGETS, Happened
from tests.ticket.table_model import Grid, Model, Watch

EXAMPLES = 5000 if settings().max_examples > 1000 else 60
BEGIN = datetime(2026, 5, 18, tzinfo=PARIS).astimezone(UTC)  # a Monday; summer time from end to end
DAYS = 90
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)
LEVELS = {level: dict(each) for level, each in TARGETS.levels.items()}
BLOCKING = replace(TARGETS.promise("maintenance", "blocking"), always=True, workaround=200 * 60)
LEVELS[Coverage.MAINTENANCE][Severity.BLOCKING] = BLOCKING
AROUND = AlwaysOpen()
PROMISES = replace(TARGETS, levels=LEVELS)
PAIRS = [(level, severity) for level in ("maintenance", "tma") for severity in Severity]
MINUTES = {
    (level, str(severity)): (
        each.first_response // 60,
        each.next_response // 60,
        each.workaround // 60 if each.workaround else None,
        each.resolution // 60,
        each.always,
    )
    for level, severity in PAIRS
    for each in (PROMISES.promise(level, severity),)
}
KINDS = [
    *(Kind.ANSWERED, Kind.CALL_HELD, Kind.SESSION_HELD, Kind.SESSION_BOOKED, Kind.ESTIMATE_OFFERED, Kind.COMMENTED),
    *(Kind.COMMENTED, Kind.NOTED, Kind.ASSIGNED, Kind.TAKEN, Kind.WAITING_CLIENT, Kind.WAITING_CLIENT, Kind.RESUMED),
    *(Kind.WAITING_PUBLISHER, Kind.WORKAROUND_GIVEN, Kind.WORKAROUND_IMPOSSIBLE, Kind.TRANSFERRED, Kind.RESOLVED),
    *(Kind.RESOLVED, Kind.REFUSED, Kind.REOPENED, Kind.ACCEPTED, Kind.ACCEPTED_WITH_RESERVATIONS, Kind.CLOSED),
    *(Kind.REQUALIFIED, Kind.REQUALIFIED, Kind.DECLINED, Kind.MERGED, Kind.RESCHEDULED, Kind.RESCHEDULED),
]
GAPS = st.sampled_from([0, 1, 30, 60, 210, 240, 420, 540, 1440, 4320, 12960]) | st.integers(0, 2000)


def at(minute: int) -> datetime:
    return BEGIN + timedelta(minutes=minute)


def minute(instant: datetime | None) -> int | None:
    return None if instant is None else int((instant - BEGIN).total_seconds()) // 60


def usual(m: int) -> bool:
    return m // 1440 % 7 < 5 and (540 <= m % 1440 < 750 or 810 <= m % 1440 < 1020)


USUAL = bytearray(usual(m) for m in range(DAYS * 1440))
GRID, ALWAYS = Grid(USUAL), Grid(b"\1" * len(USUAL))


class Told:
    """One ticket, told to both."""

    def __init__(self) -> None:
        self.minutes, self.closed, self.opened = bytearray(USUAL), list[tuple[int, int]](), list[tuple[int, int]]()
        self.hours, self.earlier = CALENDAR, list[tuple[datetime, BusinessCalendar]]()
        self.model, self.life, self.facts = Model(MINUTES, GRID, ALWAYS), Life(), list[Happened]()

    @property
    def rules(self) -> Rules:
        return Rules(self.hours, PROMISES, 5, tuple(self.earlier))

    def tell(self, m: int, kind: Kind, data: dict[str, Any]) -> None:
        self.facts.append(Happened(at(m), kind, data))
        self.life = step(self.life, self.facts[-1], self.rules)
        self.model.happen(m, kind, data)

    def edit(self, m: int, begin: int, end: int, *, opens: bool) -> None:
        """From this minute on, a closure or an opening more; the desk writes down which deadlines it moves."""
        (self.opened if opens else self.closed).append((begin, end))
        new = BusinessCalendar("Europe/Paris", WEEK, closures=periods(self.closed), openings=periods(self.opened))
        self.earlier.append((at(m), self.hours))
        self.hours = self.hours.until(at(m), new)
        for value, those in ((0, self.closed), (1, self.opened)):
            for low, high in those:
                low = max(low, m)
                self.minutes[low:high] = bytes([value]) * max(0, high - low)
        self.model.edit(m, Grid(self.minutes))
        after = step(self.life, Happened(at(m), Kind.RESCHEDULED), self.rules)
        moves = {str(each): 1 for each in ClockName if after.clock(each).due_at != self.life.clock(each).due_at}
        self.tell(m, Kind.RESCHEDULED, {"moves": moves})


def periods(given: list[tuple[int, int]]) -> list[tuple[datetime, datetime, str]]:
    return [(at(begin), at(end), "x") for begin, end in given]


@st.composite
def tickets(draw: st.DrawFn) -> tuple[Told, int]:
    told, m = Told(), draw(st.integers(0, 7 * 1440))
    level, severity = draw(st.sampled_from(PAIRS))
    by_support = {"by_support": "1"} if draw(st.integers(0, 4)) == 0 else {}
    told.tell(m, Kind.DEPOSITED, {"level": level, "severity": str(severity), "item": "x", **by_support})
    for _ in range(draw(st.integers(0, 16))):
        m += draw(GAPS)
        legal = [each for each in KINDS if allows(told.life.state, each)]
        if not legal or m > 35 * 1440:
            break
        kind, data = draw(st.sampled_from(legal)), dict[str, Any]()
        if kind is Kind.RESCHEDULED:
            m += 1
            start = m + draw(GAPS)
            told.edit(m, start, start + draw(st.sampled_from([60, 300, 1440, 4320])), opens=draw(st.booleans()))
            continue
        if kind is Kind.REQUALIFIED:
            data["level"], data["severity"] = draw(st.sampled_from(PAIRS))
        elif kind is Kind.WAITING_CLIENT:
            data["reason"] = draw(st.sampled_from(["question", "estimate", "forfait", "date"]))
        elif kind in (Kind.ASSIGNED, Kind.TAKEN):
            data["technician"] = "1"
        told.tell(m, kind, data)
    return told, m + draw(GAPS)


def seen(clock: Clock, spent: int) -> dict[str, object]:
    """As the service has it, in minutes; of a clock that was stopped no more than its verdict."""
    if clock.mark is Mark.IDLE:
        return {"mark": "idle"}
    shown: dict[str, object] = {"mark": str(clock.mark), "cause": clock.cause, "ended": minute(clock.ended_at)}
    if not clock.live:
        return shown | {"kept": minute(clock.due_at)}
    due = clock.due_at if clock.mark is Mark.RUNNING else clock.overdue_at
    return shown | {"due": minute(due), "target": clock.target_s // 60, "spent": spent / 60}


def expected(watch: Watch | None, grid: Grid, now: int) -> dict[str, object]:
    if watch is None:
        return {"mark": "idle"}
    shown: dict[str, object] = {"mark": watch.mark, "cause": watch.cause, "ended": watch.ended}
    if watch.mark not in ("running", "paused"):
        return shown | {"kept": watch.kept}
    spent = watch.spent(grid) + (grid.within((watch.since, now)) if watch.since is not None else 0)
    return shown | {"due": watch.deadline(grid), "target": watch.target, "spent": spent}


@given(tickets())
@settings(max_examples=EXAMPLES)
def test_the_service_and_the_table_told_twice_agree(case: tuple[Told, int]) -> None:
    """Mark, cause, target, deadline, end and time spent of each clock, and the acceptance window; what was written step
    by step is the fold of it all; and each explanation sums, to the second, to what its clock has spent."""
    told, now = case
    assert minute(told.life.accept_until) == told.model.window
    assert told.life == fold(told.facts, told.rules)
    for name in ClockName:
        always = name != ClockName.DEPLOYMENT and told.model.grid is ALWAYS
        hours, clock = AROUND if always else told.hours, told.life.clock(name)
        spent = explained(told, hours, clock, now)
        assert (name, seen(clock, spent)) == (
            name,
            expected(told.model.clocks.get(name), told.model.grid_of(name), now),
        )


def explained(told: Told, hours: BusinessCalendar, clock: Clock, now: int) -> int:
    """Seconds counted; from the clock's start to its deadline there is no hole."""
    if not clock.live:
        return 0
    found = explain(told.facts, told.rules, hours, clock.name, at(now))
    assert all(before.end == after.start for before, after in pairwise(found.stretches))
    ahead = sum(each.seconds for each in found.ahead if each.counted)
    assert not found.ahead or found.spent_s + ahead == clock.target_s
    return found.spent_s
