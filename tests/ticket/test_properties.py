"""Any legal history, whatever its order and instants: the fold of it holds together."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.facts import Kind
from sla.ticket.fold import fold, step
from sla.ticket.life import Life
from sla.ticket.states import WAITING, State, allows
from tests.ticket.histories import CALENDAR, RULES, Happened

BEGIN = datetime(2026, 5, 20, 6, 0, tzinfo=UTC)
LEVELS, SEVERITIES = ("maintenance", "tma", "excluded"), ("blocking", "major", "minor", "question")
GAPS = st.sampled_from([0, 1, 60, 900, 3600, 7200, 14400, 25200, 86400, 86400 * 3, 86400 * 9]) | st.integers(0, 86400)


def data_of(draw: st.DrawFn, kind: Kind) -> dict[str, object]:
    if kind is Kind.REQUALIFIED:
        return {"level": draw(st.sampled_from(LEVELS)), "severity": draw(st.sampled_from(SEVERITIES))}
    if kind in (Kind.ASSIGNED, Kind.TAKEN):
        return {"technician": draw(st.integers(1, 4)), "pinned": draw(st.booleans())}
    if kind is Kind.WORKED:
        return {"minutes": draw(st.integers(1, 300))}
    if kind is Kind.WORK_CORRECTED:
        return {"minutes": draw(st.integers(0, 300)), "before": draw(st.integers(1, 300))}
    return {"reason": "question"}


@st.composite
def histories(draw: st.DrawFn) -> list[Happened]:
    """A deposit, then facts that the state allows, at instants that never go back."""
    at = BEGIN + timedelta(seconds=draw(st.integers(0, 7 * 86400)))
    born = {"level": draw(st.sampled_from(LEVELS)), "severity": draw(st.sampled_from(SEVERITIES)), "item": "x"}
    found = [Happened(at, Kind.DEPOSITED, {**born, "by_support": draw(st.booleans())})]
    life = fold(found, RULES)
    for _ in range(draw(st.integers(0, 14))):
        at += timedelta(seconds=draw(GAPS))
        legal = [each for each in Kind if allows(life.state, each)]
        if not legal:
            break  # merged: its history is over
        kind = draw(st.sampled_from(legal))
        found.append(Happened(at, kind, data_of(draw, kind)))
        life = step(life, found[-1], RULES)
    return found


def clocks(life: Life) -> list[Clock]:
    return [life.clock(name) for name in ClockName]


@given(histories())
def test_the_whole_is_its_steps_and_generations_and_cycles_never_go_back(history: list[Happened]) -> None:
    lives = list(accumulate(history, lambda life, fact: step(life, fact, RULES), initial=Life()))
    assert lives[-1] == fold(history, RULES)
    for before, now in pairwise(lives):
        for old, new in zip(clocks(before), clocks(now), strict=True):
            assert new.generation >= old.generation
            assert new.cycle >= old.cycle


@given(histories())
def test_a_ticket_and_its_clocks_hold_together(history: list[Happened]) -> None:
    """One state, that waits only where it says so; closed stretches are what was spent; a deadline is shown if and only
    if a clock runs; a verdict is a comparison of instants."""
    life = fold(history, RULES)
    assert isinstance(life.state, State)
    assert (life.waiting_since is not None) == (life.state in WAITING)
    for clock in clocks(life):
        assert life.state not in (State.DECLINED, State.MERGED) or not clock.live
        _spent_is_counted(clock)
        _deadline_is_shown(clock)
        _verdict_compares(clock)


def _spent_is_counted(clock: Clock) -> None:
    spans = [int(CALENDAR.between(begin, end).total_seconds()) for begin, end in clock.stretches]
    assert sum(spans) == clock.spent_s
    assert all(end <= begin for (_, end), (begin, _) in pairwise(clock.stretches))


def _deadline_is_shown(clock: Clock) -> None:
    running = clock.mark is Mark.RUNNING
    assert (clock.since is not None) == running
    assert clock.mark is not Mark.PAUSED or clock.due_at is None
    if running:
        assert clock.due_at is not None
        left = timedelta(seconds=max(0, clock.left_s))
        late = clock.overdue_at is not None
        assert clock.due_at == (clock.overdue_at if late else CALENDAR.add(clock.since or BEGIN, left))


def _verdict_compares(clock: Clock) -> None:
    if clock.mark in (Mark.MET, Mark.MISSED):
        assert clock.ended_at is not None
        late = clock.due_at is not None and clock.ended_at > clock.due_at
        assert (clock.mark is Mark.MISSED) == late


@given(histories(), st.integers(0, 10**6))
def test_when_somebody_looks_changes_nothing(history: list[Happened], seconds: int) -> None:
    """An internal note at any instant leaves every clock as it was."""
    last = history[-1]
    noted = Happened(last.at + timedelta(seconds=seconds), Kind.NOTED, {})
    life = fold(history, RULES)
    if allows(life.state, Kind.NOTED):
        assert fold([*history, noted], RULES) == life


@given(histories(), st.sampled_from(SEVERITIES))
def test_a_severity_taken_back_at_once_changes_no_deadline(history: list[Happened], severity: str) -> None:
    life, at = fold(history, RULES), history[-1].at
    if not allows(life.state, Kind.REQUALIFIED) or "blocking" in (severity, life.severity):
        return  # a workaround that is voided may be owed again
    there = Happened(at, Kind.REQUALIFIED, {"severity": severity})
    back = Happened(at, Kind.REQUALIFIED, {"severity": life.severity})
    wavered = fold([*history, there, back], RULES)
    for old, new in zip(clocks(life), clocks(wavered), strict=True):
        assert (new.mark, new.due_at) == (old.mark, old.due_at)
        assert new.mark is Mark.RUNNING or new.overdue_at == old.overdue_at
