"""`resolve`: support says that the work is done and explains it; the client has five working days to try it."""

from sla.desk.resolve import resolve
from sla.desk.wait import wait_for_client
from sla.errors import Forbidden, IllegalMove, Missing, NotFound
from tests.desk.kept import CONSULTING, a_ticket, clock, due, in_hand, kinds, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 10:00"


def test_it_opens_the_window_and_ends_the_promises(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, resolve, number, text="Index reconstruit.")
    kept = ticket(world, number)
    assert (kept.state, kept.awaiting, kept.due_at) == ("resolved", False, None)
    assert (kept.resolved_at, kept.accept_until) == (paris(AT), paris("2026-06-08 10:00"))
    assert clock(world, number, "resolution").mark == "met"
    assert due(world, "sla_level", number) == []
    assert due(world, "acceptance_reminder", number) == [paris("2026-06-04 10:00")]
    assert due(world, "acceptance_end", number) == [paris("2026-06-08 10:00")]
    assert told(world, f"resolved:{number}") == ["julie"]


def test_a_window_over_whit_monday_is_a_day_longer(world: World) -> None:
    number = a_ticket(world, "2026-05-21 09:00")
    world.do("clara", "2026-05-21 11:00", resolve, number, text="Fait.")
    assert ticket(world, number).accept_until == paris("2026-05-29 11:00")


def test_resolved_at_first_sight_it_answers_and_begins(world: World) -> None:
    number = a_ticket(world)
    world.do("mehdi", AT, resolve, number, text="Redémarrez le poste.")
    assert kinds(world, number)[-2:] == ["taken", "resolved"]
    assert clock(world, number, "first_response").mark == "met"


def test_resolved_while_the_client_is_waited_for(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, wait_for_client, number, text="Quelle version ?")
    world.do("clara", "2026-06-30 10:00", resolve, number, text="Sans nouvelles.")
    assert (clock(world, number, "resolution").mark, clock(world, number, "resolution").spent_s) == ("met", 3600)


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, Missing, "clara", AT, resolve, number, text=" ")
    refused(world, Forbidden, "julie", AT, resolve, number, text="x")
    refused(world, NotFound, "clara", AT, resolve, 999, text="x")
    refused(world, IllegalMove, "clara", AT, resolve, a_ticket(world, item=CONSULTING), text="x")
    world.do("clara", AT, resolve, number, text="Fait.")
    refused(world, IllegalMove, "clara", AT, resolve, number, text="Fait.")
