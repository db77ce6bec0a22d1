"""When prepaid hours run out and how many expire unused, foretold from the desk's own past, in open days."""

from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla.contract.forecast import LEAST_DAYS, Holding, forecast

STEADY = [2] * 60
"""Half an hour each open day, whatever the week."""


def test_a_steady_pace_leaves_no_doubt() -> None:
    """40 quarters at 2 a day: the twentieth open day, which is number 19, in every future."""
    found = forecast(STEADY, [Holding(40, 0, 200)])
    assert found is not None
    assert (found.days, found.likely, found.unused.middle, found.weekly_tenths) == ((19, 19, 19), 1.0, 0, 100)


def test_hours_that_outlast_their_validity_expire_unused() -> None:
    """10 open days are left: 20 of 50 quarters are used."""
    found = forecast(STEADY, [Holding(50, 0, 10)])
    assert found is not None
    assert (found.days, found.runs_out, found.likely) == ((None, None, None), False, 0.0)
    assert (found.unused.low, found.unused.middle, found.unused.high) == (30, 30, 30)


def test_the_forfait_that_ends_first_is_used_first() -> None:
    """20 quarters for 5 days, of which 10 expire; then 40 more, at 2 a day from day 5 on: until day 24."""
    found = forecast(STEADY, [Holding(40, 0, 100), Holding(20, 0, 5)])
    assert found is not None
    assert (found.days[0], found.unused.middle) == (24, 10)


def test_a_forfait_that_follows_at_once_goes_on_with_the_count() -> None:
    """10 quarters until day 4, the next 10 from day 5: used up on day 9."""
    found = forecast(STEADY, [Holding(10, 0, 5), Holding(10, 5, 50)])
    assert found is not None
    assert found.days[0] == 9


def test_a_gap_before_the_next_forfait_is_the_end_of_the_hours_that_run() -> None:
    found = forecast(STEADY, [Holding(10, 0, 30), Holding(80, 30, 60)])
    assert found is not None
    assert found.days[0] == 4


def test_uneven_weeks_widen_the_range() -> None:
    """A week of 20 quarters, then three without any: the same pace on average, and less is known."""
    found = forecast(([4] * 5 + [0] * 15) * 3, [Holding(40, 0, 250)])
    assert found is not None
    middle, low, high = found.days
    assert low is not None
    assert middle is not None
    assert high is not None
    assert low < middle < high
    assert (found.weekly_tenths, high - low) == (50, 118)


def test_without_consumption_everything_expires() -> None:
    found = forecast([0] * 60, [Holding(40, 0, 50)])
    assert found is not None
    assert (found.runs_out, found.unused.middle, found.weekly_tenths) == (False, 40, 0)


def steady_calls(chance: Random) -> list[int]:
    """A call on one day in three."""
    return [chance.choice((1, 2, 2, 3, 4, 6, 8)) if chance.random() < 0.35 else 0 for _ in range(ALL_DAYS)]


def busy_weeks(chance: Random) -> list[int]:
    """Three weeks in ten with a call on four days in five, little in the others."""
    weeks = [0.8 if chance.random() < 0.3 else 0.06 for _ in range(ALL_DAYS // 5)]
    return [chance.choice((1, 2, 3, 4, 8)) if chance.random() < busy else 0 for busy in weeks for _ in range(5)]


def rare_works(chance: Random) -> list[int]:
    """A larger piece of work every twelve or thirteen days."""
    return [chance.choice((2, 4, 6, 10)) if chance.random() < 0.08 else 0 for _ in range(ALL_DAYS)]


OBSERVED, AHEAD = 64, 256
ALL_DAYS = OBSERVED + AHEAD
LONG = settings().max_examples > 1000
LIVES = 1000 if LONG else 40


@pytest.mark.parametrize("held", [20, 80, 200] if LONG else [80])
@pytest.mark.parametrize("client", [steady_calls, busy_weeks, rare_works])
def test_the_day_lies_in_its_range_eight_times_in_ten(client: Callable[[Random], list[int]], held: int) -> None:
    """Clients of a known nature, three months known of each: the day on which the hours really run out, or that they
    never do, is within what was told of 5, 20 or 50 h. A few in a hundred more or less, for chance."""
    within = 0
    for life in range(LIVES):
        days = client(Random(life))
        found = forecast(days[:OBSERVED], [Holding(held, 0, AHEAD)])
        assert found is not None
        used = [*accumulate(days[OBSERVED:])]
        really = bisect_left(used, held)
        _, low, high = (AHEAD if day is None else day for day in found.days)
        within += low <= really <= high
    assert within / LIVES >= 0.7


@pytest.mark.parametrize("past", [[], [4] * (LEAST_DAYS - 1)])
def test_a_past_of_less_than_two_weeks_foretells_nothing(past: list[int]) -> None:
    assert forecast(past, [Holding(40, 0, 100)]) is None


@pytest.mark.parametrize("held", [[], [Holding(0, 0, 10)], [Holding(8, 5, 5)]])
def test_nothing_left_to_use_foretells_nothing(held: list[Holding]) -> None:
    assert forecast(STEADY, held) is None


pasts = st.lists(st.integers(0, 28), min_size=LEAST_DAYS, max_size=70)
holdings = st.lists(
    st.builds(lambda q, first, length: Holding(q, first, first + length), *map(st.integers, (1, 0, 1), (200, 40, 260))),
    min_size=1,
    max_size=4,
)


@given(pasts, holdings)
def test_what_expires_is_never_more_than_what_is_held(past: list[int], held: list[Holding]) -> None:
    found = forecast(past, held, futures=20)
    assert found is not None
    unused = found.unused
    assert 0 <= unused.low <= unused.middle <= unused.high <= sum(each.quarters for each in held)
    last = max(each.end for each in held)
    days = [last if day is None else day for day in found.days]
    assert 0 <= days[1] <= days[0] <= days[2] <= last


@given(pasts, st.integers(1, 200), st.integers(1, 200))
def test_more_hours_never_run_out_earlier(past: list[int], quarters: int, more: int) -> None:
    few = forecast(past, [Holding(quarters, 0, 250)], futures=20)
    many = forecast(past, [Holding(quarters + more, 0, 250)], futures=20)
    assert few is not None
    assert many is not None
    for less, later in zip(few.days, many.days, strict=True):
        assert later is None or (less is not None and less <= later)


@given(pasts, holdings)
def test_the_same_facts_give_the_same_forecast(past: list[int], held: list[Holding]) -> None:
    assert forecast(past, held, futures=10) == forecast(list(past), list(reversed(held)), futures=10)
