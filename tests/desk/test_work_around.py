"""`work_around`: a blocking error gets a workaround, or the reason why there is none; its fix is still owed."""

import pytest

from sla.desk.work_around import work_around
from sla.errors import Forbidden, IllegalMove, Missing
from tests.desk.kept import NETWORK, a_ticket, clock, kinds, refused, ticket, told
from tests.worlds import World, paris


@pytest.mark.parametrize(("possible", "kind"), [(True, "workaround_given"), (False, "workaround_impossible")])
def test_either_outcome_keeps_the_promise_and_the_fix_is_still_owed(world: World, possible: bool, kind: str) -> None:
    number = a_ticket(world, severity="blocking")
    assert clock(world, number, "workaround").due_at == paris("2026-06-01 14:00")
    world.do("clara", "2026-06-01 10:00", work_around, number, text="Passez par l’état 12.", possible=possible)
    assert kinds(world, number)[-1] == kind
    assert (clock(world, number, "workaround").mark, clock(world, number, "first_response").mark) == ("met", "met")
    kept = ticket(world, number)
    assert (kept.state, kept.due_clock, kept.due_at) == ("in_progress", "resolution", paris("2026-06-02 10:00"))
    assert told(world, f"workaround:{number}") == ["julie"]


def test_refusals(world: World) -> None:
    number, at = a_ticket(world, severity="blocking"), "2026-06-01 10:00"
    refused(world, Missing, "clara", at, work_around, number, text="")
    refused(world, Forbidden, "julie", at, work_around, number, text="x")
    refused(world, IllegalMove, "clara", at, work_around, a_ticket(world, item=NETWORK), text="x")
