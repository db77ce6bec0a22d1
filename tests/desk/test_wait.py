"""`wait_for_client`, `wait_for_publisher`, `resume`: whose turn it is, and which clocks stand still meanwhile."""

from sla.desk.wait import resume, wait_for_client, wait_for_publisher
from sla.errors import Forbidden, IllegalMove, Missing, NotFound, TooLong
from tests.desk.kept import USAGE, a_ticket, clock, due, events, in_hand, kinds, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 10:00"


def test_a_question_is_an_answer_and_stops_the_resolution(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", AT, wait_for_client, number, text="Quelle version ?")
    assert kinds(world, number)[-3:] == ["taken", "answered", "waiting_client"]
    kept = ticket(world, number)
    assert (kept.state, kept.waiting_for, kept.due_at, kept.left_s) == ("waiting_client", "question", None, 13 * 3600)
    assert clock(world, number, "first_response").mark == "met"
    assert due(world, "sla_level", number) == []
    assert told(world, f"question:{number}") == ["julie"]


def test_support_can_end_the_wait_itself(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, wait_for_client, number, text="Quelle version ?")
    world.do("clara", "2026-06-03 09:00", resume, number, text="Rappelé au téléphone.")
    assert (ticket(world, number).state, ticket(world, number).due_at) == ("in_progress", paris("2026-06-04 16:00"))
    assert not events(world, number)[-1].public
    assert due(world, "sla_level", number)[0] == paris("2026-06-03 16:00")  # half: 7 h of 14, 1 of them before


def test_the_publisher_has_the_error_the_client_is_still_owed_its_first_answer(world: World) -> None:
    number = a_ticket(world)
    world.do("diane", AT, wait_for_publisher, number, reference="CEG-4711")
    kept = ticket(world, number)
    assert (kept.state, kept.waiting_for) == ("waiting_publisher", "publisher")
    assert (kept.due_clock, kept.due_at) == ("first_response", paris("2026-06-01 11:00"))
    assert events(world, number)[-1].data["reference"] == "CEG-4711"
    assert clock(world, number, "resolution").mark == "paused"


def test_what_the_client_is_told_of_it_is_an_answer(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", AT, wait_for_publisher, number, reference="CEG-4711", text="Transmis à l’éditeur.")
    assert kinds(world, number)[-3:] == ["taken", "answered", "waiting_publisher"]
    assert clock(world, number, "first_response").mark == "met"
    assert told(world, f"answer:{number}") == ["julie"]


def test_a_ticket_without_technician_that_goes_on_gets_one(world: World) -> None:
    number = a_ticket(world, who="bruno", item=USAGE)  # waits for a forfait
    world.do("diane", AT, resume, number, text="Geste commercial.")
    assert (ticket(world, number).state, kinds(world, number)[-1]) == ("assigned", "assigned")
    assert ticket(world, number).technician_id is not None


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, Missing, "clara", AT, wait_for_client, number, text="")
    refused(world, Missing, "clara", AT, wait_for_publisher, number, reference="")
    refused(world, TooLong, "clara", AT, wait_for_publisher, number, reference="x" * 81)
    refused(world, IllegalMove, "clara", AT, resume, number)
    refused(world, Forbidden, "julie", AT, wait_for_client, number, text="x")
    refused(world, Forbidden, "paul", AT, resume, number)
    refused(world, NotFound, "clara", AT, wait_for_client, 999, text="x")
