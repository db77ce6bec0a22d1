"""`accept`, `refuse`, `close_unanswered`: the acceptance is the client's own."""

from sla.desk.accept import accept, close_unanswered, refuse
from sla.desk.actor import SYSTEM
from sla.desk.comment import comment
from sla.desk.resolve import resolve
from sla.errors import AlreadyDone, Forbidden, IllegalMove, Missing, NotFound
from tests.desk.kept import CONSULTING, a_ticket, clock, due, events, fire, in_hand, kinds, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 11:00"


def resolved(world: World) -> int:
    """Deposited at 9:00, resolved at 11:00: 12 h of 14 are left; tried until 8 June at 11:00."""
    number = in_hand(world)
    world.do("clara", AT, resolve, number, text="Fait.")
    return number


def test_yes_closes_it(world: World) -> None:
    number = resolved(world)
    world.do("julie", "2026-06-02 09:00", accept, number)
    assert ticket(world, number).state == "closed"
    assert (due(world, "acceptance_reminder", number), due(world, "acceptance_end", number)) == ([], [])
    assert told(world, f"acceptance:{number}") == ["clara.fontaine"]


def test_yes_with_reservations_brings_it_back_with_what_was_left(world: World) -> None:
    number = resolved(world)
    world.do("julie", "2026-06-02 09:00", accept, number, reservations=True, text="Reste l’édition.")
    kept = ticket(world, number)
    assert (kept.state, kept.technician_id, kept.begun) == ("reopened", world.clara.id, True)
    assert clock(world, number, "resolution").due_at == paris("2026-06-03 15:00")


def test_no_brings_it_back_and_owes_an_answer(world: World) -> None:
    number = resolved(world)
    world.do("julie", "2026-06-02 09:00", refuse, number, text="Toujours figé.")
    assert ticket(world, number).state == "reopened"
    assert clock(world, number, "next_response").due_at == paris("2026-06-02 14:00")
    assert clock(world, number, "first_response").mark == "met"
    assert due(world, "acceptance_end", number) == []


def test_refused_what_nobody_had_begun_is_for_the_plan_again(world: World) -> None:
    """A dispatcher resolved it by itself."""
    number = a_ticket(world)
    world.do("diane", AT, resolve, number, text="Fait par téléphone.")
    world.do("julie", "2026-06-02 09:00", refuse, number, text="Toujours figé.")
    assert (ticket(world, number).state, kinds(world, number)[-2:]) == ("assigned", ["refused", "assigned"])


def test_what_deployment_did_goes_back_to_deployment_with_its_own_promise(world: World) -> None:
    """Nothing of support's is revived: its clocks ended with the transfer."""
    number = a_ticket(world, item=CONSULTING)
    world.do("paul", AT, resolve, number, text="Flux en place.")
    world.do("julie", "2026-06-02 09:00", refuse, number, text="Il manque une étape.")
    assert ticket(world, number).state == "to_deployment"
    assert clock(world, number, "deployment").due_at == paris("2026-06-03 17:00")
    assert clock(world, number, "resolution").mark == "void"
    assert told(world, f"acceptance:{number}") == ["paul"]
    world.do("julie", "2026-06-02 10:00", comment, number, text="La voici.")
    assert told(world, f"comment:{number}") == ["paul"]
    world.do("paul", "2026-06-02 11:00", resolve, number, text="Étape ajoutée.")
    assert (ticket(world, number).state, clock(world, number, "deployment").mark) == ("resolved", "met")


def test_without_an_answer_it_is_reminded_then_closed_and_said_so(world: World) -> None:
    number = resolved(world)
    fire(world, "2026-06-04 10:59")
    assert told(world, "acceptance_reminder") == []
    fire(world, "2026-06-04 11:00")
    assert told(world, f"acceptance_reminder:{number}") == ["julie"]
    fire(world, "2026-06-08 10:59")
    assert ticket(world, number).state == "resolved"
    fire(world, "2026-06-08 11:00")
    assert (ticket(world, number).state, events(world, number)[-1].data) == ("closed", {"unanswered": True})
    assert told(world, f"closed:{number}") == ["julie"]


def test_a_second_resolution_has_a_window_of_its_own(world: World) -> None:
    number = resolved(world)
    world.do("julie", "2026-06-02 09:00", refuse, number, text="Non.")
    world.do("clara", "2026-06-03 14:00", resolve, number, text="Cette fois.")
    assert due(world, "acceptance_end", number) == [paris("2026-06-10 14:00")]
    fire(world, "2026-06-08 11:00")
    assert ticket(world, number).state == "resolved"


def test_closing_unanswered_waits_for_the_end_of_the_window(world: World) -> None:
    number = resolved(world)
    assert world.do(SYSTEM, "2026-06-08 10:59", close_unanswered, number) is None
    assert ticket(world, number).state == "resolved"


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, IllegalMove, "julie", AT, accept, number)
    world.do("clara", AT, resolve, number, text="Fait.")
    refused(world, Missing, "julie", AT, refuse, number, text="")
    refused(world, Missing, "julie", AT, accept, number, reservations=True)
    refused(world, Forbidden, "clara", AT, accept, number)
    refused(world, Forbidden, "marc", AT, close_unanswered, number)
    refused(world, NotFound, "bruno", AT, accept, number)
    world.do("julie", AT, accept, number)
    refused(world, AlreadyDone, "julie", AT, refuse, number, text="Finalement non.")
