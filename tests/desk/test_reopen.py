"""`reopen`: whenever the problem comes back, without limit of time."""

import pytest

from sla.desk.accept import accept
from sla.desk.hours import correct_hours
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.errors import Forbidden, IllegalMove, Missing, NotFound
from tests.desk.kept import (
    USAGE,
    a_ticket,
    balance,
    clock,
    due,
    events,
    fire,
    in_hand,
    kinds,
    life,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris


def closed(world: World, **given: str) -> int:
    number = in_hand(world, **given)
    world.do("clara", "2026-06-01 11:00", resolve, number, text="Fait.")
    world.do("julie", "2026-06-01 14:00", accept, number)
    return number


def test_within_the_window_it_goes_back_to_who_did_it(world: World) -> None:
    number = closed(world)
    world.do("julie", "2026-06-08 11:00", reopen, number, text="Ça recommence.")
    kept = ticket(world, number)
    assert (kept.state, kept.technician_id, kept.begun) == ("reopened", world.clara.id, True)
    assert clock(world, number, "resolution").cycle == 1
    assert clock(world, number, "resolution").due_at == paris("2026-06-09 17:00")  # 12 h were left
    assert (clock(world, number, "next_response").mark, life(world, number).reopenings) == ("running", 1)
    assert told(world, f"reopened:{number}") == ["clara.fontaine"]


@pytest.mark.parametrize("at", ["2026-06-08 11:00:01", "2028-06-07 09:00"])
def test_after_it_a_new_cycle_begins_and_the_plan_chooses(world: World, at: str) -> None:
    number = closed(world)
    world.do("julie", at, reopen, number, text="Ça recommence.")
    kept = ticket(world, number)
    assert (kept.state, kept.begun, kinds(world, number)[-1]) == ("assigned", False, "assigned")
    assert events(world, number)[-1].author == "Service"  # the plan's choice, not the client's
    for name in ("first_response", "resolution"):
        assert (clock(world, number, name).cycle, clock(world, number, name).spent_s) == (2, 0)


def test_a_new_cycle_is_warned_of_anew(world: World) -> None:
    number = closed(world)
    world.do("julie", "2026-06-15 09:00", reopen, number, text="Ça recommence.")
    first = [at for at in due(world, "sla_level", number) if at <= paris("2026-06-15 11:00")]
    assert first == [paris(f"2026-06-15 {hour}") for hour in ("10:00", "10:30", "10:48", "11:00")]


def test_what_was_not_treated_can_be_reopened_too_and_awaits_a_dispatcher(world: World) -> None:
    number = a_ticket(world, item="informatique_reseau")
    world.do("julie", "2026-06-02 09:00", reopen, number, text="Ce n’est pas cela.")
    kept = ticket(world, number)
    assert (kept.state, kept.due_at, kept.technician_id) == ("reopened", paris("2026-06-02 11:00"), None)


def test_what_deployment_has_in_hand_support_alone_takes_back(world: World) -> None:
    number = a_ticket(world, item="conseil")
    refused(world, IllegalMove, "julie", "2026-06-02 09:00", reopen, number, text="Et alors ?")
    world.do("diane", "2026-06-02 09:00", reopen, number, text="C’est un réglage.")
    assert ticket(world, number).state == "reopened"


def test_a_new_cycle_of_tma_waits_for_hours_that_have_run_out(world: World) -> None:
    """Closed, then nothing left on the forfait: the client is told why at once, as at a deposit."""
    number = closed(world, item=USAGE)
    left = balance(world)
    world.do("marc", "2026-06-09 10:00", correct_hours, world.forfait, quarters=-left, reason="Essai")
    world.do("julie", "2026-06-22 11:00", reopen, number, text="Ça recommence.")
    assert (ticket(world, number).state, ticket(world, number).waiting_for) == ("waiting_client", "forfait")


def test_a_resolved_ticket_that_is_reopened_is_not_closed_by_the_old_window(world: World) -> None:
    number = in_hand(world)
    world.do("clara", "2026-06-01 11:00", resolve, number, text="Fait.")
    world.do("clara", "2026-06-02 11:00", reopen, number, text="Le client a rappelé.")
    fire(world, "2026-06-08 11:00")
    assert ticket(world, number).state == "reopened"


def test_refusals(world: World) -> None:
    number = closed(world)
    refused(world, Missing, "julie", "2026-06-02 09:00", reopen, number, text="")
    refused(world, NotFound, "bruno", "2026-06-02 09:00", reopen, number, text="x")
    refused(world, Forbidden, "paul", "2026-06-02 09:00", reopen, number, text="x")
    refused(world, IllegalMove, "julie", "2026-06-02 09:00", reopen, a_ticket(world), text="x")
