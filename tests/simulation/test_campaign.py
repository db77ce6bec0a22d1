"""What if: another team, a closure, more tickets, other targets, another rule; and the rule's numbers, searched for."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import fmean, stdev
from xml.etree import ElementTree as ET

import pytest

from sla.contract.targets import Target
from sla.queue.pace import Done, paces
from sla.queue.rule import DEFAULT, Rule
from sla.settings import Environment, load
from sla.simulation.campaign import Campaign, difference, interval, policy_of
from sla.simulation.chart import svg_bars, text_bars
from sla.simulation.fit import FIRST_CHECK, Checked, Numbers, checked, costs, fit, play, toml_lines
from sla.simulation.policy import Pull, Push
from sla.simulation.scenario import Scenario
from sla.simulation.tally import Interval, percentile
from tests.simulation.small import DESK, desk

FEW = Campaign(2, 5)
BUSY = desk(arrivals=replace(DESK.arrivals, per_week=150.0))


def test_nothing_changed_is_the_same_desk() -> None:
    assert Scenario().of(DESK) == replace(DESK, hands=list(DESK.hands), severities=list(DESK.severities))


def test_a_technician_more_masters_everything_at_full_pace() -> None:
    more = Scenario(technicians=1).of(DESK)
    assert [(hand.id, hand.skills) for hand in more.hands][-1] == (3, {"a": 1.0, "b": 1.0})
    assert len(Scenario(technicians=-1).of(DESK).hands) == 1


def test_a_team_that_leaves_a_line_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="b"):
        Scenario(technicians=-1).of(desk(hands=DESK.hands[::-1]))


def test_a_closure_closes_both_its_days() -> None:
    closed = Scenario(closure=(date(2026, 6, 2), date(2026, 6, 3))).of(DESK).calendar
    assert [closed.open_day(date(2026, 6, day)) for day in (1, 2, 3, 4)] == [True, False, False, True]


def test_more_tickets_and_other_targets() -> None:
    changed = Scenario(tickets=1.3, targets=lambda code: Target(60, 90, 120, None) if code == "minor" else None).of(
        DESK
    )
    assert changed.arrivals.per_week == pytest.approx(78)
    assert [(each.first_response, each.resolution) for each in changed.severities] == [(7200, 28800), (60, 120)]


def test_a_campaign_is_made_of_its_seeds() -> None:
    one, again = (FEW.play(BUSY, lambda seed: policy_of("index", DEFAULT)) for _ in range(2))
    assert one == again
    assert one[0] != one[1]
    assert difference(one, again, "broken") == Interval(0.0, 0.0)
    assert interval(one, "tickets").mean == sum(each.tickets for each in one) / 2


def test_policies_by_name() -> None:
    kept = Rule(patience_s=60.0)
    pull = policy_of("edd", kept)
    assert isinstance(pull, Pull)
    assert pull.rule == replace(kept, order="edd")
    assert isinstance(policy_of("round-robin", kept), Push)


def test_an_interval_is_student_s() -> None:
    """Of 1, 2, 3: mean 2, s = 1, t = 4.303 with two degrees of freedom, over √3."""
    found = Interval.of([1, 2, 3])
    assert found.mean == 2
    assert found.half == pytest.approx(4.303 / 3**0.5)
    assert Interval.of([5]) == Interval(5, 0)
    assert Interval.of([]) == Interval(0, 0)


@pytest.mark.parametrize(("seeds", "t"), [(31, 2.0423), (41, 2.0211), (101, 1.9840), (1001, 1.9623)])
def test_beyond_thirty_seeds_too(seeds: int, t: float) -> None:
    values = [float(each % 2) for each in range(seeds)]
    assert Interval.of(values).half == pytest.approx(t * stdev(values) / seeds**0.5, rel=1e-4)


@pytest.mark.parametrize(("count", "found"), [(1, 1), (9, 9), (10, 9), (11, 10), (100, 90)])
def test_nine_in_ten_do_not_pass_the_ninetieth_percentile(count: int, found: int) -> None:
    assert percentile(range(1, count + 1), 90) == found


def test_a_fit_never_does_worse_than_where_it_starts_and_tries_nothing_twice() -> None:
    start, few = Rule(patience_s=1800.0, lost=1.0), Campaign(1, 4)
    tried: list[Numbers] = []
    found = fit(BUSY, start, few, lambda numbers, cost: tried.append(numbers))
    assert found.before == fmean(costs(play(BUSY, few.histories(BUSY), few, Numbers.of(BUSY, start))))
    assert found.cost == fmean(costs(play(BUSY, few.histories(BUSY), few, found.numbers))) <= found.before
    assert len(tried) == len(set(tried))


def test_a_fit_moves_one_number_by_one_step_and_never_the_lightest_weight() -> None:
    start = Numbers.of(DESK, Rule())
    assert start.weights == (("blocking", 4.0), ("minor", 1.0))
    beside = list(start.beside())
    assert {each.rule.patience_s for each in beside} == {7200.0, 10_800.0, 14_400.0}
    assert {each.weights for each in beside} == {
        start.weights,
        (("blocking", 3.0), ("minor", 1.0)),
        (("blocking", 6.0), ("minor", 1.0)),
    }
    assert {each.resolution for each in beside} == {0.25, 0.5, 0.75}
    moved = [(each.rule != start.rule, each.weights != start.weights, each.resolution != 0.5) for each in beside]
    assert all(sum(each) == 1 for each in moved)


def test_both_levels_of_a_severity_weigh_the_same() -> None:
    levels = [replace(DESK.severities[0], code=f"{level}.blocking") for level in ("maintenance", "tma")]
    found = replace(Numbers.of(desk(severities=levels), Rule()), weights=(("blocking", 9.0),), resolution=0.1)
    weighed = found.desk(desk(severities=levels))
    assert [each.weight for each in weighed.severities] == [9.0, 9.0]
    assert weighed.follow_weight == 0.1


def test_lateness_counts_by_the_weights_of_the_desk_not_by_those_that_are_tried() -> None:
    """Else a fit would do best by holding everything light."""
    few, late = Campaign(1, 4), desk(arrivals=replace(DESK.arrivals, per_week=300.0))
    histories, start = few.histories(late), Numbers.of(late, Rule())
    doubled = replace(start, weights=tuple((kind, 2 * weight) for kind, weight in start.weights))
    assert play(late, histories, few, doubled) == play(late, histories, few, start)
    assert play(late, histories, few, start)[0].late > 0


def test_what_was_found_is_tried_on_seeds_that_the_fit_has_not_seen() -> None:
    """The same numbers make no difference. Better is what the whole interval of the cost says, where nothing is surely
    worse."""
    proof = checked(BUSY, Rule(), Numbers.of(BUSY, Rule()), replace(FEW, first_seed=FIRST_CHECK))
    none = Interval(0.0, 0.0)
    assert (proof, proof.better) == (Checked(none, none, none, none), False)
    sure, unsure, worse = Interval(-1.0, 0.9), Interval(-1.0, 1.1), Interval(1.0, 0.9)
    assert Checked(sure, unsure, none, unsure).better
    assert not Checked(unsure, sure, sure, sure).better
    assert not Checked(sure, sure, worse, none).better
    assert not Checked(sure, sure, none, worse).better


def test_what_a_fit_prints_is_what_desk_toml_reads(tmp_path: Path) -> None:
    """The lines, put in place of those of config/desk.toml, give the numbers back."""
    weights = ("blocking", 6.0), ("major", 3.0), ("minor", 1.0), ("question", 0.5)
    found = Numbers(Rule("edd", 5400.0, 2.0, 0.5, 4.0, 600.0, 0.0, 36_000.0), weights, 0.75)
    config = Path(__file__).parents[2] / "config"
    for each in config.glob("*.toml"):
        (tmp_path / each.name).write_bytes(each.read_bytes())
    lines = toml_lines(found)
    keys = {line.split(" = ")[0] for line in lines}
    kept = [line for line in (config / "desk.toml").read_text("utf-8").splitlines() if line.split(" = ")[0] not in keys]
    (tmp_path / "desk.toml").write_text(
        "\n".join(kept).replace("[plan]\n", "[plan]\n" + "\n".join(lines) + "\n", 1), "utf-8"
    )
    plan = load(Environment(sla_config=tmp_path, sla_var=tmp_path)).plan
    assert (plan.rule, dict(plan.weight), plan.resolution_weight) == (found.rule, dict(weights), 0.75)


def test_charts_show_means_and_intervals() -> None:
    rows = [("one", Interval(2.0, 1.0)), ("two & more", Interval(4.0, 0.0))]
    assert text_bars(rows) == [
        "one         " + "█" * 10 + "▒" * 20 + " " * 10 + "  2,00",
        "two & more  " + "█" * 40 + "  4,00",
    ]
    drawn = ET.fromstring(svg_bars("Broken", rows))  # noqa: S314  # our own
    assert [each.text for each in drawn.iter() if each.tag.endswith("text")][1:] == [
        "one",
        "2,00 ± 1,00",
        "two & more",
        "4,00 ± 0,00",
    ]


def test_a_pace_is_learned_and_shrunk_toward_what_is_configured() -> None:
    """Ten tickets of 80 min beside another's ten of 20: twice the desk's mean of 40, half believed: √2 of 1.0. Nobody
    is held faster than full pace."""
    past = [Done(1, "x", 80.0)] * 10 + [Done(2, "x", 20.0)] * 10 + [Done(3, "x", 40.0), Done(1, "y", 5.0)]
    found = paces(past, {1: {"x": 1.0}, 2: {"x": 1.2}})
    assert set(found) == {(1, "x"), (2, "x")}
    assert found[1, "x"].learned == pytest.approx(2**0.5)
    assert (found[1, "x"].tickets, found[1, "x"].weight) == (10, 0.5)
    assert found[2, "x"].learned == 1.0
