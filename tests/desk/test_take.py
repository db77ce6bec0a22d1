"""`take`, `take_next`: a technician begins a ticket, and « au suivant » gives what comes first for them."""

from sla.desk.assign import assign
from sla.desk.comment import comment
from sla.desk.resolve import resolve
from sla.desk.take import next_for, take, take_next
from sla.desk.wait import wait_for_client
from sla.errors import Forbidden, IllegalMove, NotFound, Overtaken
from tests.desk.kept import CONSULTING, USAGE, a_ticket, in_hand, kinds, refused, ticket
from tests.worlds import World

AT = "2026-06-01 10:00"


def test_whoever_takes_has_begun(world: World) -> None:
    number = a_ticket(world)
    world.do("yann", AT, take, number)
    kept = ticket(world, number)
    assert (kept.state, kept.technician_id, kept.begun) == ("in_progress", world.yann.id, True)


def test_the_second_is_told_who_was_first(world: World) -> None:
    number = a_ticket(world)
    seen = ticket(world, number).seq
    world.do("clara", AT, take, number, seen_seq=seen)
    refusal = refused(world, Overtaken, "mehdi", AT, take, number, seen_seq=seen)
    assert "Clara Fontaine" in refusal.sentence("fr")
    assert ticket(world, number).technician_id == world.clara.id


def test_next_is_what_weighs_most_of_what_they_master(world: World) -> None:
    """Mehdi masters errors and no usage."""
    usage = a_ticket(world, "2026-06-01 09:00", item=USAGE, severity="blocking")
    later = a_ticket(world, "2026-06-01 09:10", severity="minor")
    sooner = a_ticket(world, "2026-06-01 09:20", severity="major")
    got, choice = world.do("mehdi", AT, take_next)
    assert got.id == sooner
    assert [reason.code for reason in choice.reasons] == ["masters", "weighed"]
    assert world.do("clara", AT, take_next)[0].id == usage
    assert world.do("mehdi", AT, take_next)[0].id == later


def test_what_is_in_hand_is_not_offered_again(world: World) -> None:
    a_ticket(world)
    world.do("mehdi", AT, take_next)
    refused(world, NotFound, "mehdi", AT, take_next)
    refused(world, NotFound, "clara", AT, take_next)


def test_a_client_who_replies_brings_the_ticket_back_to_its_owner(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, wait_for_client, number, text="Quelle version ?")
    assert world.see("clara", AT, next_for, world.clara.id) is None
    world.do("julie", "2026-06-01 11:00", comment, number, text="La 12.")
    choice = world.see("clara", "2026-06-01 11:10", next_for, world.clara.id)
    assert (choice.work.ticket, choice.reasons[0].code) == (number, "follow_up")
    assert world.see("mehdi", "2026-06-01 11:10", next_for, world.mehdi.id) is None
    assert world.do("clara", "2026-06-01 11:10", take_next)[0].id == number
    assert world.see("clara", "2026-06-01 11:11", next_for, world.clara.id) is None


def test_work_handed_over_in_progress_is_offered_to_its_new_owner(world: World) -> None:
    number = in_hand(world)
    world.do("diane", AT, assign, number, technician=world.yann.id)
    choice = world.see("yann", AT, next_for, world.yann.id)
    assert (choice.work.ticket, choice.reasons[0].code) == (number, "pinned")
    assert world.see("clara", AT, next_for, world.clara.id) is None


def test_what_a_dispatcher_must_decide_is_not_offered(world: World) -> None:
    number = a_ticket(world, who="sonia")
    assert world.see("clara", AT, next_for, world.clara.id) is None
    world.do("diane", AT, assign, number, technician=world.clara.id)
    assert world.see("clara", AT, next_for, world.clara.id).work.ticket == number


def test_refusals(world: World) -> None:
    number = a_ticket(world)
    refused(world, Forbidden, "julie", AT, take, number)
    refused(world, Forbidden, "paul", AT, take, number)
    refused(world, Forbidden, "diane", AT, take_next)
    refused(world, NotFound, "clara", AT, take, 999)
    world.do("clara", AT, resolve, number, text="Fait.")
    refused(world, IllegalMove, "clara", AT, take, number)
    refused(world, IllegalMove, "clara", AT, take, a_ticket(world, item=CONSULTING))
    assert kinds(world, number)[-1] == "resolved"
