"""One ticket as its reader may see it, and « Pourquoi cette échéance ? »."""

from itertools import pairwise

from sla.calendar import Stretch
from sla.desk.note import note
from sla.desk.ticket_view import see_ticket, why
from sla.desk.wait import resume, wait_for_client
from sla.ticket.clock import ClockName
from tests.desk.kept import CONSULTING, a_ticket, in_hand
from tests.worlds import World, paris


def test_a_client_sees_what_is_public_and_no_more(world: World) -> None:
    number = in_hand(world)
    world.do("clara", "2026-06-01 09:40", note, number, text="Interne.")
    seen = world.see("julie", "2026-06-01 10:00", see_ticket, number)
    assert all(event.public for event in seen.events)
    assert {event.kind for event in seen.events} == {"deposited", "received", "taken", "answered"}


def test_a_running_clock_says_what_is_left_now(world: World) -> None:
    number = a_ticket(world)
    clocks = {each.name: each for each in world.see("diane", "2026-06-01 10:45", see_ticket, number).clocks}
    first = clocks["first_response"]
    assert (first.mark, first.spent_s, first.left_s) == ("watch", 105 * 60, 15 * 60)
    late = world.see("diane", "2026-06-01 11:30", see_ticket, number).clocks[0]
    assert (late.mark, late.left_s) == ("late", -30 * 60)


def test_deployment_sees_what_it_was_handed(world: World) -> None:
    seen = world.see("paul", "2026-06-01 10:00", see_ticket, a_ticket(world, item=CONSULTING))
    assert [each.name for each in seen.clocks if each.mark == "on_time"] == [ClockName.DEPLOYMENT]


def counted(stretches: list[Stretch]) -> int:
    return sum(int((each.end - each.start).total_seconds()) for each in stretches if each.counted)


def test_every_stretch_to_the_deadline_is_counted_or_skipped_with_its_reason(world: World) -> None:
    """Deposited on the Friday evening before Whit Monday: 2 h are counted, all else has its reason."""
    number = a_ticket(world, "2026-05-22 18:00")
    clock, found = world.see("julie", "2026-05-22 18:00", why, number, "first_response")
    stretches = found.stretches
    assert (stretches[0].start, stretches[-1].end) == (paris("2026-05-22 18:00"), clock.due_at)
    assert all(before.end == after.start for before, after in pairwise(stretches))
    assert counted(stretches) == clock.target_s
    assert "Lundi de Pentecôte" in [each.label for each in stretches]


def test_a_wait_is_a_skipped_stretch(world: World) -> None:
    number = in_hand(world)
    world.do("clara", "2026-06-01 10:00", wait_for_client, number, text="Quelle version ?")
    world.do("clara", "2026-06-03 09:00", resume, number)
    clock, found = world.see("diane", "2026-06-03 09:00", why, number, "resolution")
    assert (counted(found.stretches), found.spent_s) == (clock.target_s, clock.spent_s)
    waited = [each for each in found.stretches if each.reason.startswith("waiting")]
    assert [(each.reason, each.end) for each in waited] == [("waiting_question", paris("2026-06-03 09:00"))]
