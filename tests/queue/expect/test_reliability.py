"""Whether what was told was true: coverage, the curve, and the alarm when it drifts beyond chance."""

import pytest

from sla.queue.expect.grid import LEVELS, Grid
from sla.queue.expect.plain import certain
from sla.queue.expect.reliability import Drift, Outcome, covered, curve, drift, rated

UNIFORM = Grid.of([60.0 * minute for minute in range(1, 100)])


def outcome(wait_min: float, *, within: bool = True) -> Outcome:
    return Outcome("major", within, UNIFORM, wait_min * 60, {"rolling_mean": certain(1800)})


def test_what_is_claimed_and_true_lies_on_the_diagonal() -> None:
    found = curve([outcome(minute) for minute in range(1, 100)])
    assert [level for level, _ in found] == list(LEVELS)
    assert all(abs(share - level) <= 0.01 for level, share in found)


def test_answers_that_come_later_than_told_lie_below_it() -> None:
    assert dict(curve([outcome(95.0)] * 10))[0.9] == 0.0


def test_the_share_that_held() -> None:
    assert covered([outcome(1)] * 3 + [outcome(1, within=False)]) == 0.75
    assert covered([]) == 0.0


def test_ours_first_then_the_naive_on_the_same_waits() -> None:
    """A wait of 50 min: ours told 79.7 min 8 times in 10, the mean 30 min always."""
    ours, naive = rated([outcome(50)], "told")
    assert (ours.rule, naive.rule) == ("told", "rolling_mean")
    assert ours.pinball == pytest.approx(0.2 * (UNIFORM.at(0.8) - 3000))
    assert naive.pinball == pytest.approx(0.8 * 1200)
    assert (ours.error, naive.error) == (0.0, 1200.0)
    assert (ours.covered, naive.covered) == (1.0, 0.0)


def test_a_predictor_that_had_nothing_to_say_once_is_not_compared() -> None:
    silent = Outcome("major", True, UNIFORM, 60.0, {})
    assert [each.rule for each in rated([outcome(50), silent], "told")] == ["told"]


@pytest.mark.parametrize(
    ("held", "missed", "told"),
    [
        (0, 49, None),  # too few to tell
        (0, 50, Drift(0.0, 50, 0.8)),
        (160, 40, None),
        (142, 58, None),  # 71 %: 3.2 standard deviations
        (141, 59, Drift(0.705, 200, 0.8)),
        (178, 22, None),
        (179, 21, Drift(0.895, 200, 0.8)),
    ],
)
def test_the_alarm_is_for_what_chance_passes_once_in_a_thousand(held: int, missed: int, told: Drift | None) -> None:
    found = drift([True] * held + [False] * missed, 0.8)
    assert found == told
    assert found is None or found.too_narrow == (found.covered < 0.8)


def test_only_the_last_two_hundred_are_watched() -> None:
    assert drift([False] * 500 + [True] * 160 + [False] * 40, 0.8) is None
