"""What TMA work needs before a timer runs on it: hours, the client's word, less than four hours."""

from dataclasses import replace

from sla.desk.estimate_decision import accept_estimate, decline_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.qualify import qualify
from sla.desk.running_work import start_work, stop_work
from sla.desk.work import work
from sla.errors import (
    EstimateBelowWork,
    EstimateNeeded,
    HoursNeeded,
)
from tests.desk.kept import (
    LIGHT,
    USAGE,
    a_ticket,
    balance,
    fire,
    refused,
    ticket,
    told,
)
from tests.desk.timed import ELEVEN, TEN, usage
from tests.worlds import World


class TestAgreement:
    """TMA work beyond two hours begins once an estimate is accepted; what is done already can always be logged."""

    def test_an_offer_beyond_two_hours_is_awaited(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, offer_estimate, number, perimeter="Gammes", minutes="2h15")
        refusal = refused(world, EstimateNeeded, "clara", TEN, start_work, number)
        assert "attend la réponse de Alain ou Agnes, jusqu’au" in refusal.sentence()
        assert world.do("clara", ELEVEN, work, number, minutes=30).consumed_quarters == 2
        world.do("alain", ELEVEN, accept_estimate, number)
        assert world.do("clara", ELEVEN, start_work, number).stint.state == "running"

    def test_two_hours_need_no_agreement(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, offer_estimate, number, perimeter="Gammes", minutes="2h")
        assert world.do("clara", TEN, start_work, number).stint.state == "running"

    def test_two_hours_worked_without_one_go_no_further(self, world: World) -> None:
        number = usage(world)
        world.do("clara", "2026-06-01 12:00", work, number, minutes=119)
        world.do("clara", "2026-06-01 13:30", start_work, number)
        world.do("clara", "2026-06-01 13:31", stop_work, number)
        refusal = refused(world, EstimateNeeded, "clara", "2026-06-01 14:00", start_work, number)
        assert "proposez-lui-en un" in refusal.sentence("fr")
        assert "offer one" in refusal.sentence("en")

    def test_the_accepted_time_is_covered_and_no_more(self, world: World) -> None:
        """2 h 30 accepted: it may begin with 2 h 29 worked, not with 2 h 30; a new time, for the whole ticket, covers
        more. What was worked is logged all the same."""
        number = usage(world)
        agree(world, number, "2h30")
        world.do("clara", "2026-06-01 12:29", work, number, minutes=149)
        world.do("clara", "2026-06-01 13:30", start_work, number)
        world.do("clara", "2026-06-01 13:31", stop_work, number)
        refusal = refused(world, EstimateNeeded, "clara", "2026-06-01 13:40", start_work, number)
        assert "le temps accepté (2\u00a0h\u00a030) est atteint, proposez-en un nouveau" in refusal.sentence()
        assert "the time accepted (2\u00a0h\u00a030) is used up" in refusal.sentence("en")
        world.do("clara", "2026-06-01 14:00", work, number, minutes=10)
        refused(
            world, EstimateBelowWork, "clara", "2026-06-01 14:00", offer_estimate, number, perimeter="x", minutes="2h"
        )
        world.do("clara", "2026-06-01 14:00", offer_estimate, number, perimeter="Gammes, suite", minutes="3h")
        assert (
            "attend la réponse"
            in refused(world, EstimateNeeded, "clara", "2026-06-01 14:05", start_work, number).sentence()
        )
        world.do("alain", "2026-06-01 14:10", accept_estimate, number)
        assert world.do("clara", "2026-06-01 14:10", start_work, number).stint.state == "running"

    def test_a_quarter_of_an_hour_accepted_is_no_leave_for_a_day(self, world: World) -> None:
        """Below the configured size work needs no agreement; 15 minutes accepted allow that and no more."""
        number = usage(world)
        agree(world, number, 15)
        world.do("clara", "2026-06-01 12:00", work, number, minutes=119)
        assert world.do("clara", "2026-06-01 13:30", start_work, number).stint.state == "running"
        world.do("clara", "2026-06-01 13:31", stop_work, number)
        refused(world, EstimateNeeded, "clara", "2026-06-01 13:40", start_work, number)

    def test_what_was_accepted_covers_while_a_larger_time_is_asked_for(self, world: World) -> None:
        number = usage(world)
        agree(world, number, "3h")
        world.do("clara", ELEVEN, work, number, minutes=30)
        world.do("clara", ELEVEN, offer_estimate, number, perimeter="Gammes et nomenclatures", minutes="3h45")
        assert world.do("clara", ELEVEN, start_work, number).stint.state == "running"

    def test_a_configured_tolerance_covers_more(self, world: World) -> None:
        """10 % of 2 h 30 are 15 minutes."""
        rules = replace(world.desk.settings.work, estimate_tolerance_percent=10)
        world.desk.settings = replace(world.desk.settings, work=rules)
        number = usage(world)
        agree(world, number, "2h30")
        world.do("clara", "2026-06-01 14:00", work, number, minutes=164, started_at="2026-06-01T09:00")
        world.do("clara", "2026-06-01 14:00", start_work, number)
        world.do("clara", "2026-06-01 14:01", stop_work, number)
        refused(world, EstimateNeeded, "clara", "2026-06-01 14:05", start_work, number)

    def test_its_technician_is_warned_as_the_accepted_time_is_reached(self, world: World) -> None:
        """2 h 30 accepted, 2 h logged, a timer from 13:30 on: at 14:00 it is told, once, whatever is logged then."""
        number = usage(world)
        agree(world, number, "2h30")
        world.do("clara", "2026-06-01 12:15", work, number, minutes=120)
        world.do("clara", "2026-06-01 13:30", start_work, number)
        fire(world, "2026-06-01 13:59")
        assert told(world, "estimate_passed") == []
        fire(world, "2026-06-01 14:00")
        assert told(world, "estimate_passed") == ["clara.fontaine"]
        world.do("clara", "2026-06-01 14:20", stop_work, number)
        assert told(world, "estimate_passed") == ["clara.fontaine"]

    def test_time_that_is_logged_beyond_it_warns_too(self, world: World) -> None:
        number = usage(world)
        agree(world, number, "45")
        world.do("clara", "2026-06-01 11:00", work, number, minutes=45)
        assert told(world, "estimate_passed") == []  # as agreed
        world.do("clara", "2026-06-01 12:00", work, number, minutes=1)
        assert told(world, "estimate_passed") == ["clara.fontaine"]

    def test_declined_another_is_offered(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, offer_estimate, number, perimeter="Gammes", minutes="3h")
        world.do("alain", TEN, decline_estimate, number)
        assert "l’a refusé" in refused(world, EstimateNeeded, "clara", ELEVEN, start_work, number).sentence()

    def test_included_work_needs_none(self, world: World) -> None:
        number = a_ticket(world)
        world.do("clara", "2026-06-01 16:00", work, number, minutes=360)
        assert world.do("clara", "2026-06-01 16:00", start_work, number).stint.state == "running"

    def test_what_waits_for_hours_waits(self, world: World) -> None:
        number = a_ticket(world, who="bruno", item=USAGE)
        refused(world, HoursNeeded, "clara", TEN, start_work, number)


def agree(world: World, number: int, minutes: str | int) -> None:
    """An estimate of Clara's at ten, accepted at once."""
    world.do("clara", TEN, offer_estimate, number, perimeter="Gammes", minutes=minutes)
    world.do("alain", TEN, accept_estimate, number)


def test_three_hours_are_warned_of_while_the_timer_runs(world: World) -> None:
    """2 h 30 logged, then a timer from 13:30 on: at 14:00 its technician is told, before anything more is logged."""
    number = usage(world)
    world.do("clara", TEN, offer_estimate, number, perimeter="Gammes", minutes="4h")
    world.do("alain", TEN, accept_estimate, number)
    world.do("clara", "2026-06-01 12:00", work, number, minutes=150)
    world.do("clara", "2026-06-01 13:30", start_work, number)
    fire(world, "2026-06-01 13:59")
    assert told(world, "near_limit") == []
    fire(world, "2026-06-01 14:00")
    assert told(world, f"near_limit:{number}") == ["clara.fontaine"]
    world.do("clara", "2026-06-01 14:10", stop_work, number)
    assert told(world, f"near_limit:{number}") == ["clara.fontaine"]


class TestWhatChangesWhileATimerRuns:
    """Its warnings come when the limits are reached as they are by then."""

    def test_an_estimate_is_accepted(self, world: World) -> None:
        """Begun at 10:00 below the size that needs one; an hour is accepted at 10:20, and then half an hour more."""
        number = usage(world)
        world.do("clara", TEN, start_work, number)
        for minutes, accepted, before, reached in (
            ("1h", "2026-06-01 10:20", "2026-06-01 10:59", ELEVEN),
            ("1h30", "2026-06-01 11:10", "2026-06-01 11:29", "2026-06-01 11:30"),
        ):
            told_before = told(world, "estimate_passed")
            world.do("clara", accepted, offer_estimate, number, perimeter="Gammes", minutes=minutes)
            world.do("alain", accepted, accept_estimate, number)
            fire(world, before)
            assert told(world, "estimate_passed") == told_before
            fire(world, reached)
            assert told(world, "estimate_passed") == [*told_before, "clara.fontaine"]

    def test_an_included_error_turns_out_to_be_usage(self, world: World) -> None:
        """Begun at 9:00, requalified at 10:00: three hours at noon."""
        number = a_ticket(world, at="2026-06-01 08:00")
        world.do("clara", "2026-06-01 09:00", start_work, number)
        world.do("diane", TEN, qualify, number, item=USAGE, reason="C’est de l’utilisation")
        fire(world, "2026-06-01 11:59")
        assert told(world, "near_limit") == []
        fire(world, "2026-06-01 12:00")
        assert told(world, f"near_limit:{number}") == ["clara.fontaine"]

    def test_three_hours_were_logged_before_it_was_requalified(self, world: World) -> None:
        number = a_ticket(world, at="2026-06-01 08:00")
        world.do("clara", "2026-06-01 12:00", work, number, minutes=190, started_at="2026-06-01T08:45")
        assert told(world, "near_limit") == []
        world.do("diane", "2026-06-01 12:10", qualify, number, item=USAGE, reason="C’est de l’utilisation")
        assert told(world, f"near_limit:{number}") == ["clara.fontaine"]

    def test_another_works_on_it_too(self, world: World) -> None:
        """Side by side from 9:00 on, an hour of before logged at 9:30: three hours together at 10:00; one who then goes
        on alone is not warned again."""
        number = a_ticket(world, at="2026-06-01 07:00", item=USAGE)
        agree(world, number, "4h")
        for who in ("clara", "mehdi"):
            world.do(who, "2026-06-02 09:00", start_work, number)
        world.do("yann", "2026-06-02 09:30", work, number, minutes=60, started_at="2026-06-02T08:00")
        fire(world, "2026-06-02 09:59")
        assert told(world, "near_limit") == []
        fire(world, "2026-06-02 10:00")
        assert len(told(world, f"near_limit:{number}")) == 1

    def test_the_other_stops_and_it_is_reached_later(self, world: World) -> None:
        number = a_ticket(world, at="2026-06-01 07:00", item=USAGE)
        agree(world, number, "4h")
        for who in ("clara", "mehdi"):
            world.do(who, "2026-06-02 09:00", start_work, number)
        world.do("mehdi", "2026-06-02 10:00", stop_work, number)
        fire(world, "2026-06-02 10:59")
        assert told(world, "near_limit") == []
        fire(world, "2026-06-02 11:00")
        assert len(told(world, f"near_limit:{number}")) == 1


def test_a_timer_that_passes_the_limit_hands_the_ticket_over_when_it_stops(world: World) -> None:
    """« - de 4h »: 3 h 30 in the morning and 30 min after lunch are exactly four hours, which is too much there."""
    number = a_ticket(world, at="2026-06-01 08:00", item=LIGHT)
    world.do("sandrine", "2026-06-01 08:05", offer_estimate, number, perimeter="Numérotation", minutes="3h45")
    world.do("alain", "2026-06-01 08:10", accept_estimate, number)
    for start, end in (("09:00", "12:30"), ("13:30", "14:00")):
        world.do("sandrine", f"2026-06-01 {start}", start_work, number)
        world.do("sandrine", f"2026-06-01 {end}", stop_work, number)
    fire(world, "2026-06-01 14:00")
    assert (ticket(world, number).state, balance(world)) == ("to_deployment", 24)
