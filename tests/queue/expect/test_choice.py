"""What is claimed with how many answers, and which predictor is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.queue.expect.choice import JUDGED_ON, LAST_HUNDRED, Answer, Mark, alike, believed, marks, offered, tell
from sla.queue.expect.grid import Grid
from sla.queue.expect.loss import loss, pinball
from sla.queue.expect.plain import certain, last_hundred, last_wait, rolling_mean

HOUR = Grid.of([60.0 * minute for minute in range(1, 61)])
DAY = Grid.of([25_200.0 + minute for minute in range(60)])
SAID = {"replay": HOUR, LAST_HUNDRED: DAY}


def answers(count: int, *, replay: float = 100.0, plain: float = 200.0, severity: str = "major") -> list[Answer]:
    judged = {"replay": Mark(0.5, replay), LAST_HUNDRED: Mark(0.5, plain)}
    return [Answer(severity, 1800.0, judged) for _ in range(count)]


@pytest.mark.parametrize(
    ("known", "by"), [(0, None), (29, None), (30, LAST_HUNDRED), (99, LAST_HUNDRED), (100, "replay")]
)
def test_what_is_believed_with_so_many_answers(known: int, by: str | None) -> None:
    """Below 30 the guaranteed deadline alone; below 100 the last answers of the severity; then who lost least."""
    told = tell(SAID, "major", answers(known))
    assert (told.by if told else None) == by


def test_the_last_answers_are_told_as_they_were() -> None:
    """Uncalibrated: they are themselves what happened."""
    told = tell(SAID, "major", answers(99))
    assert told is not None
    assert told.grid is DAY


def test_imported_answers_count_as_answers_and_judge_nobody() -> None:
    imported = [Answer("major", 1800.0)] * 500
    told = tell(SAID, "major", imported)
    assert told is not None
    assert (told.by, told.grid) == (LAST_HUNDRED, DAY)


def test_nothing_is_told_when_nobody_knows_of_a_wait_as_long() -> None:
    assert tell({"replay": HOUR}, "major", answers(99)) is None


def test_who_lost_least_lately_is_believed() -> None:
    older, newer = answers(500, replay=1.0, plain=900.0), answers(JUDGED_ON, replay=300.0, plain=200.0)
    assert believed(SAID, older) == "replay"
    assert believed(SAID, older + newer) == LAST_HUNDRED


def test_of_equals_the_first_named() -> None:
    assert believed(SAID, answers(150, replay=5.0, plain=5.0)) == "replay"


def test_a_severity_is_calibrated_by_its_own_once_it_has_a_hundred() -> None:
    """Major answers all came at the middle of what was said, minor ones at its end."""
    minor = [Answer("minor", 1800.0, {"replay": Mark(0.9, 1.0)})] * 400
    few, enough = answers(99), answers(100)
    said = {"replay": HOUR}
    assert offered(said, "major", minor + few)["replay"].at(0.5) == HOUR.at(0.9)
    assert offered(said, "major", minor + enough)["replay"].at(0.5) == HOUR.at(0.5)


def test_the_waits_of_a_severity_or_of_all_while_they_are_few() -> None:
    minor, major = [Answer("minor", 60.0)] * 50, [Answer("major", 120.0)] * 29
    assert alike("major", minor + major) == [60.0] * 50 + [120.0] * 29
    assert alike("major", [*minor, *major, Answer("major", 120.0)]) == [120.0] * 30


def test_an_answer_marks_each_predictor() -> None:
    found = marks(SAID, {"replay": DAY, LAST_HUNDRED: HOUR}, 1800.0)
    assert found["replay"] == Mark(HOUR.level_of(1800.0), loss(DAY, 1800.0))
    assert found[LAST_HUNDRED] == Mark(DAY.level_of(1800.0), loss(HOUR, 1800.0))


@pytest.mark.parametrize(
    ("told", "level", "lost"), [(60, 0.8, 32.0), (100, 0.8, 0.0), (150, 0.8, 10.0), (60, 0.5, 20.0)]
)
def test_pinball_of_a_wait_of_100_s(told: float, level: float, lost: float) -> None:
    """Told too short costs the level for each second, too long the rest."""
    assert pinball(told, 100, level) == pytest.approx(lost)


def test_the_loss_is_the_mean_of_its_levels() -> None:
    """An hour and 40 min late of a certain hour: 2400 s × (0.1 + 0.5 + 0.8 + 0.9) / 4."""
    assert loss(certain(3600), 6000) == pytest.approx(2400 * 2.3 / 4)


@given(st.lists(st.integers(0, 90_000), min_size=1, max_size=150))
def test_plain_rules_tell_what_came_lately(waits: list[int]) -> None:
    assert rolling_mean(waits).at(0.8) == pytest.approx(sum(waits[-10:]) / len(waits[-10:]))
    assert last_wait(waits).at(0.1) == waits[-1]
    assert last_hundred(waits) == Grid.of(waits[-100:])
