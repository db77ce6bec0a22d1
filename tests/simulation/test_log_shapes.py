"""A desk whose days look like a log's: what is read of the log, and that it is drawn from."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bench.log_shapes import shaped_by
from bench.queue import like, week_s
from sla.simulation.capacity import capacity
from sla.simulation.history import draw, took
from sla.simulation.simulated_desk import Work
from tests.simulation.small import DESK

LOG = """\
ticket,at,activity,technician
1,2012-04-02 08:00:00,Assign seriousness,R1
1,2012-04-02 08:10:00,Take in charge ticket,R1
1,2012-04-02 08:40:00,Wait,R1
1,2012-04-02 09:40:00,Take in charge ticket,R2
1,2012-04-02 11:40:00,Resolve ticket,R2
2,2012-04-03 07:30:00,Assign seriousness,R1
2,2012-04-03 08:00:00,Take in charge ticket,R1
2,2012-04-03 08:00:20,Resolve ticket,R1
3,2012-04-03 14:00:00,Assign seriousness,R1
3,2012-04-03 15:00:00,Resolve ticket,R1
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Monday 2 April with one ticket, Tuesday with two."""
    path = tmp_path / "log.csv"
    path.write_text(LOG, "utf-8")
    return path


def test_durations_are_the_time_since_the_same_technician_s_last_event(log: Path) -> None:
    """10 and 30 min to take in charge, 120 and 60 to resolve, to their means; 20 s are no work."""
    shaped = shaped_by(DESK, log)
    assert shaped.first_response.ratios == [0.5, 1.5]
    assert shaped.first_response.mean == DESK.first_response.mean
    assert [line.resolution.ratios for line in shaped.lines] == [[120 / 90, 60 / 90]] * 2
    assert (shaped.waits, shaped.pauses) == (1 / 3, [3600.0])


def test_arrivals_are_shared_as_they_came(log: Path) -> None:
    shaped = shaped_by(DESK, log)
    assert shaped.arrivals.weekday_share == [1.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert [hour for hour, share in enumerate(shaped.arrivals.hour_share) if share] == [7, 8, 14]
    assert shaped.arrivals.swings == [1.0, 1.0]  # no day was busier than its weekday is


def test_the_desk_keeps_its_load_and_has_the_log_s_hours(log: Path) -> None:
    shaped = like(DESK, log)
    assert week_s(shaped) == 5 * 8.25 * 3600
    loads = [each.arrivals.per_week / capacity(each, week_s(each)) for each in (DESK, shaped)]
    assert loads[1] == pytest.approx(loads[0])


def test_what_was_observed_is_what_is_drawn(log: Path) -> None:
    """Of a thousand draws each is one of the two; a ticket that waits for its client pauses for the log's one hour."""
    drawn = {took(Work(600.0, 0.6, (0.5, 1.5)), Random(number)) for number in range(1000)}
    assert drawn == {300.0, 900.0}
    cases = draw(like(DESK, log), 1, 5).cases
    assert {case.wait for case in cases} == {0.0, 3600.0}
    assert {round(case.answer) for case in cases} == {360, 1080}


def test_a_swing_makes_days_unequal() -> None:
    """Half of the days have no ticket at all, the others twice as many."""
    swinging = replace(DESK, arrivals=replace(DESK.arrivals, per_week=500.0, swings=(0.0, 2.0)))
    days: dict[int, int] = {}
    for case in draw(swinging, 3, 20).cases:
        days[case.at.toordinal()] = days.get(case.at.toordinal(), 0) + 1
    assert 3 < len(days) < 17
    assert min(days.values()) > 140
