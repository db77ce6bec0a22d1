"""An error at the publisher that nobody will fix, or that is another under a second reference."""

import pytest

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.chase_publisher import announce_fix, chase_publisher
from sla.desk.close_error import NotTheSame, close_error
from sla.desk.publisher_errors import FollowedError, publisher_error, publisher_errors
from sla.desk.take import take
from sla.desk.verify import differences
from sla.desk.wait import wait_for_publisher
from sla.errors import AlreadyDone, Forbidden, Missing, NotFound, Secret
from tests.desk.at_once import half_way, meanwhile
from tests.desk.kept import a_ticket, due, events, fire, kinds, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 10:00"
LATER = "2026-06-03 10:00"


def sent(world: World, who: str = "julie", reference: str = "CEG-4711", at: str = AT) -> int:
    number = a_ticket(world, who=who)
    world.do("clara", at, take, number)
    world.do("clara", at, answer, number, text="Je regarde.")
    world.do("clara", at, wait_for_publisher, number, reference=reference)
    return number


def error(world: World, number: int) -> FollowedError:
    found: FollowedError = world.see("clara", AT, publisher_error, number)
    return found


def behind(world: World, number: int) -> list[int]:
    return [each.id for each in error(world, number).tickets]


def sound(world: World) -> bool:
    return not world.see(SYSTEM, LATER, differences)


def test_a_ticket_sent_again_under_another_reference_leaves_an_error_that_a_dispatcher_closes(world: World) -> None:
    """Until then the dispatcher is reminded of it every five working days, and its page says where the ticket went."""
    number = sent(world)
    world.do("clara", "2026-06-02 10:00", wait_for_publisher, number, reference="CEG-4712")
    assert (behind(world, 1), behind(world, 2)) == ([], [number])
    last = error(world, 1).news[0]
    assert (last.kind, last.text) == (
        "left",
        f"Ticket nº\u00a0{number}, suivi sous CEG-4712",
    )
    fire(world, "2026-06-08 10:00")
    assert told(world, "publisher:1:") == ["diane"]
    assert due(world, "publisher_follow_up", 1) == [paris("2026-06-15 10:00")]
    world.do("diane", "2026-06-08 11:00", close_error, 1, reason="Référence mal recopiée")
    assert error(world, 1).error.closed_because == "Référence mal recopiée"
    assert due(world, "publisher_follow_up", 1) == []
    assert [each.error.id for each in world.see("diane", AT, publisher_errors)] == [2]
    assert [each.error.id for each in world.see("diane", AT, publisher_errors, state="closed")] == [1]
    assert ticket(world, number).state == "waiting_publisher"
    assert sound(world)


def test_tickets_that_waited_for_what_will_not_be_fixed_go_on(world: World) -> None:
    """Each client reads what is written for it, none the reason."""
    julies, brunos = sent(world), sent(world, "bruno")
    world.do("diane", LATER, close_error, 1, reason="Refusé par l’éditeur", told="L’éditeur ne la corrigera pas.")
    for number in (julies, brunos):
        assert kinds(world, number)[-2:] == ["answered", "resumed"]
        assert events(world, number)[-2].text == "L’éditeur ne la corrigera pas."
        assert ticket(world, number).state == "in_progress"
    assert sound(world)


def test_two_references_of_one_error_become_one(world: World) -> None:
    """Its tickets wait behind the other, which tells them the fix; the old reference leads there from now on."""
    julies, brunos = sent(world), sent(world, "bruno", "CEG-4712")
    world.do("diane", LATER, close_error, 1, reason="Doublon chez l’éditeur", into=2)
    assert (behind(world, 1), behind(world, 2)) == ([], [julies, brunos])
    assert ticket(world, julies).state == "waiting_publisher"
    assert kinds(world, julies)[-1] == "waiting_publisher"
    assert (error(world, 1).error.state, error(world, 1).error.merged_into) == ("closed", 2)
    third = sent(world, "agnes", "ceg4711", "2026-06-04 10:00")
    assert behind(world, 2) == [julies, brunos, third]
    world.do("clara", "2026-06-05 10:00", announce_fix, 2, version="2026.2")
    assert [kinds(world, each)[-1] for each in (julies, brunos, third)] == ["resumed"] * 3
    assert sound(world)


def test_an_error_that_was_closed_and_is_sent_again_is_followed_again(world: World) -> None:
    number = sent(world)
    world.do("diane", LATER, close_error, 1, reason="Ne se reproduit plus")
    world.do("clara", "2026-06-04 10:00", wait_for_publisher, number, reference="CEG-4711")
    assert (error(world, 1).error.state, error(world, 1).error.closed_because) == ("open", "")
    assert due(world, "publisher_follow_up", 1) == [paris("2026-06-11 10:00")]
    assert [each.kind for each in error(world, 1).news] == ["sent", "closed", "sent"]
    assert sound(world)


def test_a_ticket_sent_while_its_error_becomes_another_waits_for_that_one(pg_world: World) -> None:
    """Merged half-way: whoever sends the old reference meanwhile waits for it to be said, and is behind the other."""
    sent(pg_world), sent(pg_world, "agnes", "CEG-4712")
    brunos = a_ticket(pg_world, who="bruno")
    pg_world.do("clara", AT, take, brunos)
    with half_way(pg_world, "diane", LATER, close_error, 1, reason="Doublon", into=2):
        sending, _ = meanwhile(lambda: pg_world.do("clara", LATER, wait_for_publisher, brunos, reference="CEG-4711"))
    sending.join()
    assert brunos in behind(pg_world, 2)
    assert (behind(pg_world, 1), error(pg_world, 1).error.state) == ([], "closed")
    assert sound(pg_world)


def test_refusals(world: World) -> None:
    sent(world), sent(world, "bruno", "CEG-4712")
    refused(world, Missing, "diane", LATER, close_error, 1, reason=" ")
    refused(world, Secret, "diane", LATER, close_error, 1, reason="mdp: abc")
    refused(world, NotTheSame, "diane", LATER, close_error, 1, reason="x", into=1)
    refused(world, NotFound, "diane", LATER, close_error, 1, reason="x", into=99)
    refused(world, NotFound, "diane", LATER, close_error, 99, reason="x")
    world.do("marc", LATER, close_error, 2, reason="Refusée")
    refused(world, NotTheSame, "diane", LATER, close_error, 1, reason="x", into=2)
    again = refused(world, AlreadyDone, "diane", LATER, close_error, 2, reason="x")
    assert "l’erreur CEG-4712 est fermée depuis le 3 juin 2026\u00a0: Refusée" in again.sentence("fr")
    for verb, said in ((chase_publisher, {"note": "x"}), (announce_fix, {"version": "1"})):
        refused(world, AlreadyDone, "clara", LATER, verb, 2, **said)


@pytest.mark.parametrize("who", ["clara", "julie", "paul"])
def test_it_is_for_who_steers_the_desk(world: World, who: str) -> None:
    sent(world)
    refused(world, Forbidden, who, LATER, close_error, 1, reason="x")
