"""A predictor that errs is put right by where past answers fell in what it said."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from sla.queue.expect.calibration import REMEMBERED, calibrated
from sla.queue.expect.grid import Grid

SAID = Grid.of([60.0 * minute for minute in range(1, 100)])
DRAWS = st.sampled_from(["twice as long", "a third", "two kinds", "always the same"])


def wait(kind: str, chance: random.Random) -> float:
    """What really happens, of which the predictor knows nothing."""
    usual = 60 * chance.uniform(1, 99)
    if kind == "two kinds":
        return 120 + chance.random() if chance.random() < 0.6 else 20_000 * chance.random() + 7000
    return {"twice as long": 2 * usual, "a third": usual / 3, "always the same": 3000 + chance.random()}[kind]


@settings(deadline=None)
@given(DRAWS, st.integers(0, 10**6))
def test_eight_times_in_ten_whatever_the_predictor_says(kind: str, seed: int) -> None:
    """Among exchangeable answers a new one falls within the window 80 % of the time; of 400, 73 to 88 %."""
    chance = random.Random(seed)
    hits = 0
    for _ in range(40):
        levels = [SAID.level_of(wait(kind, chance)) for _ in range(99)]
        told = calibrated(SAID, levels)
        hits += sum(told.at(0.1) <= wait(kind, chance) <= told.at(0.9) for _ in range(10))
    assert 0.69 <= hits / 400 <= 0.91


@given(st.lists(st.floats(0, 3), min_size=1, max_size=120), st.lists(st.integers(0, 90_000), min_size=1, max_size=30))
def test_what_is_told_is_a_distribution(levels: list[float], waits: list[int]) -> None:
    values = calibrated(Grid.of(waits), levels).values
    assert list(values) == sorted(values)
    assert values[0] >= 0


def test_a_predictor_that_was_right_is_left_alone() -> None:
    """Answers that fell evenly: each level says what it said."""
    told = calibrated(SAID, [rank / 100 for rank in range(1, 100)])
    assert [round(value, 3) for value in told.values] == [round(value, 3) for value in SAID.values]


def test_without_past_it_is_taken_at_its_word() -> None:
    assert calibrated(SAID, []) is SAID


def test_what_is_long_past_is_forgotten() -> None:
    """300 answers at its middle outweigh whatever came before them."""
    assert calibrated(SAID, [3.0] * 1000 + [0.5] * REMEMBERED).values == (SAID.at(0.5),) * 13


def test_a_wait_longer_than_anything_said_stretches_the_end() -> None:
    """Beyond its last quantile (98 min), by the distance from its middle (48 min): 2 of them end at 194 min."""
    told = calibrated(SAID, [0.98 + 2.0] * 99)
    assert round(told.at(0.9)) == round(SAID.values[-1] + 2 * (SAID.values[-1] - SAID.at(0.5)))
