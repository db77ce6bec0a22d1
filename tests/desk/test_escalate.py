"""`escalate`, `decline`: a request leaves support, with its reason; the clocks are void."""

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.escalate import decline, escalate, escalate_if_over
from sla.desk.work import work
from sla.errors import Forbidden, IllegalMove, Missing, NotFound
from tests.desk.kept import USAGE, balance, clock, due, events, in_hand, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 11:00"


def test_deployment_takes_over_within_its_own_target(world: World) -> None:
    """14 h from Monday 11:00: Wednesday 11:00."""
    number = in_hand(world, item=USAGE)
    world.do("clara", AT, work, number, minutes=60)
    world.do("clara", AT, escalate, number, reason="Un projet à part entière")
    kept = ticket(world, number)
    assert (kept.state, kept.due_clock, kept.due_at) == ("to_deployment", "deployment", paris("2026-06-03 11:00"))
    assert (clock(world, number, "resolution").mark, clock(world, number, "resolution").cause) == (
        "void",
        "transferred",
    )
    assert set(told(world, f"transferred:{number}")) == {"paul", "diane", "clara.fontaine"}
    assert told(world, f"transferred_client:{number}") == ["julie"]
    assert balance(world) == 36


def test_its_target_is_met_by_its_first_answer(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, escalate, number, reason="Projet")
    world.do("paul", "2026-06-03 11:00", answer, number, text="Je vous appelle demain.")
    assert clock(world, number, "deployment").mark == "met"
    assert due(world, "sla_level", number) == []


def test_a_timer_that_no_longer_holds_does_nothing(world: World) -> None:
    number = in_hand(world, item=USAGE)
    world.do("clara", AT, work, number, minutes=60)
    assert world.do(SYSTEM, AT, escalate_if_over, number, "logged") is None
    assert world.do(SYSTEM, AT, escalate_if_over, number, "estimate") is None
    assert ticket(world, number).state == "in_progress"


def test_declined_it_is_answered_with_the_reason(world: World) -> None:
    number = in_hand(world)
    world.do("diane", AT, decline, number, reason="Logiciel d’un autre éditeur")
    assert (ticket(world, number).state, events(world, number)[-1].text) == ("declined", "Logiciel d’un autre éditeur")
    assert told(world, f"declined:{number}") == ["julie"]
    assert (ticket(world, number).awaiting, due(world, "sla_level", number)) == (False, [])


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, Missing, "clara", AT, escalate, number, reason="")
    refused(world, Missing, "diane", AT, decline, number, reason="")
    refused(world, Forbidden, "clara", AT, decline, number, reason="x")
    refused(world, Forbidden, "julie", AT, escalate, number, reason="x")
    refused(world, Forbidden, "clara", AT, escalate_if_over, number, "logged")
    refused(world, NotFound, "clara", AT, escalate, 999, reason="x")
    world.do("clara", AT, escalate, number, reason="Projet")
    refused(world, IllegalMove, "clara", AT, escalate, number, reason="Projet")
    refused(world, IllegalMove, "diane", AT, decline, number, reason="Projet")
