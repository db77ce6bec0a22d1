"""A distribution of waits, kept as its quantiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.queue.expect.grid import LEVELS, Grid, order_statistic

WAITS = st.lists(st.integers(0, 200_000), min_size=1, max_size=60)
UNIFORM = Grid.of([60.0 * minute for minute in range(1, 100)])


def test_the_levels_of_a_uniform_wait() -> None:
    """Waits of 1 to 99 min, each alike: the k-th stands at (k − ½) / 99."""
    assert UNIFORM.at(0.5) == 50 * 60
    assert UNIFORM.at(0.8) == pytest.approx((0.8 * 99 + 0.5) * 60)
    assert UNIFORM.level_of(50 * 60) == 0.5


def test_a_wait_that_weighs_more_moves_the_middle() -> None:
    assert Grid.weighted([(60, 1), (600, 8), (6000, 1)]).at(0.5) == 600


def test_one_wait_is_certain() -> None:
    assert Grid.of([90.0]).values == (90.0,) * len(LEVELS)


def test_of_nothing_nothing_can_be_said() -> None:
    with pytest.raises(ValueError, match="at least one wait"):
        Grid.of([])


@given(WAITS)
def test_quantiles_never_fall_and_stay_within_the_sample(waits: list[int]) -> None:
    values = Grid.of(waits).values
    assert list(values) == sorted(values)
    assert min(waits) <= values[0]
    assert values[-1] <= max(waits)


@given(WAITS, st.integers(0, 400_000))
def test_the_level_of_a_wait_leads_back_to_it(waits: list[int], wait: int) -> None:
    """Where several levels share one wait, and where none is shorter, the level says no more than that."""
    grid = Grid.of(waits)
    level = grid.level_of(wait)
    assert level >= 0
    if grid.values[0] > 0 or wait > 0:
        assert grid.at(level) == pytest.approx(wait, abs=1e-6 * max(1, wait))


@given(WAITS, st.integers(0, 400_000), st.integers(0, 400_000))
def test_a_longer_wait_lies_no_lower(waits: list[int], one: int, other: int) -> None:
    grid = Grid.of(waits)
    short, long = sorted((one, other))
    assert grid.level_of(short) <= grid.level_of(long)


@pytest.mark.parametrize(("n", "bounds"), [(1, (0, 0)), (9, (0, 8)), (19, (1, 17)), (99, (9, 89)), (300, (29, 270))])
def test_the_ranks_that_bound_a_new_one_eight_times_in_ten(n: int, bounds: tuple[int, int]) -> None:
    """Of n + 1 equally likely ranks, 10 % at most lie beyond each bound, save where n is too small to tell."""
    ordered = range(n)
    assert (order_statistic(ordered, 0.1), order_statistic(ordered, 0.9)) == bounds


@given(st.lists(st.floats(0, 5), min_size=1, max_size=80).map(sorted))
def test_ranks_never_fall(ordered: list[float]) -> None:
    found = [order_statistic(ordered, level) for level in LEVELS]
    assert found == sorted(found)
