"""`merge`: one of two tickets that say the same; its promises end, its client is told and follows the other."""

import pytest

from sla.desk.answer import answer
from sla.desk.comment import comment
from sla.desk.merge import merge
from sla.desk.portal_home import own_tickets
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.desk.sight import ticket_in_sight
from sla.desk.ticket_view import see_ticket
from sla.errors import Forbidden, IllegalMove, MergedInto, Missing, NotFound, NotTogether
from sla.ticket.facts import Kind
from tests.desk.kept import a_ticket, clock, due, events, in_hand, kinds, refused, ticket, told
from tests.worlds import World

AT = "2026-06-01 10:00"


@pytest.fixture
def merged(world: World) -> tuple[int, int]:
    """A ticket of julie's that says what another, in clara's hands, says already."""
    kept, number = in_hand(world), a_ticket(world)
    world.do("diane", AT, merge, number, into=kept, reason="Même panne que le ticket de ce matin.")
    return number, kept


def test_its_promises_end_and_nothing_warns_of_them(world: World, merged: tuple[int, int]) -> None:
    number, kept = merged
    row = ticket(world, number)
    assert (row.state, row.merged_into, row.awaiting, row.due_at) == ("merged", kept, False, None)
    for name in ("first_response", "resolution"):
        assert (clock(world, number, name).mark, clock(world, number, name).cause) == ("void", "merged")
    assert due(world, "sla_level", number) == []
    assert clock(world, kept, "resolution").mark == "running"


def test_history_leads_both_ways(world: World, merged: tuple[int, int]) -> None:
    number, kept = merged
    there, here = events(world, number)[-1], events(world, kept)[-1]
    assert (there.kind, there.data, there.public) == (Kind.MERGED, {"into": kept}, True)
    assert (here.kind, here.data, here.public) == (Kind.ABSORBED, {"merged": number}, True)


def test_its_client_is_told_and_so_is_who_goes_on_for_both(world: World, merged: tuple[int, int]) -> None:
    number, _ = merged
    assert told(world, f"merged:{number}") == ["julie"]
    assert "clara.fontaine" in told(world, f"absorbed:{number}")


def test_a_message_on_it_is_answered_with_where_to_write(world: World, merged: tuple[int, int]) -> None:
    number, kept = merged
    refusal = refused(world, MergedInto, "julie", AT, comment, number, text="Alors ?")
    assert f"nº\u00a0{kept}" in refusal.sentence()
    refused(world, MergedInto, "clara", AT, answer, number, text="Bonjour")
    world.do("julie", AT, comment, kept, text="Alors ?")


def test_a_requester_sees_a_colleague_s_ticket_once_its_own_is_merged_into_it(world: World) -> None:
    """And from there on, if that one is merged further."""
    own, other, last = a_ticket(world), a_ticket(world, who="agnes"), a_ticket(world, who="agnes")
    with pytest.raises(NotFound):
        world.see("julie", AT, ticket_in_sight, other)
    world.do("diane", AT, merge, own, into=other, reason="Doublon")
    assert world.see("julie", AT, ticket_in_sight, other).id == other
    with pytest.raises(NotFound):
        world.see("julie", AT, ticket_in_sight, last)
    world.do("diane", AT, merge, other, into=last, reason="Doublon")
    assert {each.id for each in world.see("julie", AT, own_tickets).rows} == {last}
    assert all(event.public for event in world.see("julie", AT, see_ticket, last).events)


def test_support_can_take_it_apart_again_as_a_new_cycle(world: World, merged: tuple[int, int]) -> None:
    number, kept = merged
    refused(world, IllegalMove, "julie", AT, reopen, number, text="Ce n’est pas la même chose.")
    world.do("diane", "2026-06-02 09:00", reopen, number, text="Une autre panne.")
    row = ticket(world, number)
    assert (row.state, row.merged_into) == ("assigned", None)
    assert (clock(world, number, "resolution").mark, clock(world, number, "resolution").cycle) == ("running", 2)
    assert (kinds(world, kept)[-1], events(world, kept)[-1].public) == ("noted", False)


def test_refusals(world: World) -> None:
    number, kept = a_ticket(world), a_ticket(world)
    theirs = a_ticket(world, who="bruno")
    refused(world, Missing, "diane", AT, merge, number, into=kept, reason="")
    refused(world, NotTogether, "diane", AT, merge, number, into=number, reason="x")
    refused(world, NotTogether, "diane", AT, merge, number, into=theirs, reason="x")
    refused(world, NotFound, "diane", AT, merge, number, into=999, reason="x")
    refused(world, Forbidden, "julie", AT, merge, number, into=kept, reason="x")
    refused(world, Forbidden, "paul", AT, merge, number, into=kept, reason="x")
    world.do("clara", AT, resolve, kept, text="Fait.")
    refused(world, NotTogether, "diane", AT, merge, number, into=kept, reason="x")
    refused(world, IllegalMove, "diane", AT, merge, kept, into=number, reason="x")
