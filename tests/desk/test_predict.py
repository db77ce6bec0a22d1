"""What a client is told to expect: the guaranteed deadline alone until 30 answers are known, then a window too."""

from datetime import timedelta

import pytest

from sla.desk.answer import answer
from sla.desk.coverage import coverage_for
from sla.desk.predict import Expected, expect
from sla.desk.resolve import resolve
from sla.errors import NotFound
from sla.store.tables import Prediction
from tests.desk.kept import ERROR, USAGE, a_ticket
from tests.worlds import World, paris


def expected(world: World, at: str) -> Expected:
    return world.see("julie", at, expect, item=ERROR, severity="major", level="maintenance")  # type: ignore[no-any-return]


def test_before_the_deposit_the_clock_s_start_and_the_promise_are_told(world: World) -> None:
    told = expected(world, "2026-05-22 18:00")
    assert (told.starts_at, told.due_at) == (paris("2026-05-26 09:00"), paris("2026-05-26 11:00"))
    assert told.expected_at == paris("2026-05-26 09:15")  # 15 min of work, as soon as the desk opens
    assert told.window is None


def test_after_thirty_answers_a_window_is_told_and_kept_with_the_deposit(world: World) -> None:
    """Every one of 30 tickets was answered ten minutes later than planned: so will the next one be, 8 times in 10."""
    for index in range(30):
        at = f"2026-06-{1 + index % 5:02d} {9 + index // 10:02d}:{5 * (index % 10):02d}"
        number = a_ticket(world, at)
        assert expected(world, at).window is None
        with world.desk.database.reading() as session:
            planned = session.get_one(Prediction, number).expected_at
        late = world.desk.settings.calendar.add(planned, timedelta(minutes=10))
        world.do("clara", late, answer, number, text="x")
        world.do("clara", late, resolve, number, text="x")
    told = expected(world, "2026-06-08 09:00")
    assert told.window is not None
    assert told.expected_at == paris("2026-06-08 09:15")
    assert (told.window.low, told.window.high, told.window.confidence) == (*[paris("2026-06-08 09:25")] * 2, 0.8)
    number = a_ticket(world, "2026-06-08 09:00")
    with world.desk.database.reading() as session:
        kept = session.get_one(Prediction, number)
    assert (kept.low_at, kept.high_at, kept.confidence) == (*[paris("2026-06-08 09:25")] * 2, 0.8)


def test_who_pays_is_told_for_one_s_own_company_alone(world: World) -> None:
    acme, bolt = world.companies["acme"], world.companies["bolt"]
    assert world.see("julie", "2026-06-01 09:00", coverage_for, acme, USAGE).outcome == "accepted"
    assert world.see("bruno", "2026-06-01 09:00", coverage_for, bolt, USAGE).outcome == "waits_forfait"
    with pytest.raises(NotFound):
        world.see("bruno", "2026-06-01 09:00", coverage_for, acme, USAGE)
