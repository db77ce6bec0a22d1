"""The expected answer: the plan's instant, widened by how wrong the plan has been; nothing below 30 answers."""

import random

import pytest

from sla.queue.expect import quantiles, window
from tests.queue.desks import CALENDAR, NOW, paris

EXPECTED = paris("2026-06-01 10:00")


def test_below_the_least_number_of_answers_nothing_is_claimed() -> None:
    assert window(EXPECTED, [0] * 29, CALENDAR, NOW, minimum=30) is None
    assert window(EXPECTED, [0] * 30, CALENDAR, NOW, minimum=30) is not None


def test_the_window_is_the_errors_around_the_plan() -> None:
    """99 errors from −49 to +49 min: the 10th and the 90th bound 80 %."""
    errors = [60 * minutes for minutes in range(-49, 50)]
    found = window(EXPECTED, errors, CALENDAR, NOW, minimum=30)
    assert found is not None
    assert (found.low, found.high, found.confidence) == (paris("2026-06-01 09:20"), paris("2026-06-01 10:40"), 0.8)


@pytest.mark.parametrize(("n", "bounds"), [(1, (0, 0)), (30, (2, 27)), (99, (9, 89)), (300, (29, 270))])
def test_the_order_statistics(n: int, bounds: tuple[int, int]) -> None:
    """Of n + 1 equally likely ranks, 10 % at most lie on each side, save where n is too small to tell."""
    assert quantiles(range(n), 0.8) == bounds


def test_the_order_in_which_errors_came_does_not_matter() -> None:
    errors = [60 * minutes for minutes in range(-49, 50)]
    shuffled = random.Random(1).sample(errors, len(errors))
    assert window(EXPECTED, shuffled, CALENDAR, NOW, minimum=30) == window(EXPECTED, errors, CALENDAR, NOW, minimum=30)


def test_no_window_begins_in_the_past_or_ends_before_it_begins() -> None:
    found = window(EXPECTED, [-7200] * 30, CALENDAR, paris("2026-06-01 09:50"), minimum=30)
    assert found is not None
    assert (found.low, found.high) == (paris("2026-06-01 09:50"), paris("2026-06-01 09:50"))


def test_errors_are_working_time() -> None:
    found = window(paris("2026-06-01 12:00"), [3600] * 30, CALENDAR, NOW, minimum=30)
    assert found is not None
    assert found.low == paris("2026-06-01 14:00")
    at_night = window(paris("2026-06-01 16:30"), [3600] * 30, CALENDAR, NOW, minimum=30)
    assert at_night is not None
    assert at_night.high == paris("2026-06-02 09:30")


@pytest.mark.parametrize("shape", ["normal", "late", "two kinds"])
def test_eight_times_in_ten_whatever_the_errors_look_like(shape: str) -> None:
    """Split conformal prediction: among exchangeable errors a new one falls within the bounds 80 % of the time."""
    chance = random.Random(2026)

    def error() -> int:
        if shape == "normal":
            return round(chance.gauss(0, 1200))
        if shape == "late":
            return round(chance.expovariate(1 / 1800))
        return round(chance.gauss(-600, 60) if chance.random() < 0.7 else chance.gauss(7200, 900))

    hits = 0
    for _ in range(2000):
        low, high = quantiles(sorted(error() for _ in range(99)), 0.8)
        hits += low <= error() <= high
    assert 0.78 <= hits / 2000 <= 0.83
