"""A simulated desk written down: what it can do at best, and what is wrong with a file, all at once."""

import re
from pathlib import Path

import pytest

from sla.contract.mistakes import ConfigError
from sla.queue.jobs import Hand
from sla.simulation.capacity import capacity, maximum
from sla.simulation.desk_file import WEEK_S, read_simulated_desk
from tests.simulation.small import DESK, desk

BENCH = Path(__file__).parents[2] / "bench" / "desks" / "four_technicians.toml"


def test_the_most_of_a_small_programme() -> None:
    """3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: 36, at (2, 6)."""
    assert maximum([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18]) == pytest.approx(36)
    with pytest.raises(ValueError, match="nothing bounds"):
        maximum([1, 0], [[0, 1]], [1])


def test_what_a_team_can_do_at_best() -> None:
    """A ticket of a takes 720 + half of 1800 s, one of b 720 + half of 3600 s.

    Alone at full pace: 126,000 s a week over 0.7 × 1620 + 0.3 × 2520 = 1890 s. With one who masters a alone, who does
    nothing else, the two share the rest: 252,000 / 1890.
    """
    alone = (Hand(1, {"a": 1.0, "b": 1.0}),)
    assert capacity(desk(hands=alone), WEEK_S) == pytest.approx(126_000 / 1890)
    assert capacity(desk(hands=(*alone, Hand(2, {"a": 1.0}))), WEEK_S) == pytest.approx(252_000 / 1890)
    assert capacity(DESK, WEEK_S) < 252_000 / 1890


def test_the_bench_s_desk_is_read() -> None:
    found = read_simulated_desk(BENCH)
    assert [hand.skills for hand in found.hands][1] == {"A": 1.2, "B": 1.0, "D": 1.3}
    assert found.by_severity["major"].first_response == 240 * 60
    assert found.arrivals.per_week == pytest.approx(0.85 * capacity(found, WEEK_S))
    assert sum(found.arrivals.weekday_share[5:]) / sum(found.arrivals.weekday_share) == pytest.approx(0.06, abs=1e-4)


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        BENCH.read_text("utf-8").replace("A = 1.0, B = 1.0, C = 1.3", "A = 0.5").replace("share = 0.08", "share = -1")
    )
    wrong = tmp_path / "desk.toml"
    wrong.write_text(text.replace("load = 0.85", 'load = "beaucoup"'), "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_simulated_desk(wrong)
    assert [each.key for each in caught.value.mistakes] == ["technicians[1].skills.A", "lines.E.share", "arrivals.load"]


def test_a_line_that_nobody_masters_is_told(tmp_path: Path) -> None:
    wrong = tmp_path / "desk.toml"
    wrong.write_text(BENCH.read_text("utf-8").replace(", E = 1.2", "").replace(", E = 1.0", ""), "utf-8")
    with pytest.raises(ConfigError, match="personne ne maîtrise « E »"):
        read_simulated_desk(wrong)


@pytest.mark.parametrize(
    ("said", "instead", "key"),
    [
        ("first_response_minutes = 12", "first_response_minutes = 0", "work.first_response_minutes"),
        ("minutes = 35", "minutes = 0", "lines.A.minutes"),
        ("[1, 1, 2, 3, 5]", "[]", "stress.absence_days"),
        ("[1.12, 1.04, 1.00, 0.96, 0.88, 0.1915, 0.1277]", "[0, 0, 0, 0, 0, 0, 0]", "arrivals.weekday_share"),
    ],
)
def test_what_nothing_can_be_drawn_from_is_a_mistake(tmp_path: Path, said: str, instead: str, key: str) -> None:
    assert mistakes(tmp_path, BENCH.read_text("utf-8").replace(said, instead)) == [key]


def test_shares_of_nothing_are_a_mistake(tmp_path: Path) -> None:
    none = re.sub(r"share = [\d.]+", "share = 0", BENCH.read_text("utf-8"))
    assert mistakes(tmp_path, none) == ["lines", "severities"]


def test_what_may_be_nothing_is_read(tmp_path: Path) -> None:
    text = BENCH.read_text("utf-8").replace("wait_minutes = 120", "wait_minutes = 0")
    calm = tmp_path / "desk.toml"
    calm.write_text(
        text.replace("hand_over_minutes = 5", "hand_over_minutes = 0").replace("weight = 4.0", "weight = 0")
    )
    assert (read_simulated_desk(calm).wait, read_simulated_desk(calm).hand_over) == (0, 0)


def mistakes(folder: Path, text: str) -> list[str]:
    """Where they are in a file of that text."""
    wrong = folder / "desk.toml"
    wrong.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_simulated_desk(wrong)
    return [each.key for each in caught.value.mistakes]
