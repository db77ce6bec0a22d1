"""`wait_for_client`, `wait_for_publisher`, `resume`: whose turn it is, and which clocks stand still meanwhile."""

from sla.desk.calendar_edits import AddPeriod
from sla.desk.comment import comment
from sla.desk.edit_calendar import edit_calendar
from sla.desk.estimate_decision import accept_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.hours import buy_hours
from sla.desk.wait import resume, wait_for_client, wait_for_publisher, wait_until
from sla.errors import Forbidden, IllegalMove, Missing, NotFound, TooLong, UnfitInstant, WaitsAlready
from sla.ticket.clock import ClockName
from tests.desk.kept import (
    NETWORK,
    USAGE,
    a_ticket,
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


class TestUntilADateThatTheClientChose:
    """Julie is away until Tuesday 9 June: the resolution stands, 13 h of 14 left, and goes on by itself then."""

    def chosen(self, world: World, day: str = "2026-06-09", who: str = "julie") -> int:
        number = in_hand(world)
        world.do(who, AT, wait_until, number, day=day, text="En congé.")
        return number

    def test_the_resolution_stands_and_both_sides_know(self, world: World) -> None:
        number = self.chosen(world)
        kept = ticket(world, number)
        assert (kept.state, kept.waiting_for, kept.waiting_until) == (
            "waiting_client",
            "date",
            paris("2026-06-09 09:00"),
        )
        assert (kept.due_at, kept.left_s, due(world, "sla_level", number)) == (None, 13 * 3600, [])
        assert due(world, "wait_ends", number) == [paris("2026-06-09 09:00")]
        assert told(world, f"date_chosen:{number}") == ["clara.fontaine"]
        assert events(world, number)[-1].public
        assert told(world, f"date_chosen:{self.chosen(world, who='clara')}") == ["julie"]

    def test_it_goes_on_by_itself_at_the_opening_of_that_day(self, world: World) -> None:
        number = self.chosen(world)
        fire(world, "2026-06-09 08:59")
        assert ticket(world, number).state == "waiting_client"
        fire(world, "2026-06-09 09:00")
        kept = ticket(world, number)
        assert (kept.state, kept.waiting_until, kept.due_at) == ("in_progress", None, paris("2026-06-10 16:00"))
        assert told(world, f"date_come:{number}") == ["clara.fontaine"]

    def test_a_closed_day_goes_on_at_the_next_opening(self, world: World) -> None:
        """14 July is a holiday."""
        assert due(world, "wait_ends", self.chosen(world, "2026-07-14")) == [paris("2026-07-15 09:00")]

    def test_a_service_that_was_down_does_not_stretch_the_pause(self, world: World) -> None:
        """Looked at two days late, the clock has run since that Tuesday's opening: of what it passed meanwhile the
        highest alone is told."""
        number = self.chosen(world)
        fire(world, "2026-06-11 10:00")
        found = clock(world, number, "resolution")
        assert (found.since, found.due_at) == (paris("2026-06-09 09:00"), paris("2026-06-10 16:00"))
        breach = f"sla_level:{number}:resolution:1:20260610T140000:100"
        assert (
            told(world, breach) == told(world, f"sla_level:{number}:resolution") == ["clara.fontaine", "diane", "marc"]
        )
        assert life(world, number).clock(ClockName.RESOLUTION).due_at == found.due_at

    def test_a_day_that_was_closed_meanwhile_waits_for_the_next(self, world: World) -> None:
        number = self.chosen(world)
        closing = AddPeriod("closures", paris("2026-06-09 00:00"), paris("2026-06-10 00:00"), "Inventaire")
        world.do("marc", "2026-06-02 10:00", edit_calendar, closing, reason="Inventaire")
        fire(world, "2026-06-09 09:00")
        assert ticket(world, number).state == "waiting_client"
        fire(world, "2026-06-10 09:00")
        assert clock(world, number, "resolution").since == paris("2026-06-10 09:00")

    def test_a_message_does_not_end_it_its_client_does(self, world: World) -> None:
        number = self.chosen(world)
        world.do("julie", "2026-06-02 09:00", comment, number, text="Au fait…")
        assert (ticket(world, number).waiting_for, clock(world, number, "next_response").mark) == ("date", "running")
        world.do("julie", "2026-06-03 09:00", resume, number)
        assert (ticket(world, number).state, due(world, "wait_ends", number)) == ("in_progress", [])
        assert told(world, f"date_come:{number}") == ["clara.fontaine"]
        assert events(world, number)[-1].public
        fire(world, "2026-06-09 09:00")
        assert kinds(world, number).count("resumed") == 1

    def test_another_date_takes_its_place(self, world: World) -> None:
        number = self.chosen(world)
        world.do("julie", "2026-06-02 09:00", wait_until, number, day="2026-06-12")
        fire(world, "2026-06-09 09:00")
        assert ticket(world, number).waiting_for == "date"
        fire(world, "2026-06-12 09:00")
        assert ticket(world, number).state == "in_progress"

    def test_a_question_takes_its_place_and_its_answer_ends_the_wait(self, world: World) -> None:
        number = self.chosen(world)
        world.do("clara", "2026-06-02 09:00", wait_for_client, number, text="Quelle version ?")
        fire(world, "2026-06-09 09:00")
        assert ticket(world, number).waiting_for == "question"
        world.do("julie", "2026-06-09 10:00", comment, number, text="La 12.")
        assert ticket(world, number).state == "in_progress"

    def test_refusals(self, world: World) -> None:
        number = in_hand(world)
        for day in ("2026-06-01", "2026-05-31", "2027-06-03"):
            refused(world, UnfitInstant, "julie", AT, wait_until, number, day=day)
        refused(world, NotFound, "bruno", AT, wait_until, number, day="2026-06-09")
        refused(world, Forbidden, "paul", AT, wait_until, number, day="2026-06-09")
        refused(world, IllegalMove, "julie", AT, resume, number)
        world.do("clara", AT, wait_for_client, number, text="Quelle version ?")
        refused(world, IllegalMove, "julie", AT, resume, number)  # a question is answered, not ended
        waiting = a_ticket(world, who="bruno", item=USAGE)
        refused(world, WaitsAlready, "bruno", AT, wait_until, waiting, day="2026-06-09")
        declined = a_ticket(world, item=NETWORK)
        refused(world, IllegalMove, "julie", AT, wait_until, declined, day="2026-06-09")


def test_an_estimate_offered_while_a_question_is_open_is_what_is_waited_for(world: World) -> None:
    """Else the answer to the question would set the resolution going, unapproved."""
    number = in_hand(world, item=USAGE)
    world.do("clara", AT, wait_for_client, number, text="Quel état ?")
    world.do("clara", "2026-06-01 11:00", offer_estimate, number, perimeter="L’état", minutes=60)
    world.do("julie", "2026-06-01 12:00", comment, number, text="Celui des OF.")
    kept = ticket(world, number)
    assert (kept.state, kept.waiting_for) == ("waiting_client", "estimate")
    assert clock(world, number, "resolution").mark == "paused"
    world.do("alain", "2026-06-01 14:00", accept_estimate, number)
    assert ticket(world, number).state == "in_progress"


def test_a_question_asked_while_an_estimate_awaits_does_not_replace_it(world: World) -> None:
    number = in_hand(world, item=USAGE)
    world.do("clara", AT, offer_estimate, number, perimeter="L’état", minutes=60)
    world.do("clara", "2026-06-01 11:00", wait_for_client, number, text="Quel état ?")
    world.do("julie", "2026-06-01 12:00", comment, number, text="Celui des OF.")
    assert ticket(world, number).waiting_for == "estimate"


def test_hours_that_come_leave_the_estimate_to_be_decided(world: World) -> None:
    number = a_ticket(world, who="bruno", item=USAGE)  # waits for a forfait
    world.do("diane", AT, offer_estimate, number, perimeter="L’état", minutes=60)
    assert ticket(world, number).waiting_for == "forfait"
    world.do("marc", "2026-06-01 11:00", buy_hours, world.companies["bolt"], hours=10)
    assert ticket(world, number).waiting_for == "estimate"
    world.do("bruno", "2026-06-01 12:00", accept_estimate, number)
    assert ticket(world, number).state == "assigned"


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, Missing, "clara", AT, wait_for_client, number, text="")
    refused(world, Missing, "clara", AT, wait_for_publisher, number, reference="")
    refused(world, TooLong, "clara", AT, wait_for_publisher, number, reference="x" * 81)
    refused(world, IllegalMove, "clara", AT, resume, number)
    refused(world, Forbidden, "julie", AT, wait_for_client, number, text="x")
    refused(world, Forbidden, "paul", AT, resume, number)
    refused(world, NotFound, "clara", AT, wait_for_client, 999, text="x")
