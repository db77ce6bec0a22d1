"""The desk as it is, for a simulation: from its history where there is enough of it, from its settings otherwise."""

import pytest

from sla.desk.actor import SYSTEM
from sla.desk.simulated_desk import USUAL_WEEK, simulated_desk
from sla.errors import Forbidden
from sla.simulation.campaign import Campaign, policy_of
from sla.simulation.simulated_desk import SimulatedDesk
from tests.desk.kept import USAGE, a_ticket
from tests.worlds import World


def read(world: World, at: str = "2026-07-01 10:00") -> SimulatedDesk:
    found: SimulatedDesk = world.see(SYSTEM, at, simulated_desk)
    return found


def test_a_new_desk_is_as_its_settings_say(world: World) -> None:
    found = read(world)
    assert len(found.hands) == 4
    assert found.arrivals.per_week == USUAL_WEEK
    blocking = found.by_severity["maintenance.blocking"]
    assert (blocking.weight, blocking.first_response, blocking.resolution) == (4.0, 3600, 28_800)
    assert {line.skill for line in found.lines} == {skill for hand in found.hands for skill in hand.skills}
    assert Campaign(1, 2).play(found, lambda seed: policy_of("index", world.desk.settings.plan.rule))[0].tickets > 0


def test_a_desk_with_a_past_is_as_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six tickets on Mondays at ten over two weeks, a third of them usage, which is TMA."""
    monkeypatch.setattr("sla.desk.simulated_desk.FEW_TICKETS", 6)
    for count in range(6):
        item = {"item": USAGE} if count % 3 == 0 else {}
        a_ticket(world, f"{('2026-06-01', '2026-06-08')[count % 2]} 10:0{count}", severity="minor", **item)
    found = read(world, "2026-06-15 10:00")
    assert found.arrivals.per_week == pytest.approx(6 / 2)
    assert (found.arrivals.weekday_share[0], sum(found.arrivals.weekday_share[1:])) == (6, 0)
    assert found.arrivals.hour_share[10] == 6
    assert sorted(line.share for line in found.lines) == [2, 4]
    assert [(each.code, each.share) for each in found.severities] == [("maintenance.minor", 4), ("tma.minor", 2)]


def test_it_is_for_managers(world: World) -> None:
    with pytest.raises(Forbidden):
        world.see("clara", "2026-07-01 10:00", simulated_desk)
