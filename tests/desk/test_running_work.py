"""`start_work`, `stop_work`: one timer a technician; it stops by itself at the closing, and nothing keeps it up."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from sla.desk.accept import refuse
from sla.desk.calendar_edits import AddPeriod
from sla.desk.edit_calendar import edit_calendar
from sla.desk.escalate import decline, escalate
from sla.desk.estimate_decision import accept_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.hours import correct_hours
from sla.desk.qualify import qualify
from sla.desk.resolve import resolve
from sla.desk.running_work import confirm_work, drop_work, start_work, stop_work
from sla.errors import (
    AlreadyDone,
    BadText,
    BeforeDeposit,
    Forbidden,
    IllegalMove,
    InTheFuture,
    Missing,
    NotFound,
    NothingToAdjust,
    NoTimer,
    NotYoursToConfirm,
    Refused,
    Secret,
    TimerRuns,
    TooLong,
)
from sla.store.tables import Intervention, Stint, TimeEntry
from tests.desk.kept import (
    USAGE,
    a_ticket,
    balance,
    count,
    due,
    events,
    fire,
    in_hand,
    kinds,
    refused,
    ticket,
    told,
)
from tests.desk.timed import ELEVEN, TEN, secrets_kept, stint, usage
from tests.worlds import World, paris


def test_a_timer_begins_the_ticket_and_its_time_is_logged_when_it_stops(world: World) -> None:
    """10:15:20 to 11:52:10 is 96 whole minutes and 50 s: what is shown is what is counted, 1 h 36 → 1 h 45."""
    number = usage(world)
    world.do("clara", paris("2026-06-01 10:15:20"), start_work, number)
    assert kinds(world, number)[-2:] == ["taken", "work_started"]
    assert not events(world, number)[-1].public
    timed = world.do("clara", paris("2026-06-01 11:52:10"), stop_work, number, note="Gammes reprises")
    assert (timed.stint.state, timed.intervention.minutes, timed.intervention.consumed_quarters) == ("logged", 96, 7)
    last = events(world, number)[-1]
    assert (last.kind, last.text, last.data["minutes"], last.data["stint"]) == ("worked", "Gammes reprises", 96, 1)
    assert (balance(world), ticket(world, number).worked_minutes) == (33, 96)
    assert due(world, "work_stop", 1) == []


def test_three_hours_and_a_half_and_twenty_minutes_of_a_day_are_one_intervention(world: World) -> None:
    """9:00–12:30 and 13:30–13:50: 230 min, 4 h 00 consumed; rounded apart it would be 3 h 30 and 0 h 30 all the same,
    with 3 h 31 and 0 h 19 it would not."""
    number = a_ticket(world, at="2026-06-01 08:00", item=USAGE)
    world.do("alain", "2026-06-01 08:10", accept_estimate_of(world, number), number)
    world.do("clara", "2026-06-01 09:00", start_work, number)
    world.do("clara", "2026-06-01 12:30", stop_work, number)
    world.do("clara", "2026-06-01 13:30", start_work, number)
    done = world.do("clara", "2026-06-01 13:50", stop_work, number).intervention
    assert (done.minutes, done.consumed_quarters, balance(world)) == (230, 16, 24)
    assert (count(world, Intervention), count(world, TimeEntry)) == (1, 2)


def accept_estimate_of(world: World, number: int) -> Callable[..., Any]:
    """Four hours, offered and about to be accepted."""
    world.do("clara", "2026-06-01 08:05", offer_estimate, number, perimeter="Gammes", minutes="4h")
    return accept_estimate


def test_under_a_minute_counts_for_nothing(world: World) -> None:
    """A slip of the finger costs no quarter of an hour."""
    number = usage(world)
    world.do("clara", TEN, start_work, number)
    timed = world.do("clara", paris("2026-06-01 10:00:59"), stop_work, number)
    assert (timed.stint.state, timed.intervention, balance(world)) == ("dropped", None, 40)
    assert kinds(world, number)[-1] == "work_dropped"


def test_one_timer_runs_a_technician(world: World) -> None:
    first, second = usage(world), usage(world)
    world.do("clara", TEN, start_work, first)
    told_where = refused(world, TimerRuns, "clara", ELEVEN, start_work, second)
    assert f"nº\u00a0{first} depuis 10\u00a0h\u00a000" in told_where.sentence()
    refused(world, AlreadyDone, "clara", ELEVEN, start_work, first)
    world.do("mehdi", ELEVEN, start_work, second)  # another technician's is another timer
    refused(world, NoTimer, "clara", ELEVEN, stop_work, second)


def test_the_database_itself_holds_one_timer_a_technician(world: World) -> None:
    facts = {"ticket_id": usage(world), "technician_id": world.clara.id, "state": "running", "note": ""}
    with world.desk.database.writing() as session:
        session.add_all([Stint(started_at=paris(TEN), **facts), Stint(started_at=paris(ELEVEN), **facts)])
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_going_over_to_another_ticket_logs_the_first(world: World) -> None:
    first, second = usage(world), a_ticket(world)
    world.do("clara", TEN, start_work, first)
    world.do("clara", "2026-06-01 10:31", start_work, second, instead=True)
    assert (ticket(world, first).worked_minutes, balance(world)) == (31, 37)
    assert stint(world, 2).state == "running"


class TestClosing:
    def test_it_stops_by_itself_and_nothing_is_counted_unasked(self, world: World) -> None:
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        assert due(world, "work_stop", 1) == [paris("2026-06-01 17:00")]
        fire(world, "2026-06-01 17:00")
        left = stint(world, 1)
        assert (left.state, left.ended_at) == ("to_confirm", paris("2026-06-01 17:00"))
        assert (balance(world), ticket(world, number).worked_minutes) == (40, 0)
        assert kinds(world, number)[-1] == "work_stopped"
        assert told(world, "work_to_confirm:1") == ["clara.fontaine"]

    def test_confirmed_it_counts_for_the_day_of_the_work(self, world: World) -> None:
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        fire(world, "2026-06-01 17:00")
        done = world.do("clara", "2026-06-02 09:05", confirm_work, 1).intervention
        assert (str(done.day), done.minutes, done.consumed_quarters) == ("2026-06-01", 40, 3)
        assert stint(world, 1).state == "logged"

    def test_corrected_it_counts_as_it_was(self, world: World) -> None:
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        fire(world, "2026-06-01 17:00")
        done = world.do("clara", "2026-06-02 09:05", confirm_work, 1, minutes="0h25", note="Coupé par un appel")
        assert (done.intervention.minutes, done.intervention.consumed_quarters) == (25, 2)

    def test_dropped_nothing_counts_and_history_says_so(self, world: World) -> None:
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        fire(world, "2026-06-01 17:00")
        world.do("clara", "2026-06-02 09:05", drop_work, 1, text="Parti en réunion")
        assert (stint(world, 1).state, balance(world)) == ("dropped", 40)
        assert (kinds(world, number)[-1], events(world, number)[-1].text) == ("work_dropped", "Parti en réunion")

    def test_lunch_closes_too(self, world: World) -> None:
        world.do("clara", "2026-06-01 12:00", start_work, usage(world))
        fire(world, "2026-06-01 12:30")
        assert stint(world, 1).ended_at == paris("2026-06-01 12:30")

    @pytest.mark.parametrize(
        ("started", "stops"),
        [
            ("2026-06-01 12:40", "2026-06-01 13:30"),  # at lunch: at the opening
            ("2026-06-05 18:00", "2026-06-06 00:00"),  # a Friday evening: with the day, an intervention being a day's
            ("2026-06-06 10:00", "2026-06-07 00:00"),
        ],
    )
    def test_begun_while_the_desk_is_closed_it_stops_at_the_opening_or_with_its_day(
        self, world: World, started: str, stops: str
    ) -> None:
        world.do("clara", started, start_work, usage(world))
        assert due(world, "work_stop", 1) == [paris(stops)]

    def test_stopped_by_hand_after_the_closing_its_time_is_asked_about(self, world: World) -> None:
        """The service was down at five: at twenty past, nothing beyond five is counted without asking."""
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        timed = world.do("clara", "2026-06-01 17:20", stop_work, number, note="État fini")
        assert (timed.stint.state, timed.stint.ended_at, timed.intervention) == (
            "to_confirm",
            paris("2026-06-01 17:00"),
            None,
        )
        world.do("clara", "2026-06-02 09:00", confirm_work, 1)
        assert events(world, number)[-1].text == "État fini"  # what was typed is not lost

    def test_a_desk_that_stays_open_longer_lets_it_run(self, world: World) -> None:
        world.do("clara", "2026-06-01 14:00", start_work, usage(world))
        longer = AddPeriod("openings", paris("2026-06-01 17:00"), paris("2026-06-01 19:00"), "Clôture annuelle")
        world.do("marc", "2026-06-01 14:30", edit_calendar, longer, reason="Clôture annuelle")
        fire(world, "2026-06-01 17:00")
        assert (stint(world, 1).state, due(world, "work_stop", 1)) == ("running", [paris("2026-06-01 19:00")])
        fire(world, "2026-06-01 19:00")
        assert stint(world, 1).ended_at == paris("2026-06-01 19:00")

    def test_a_closing_that_was_moved_meanwhile_holds(self, world: World) -> None:
        """A closure of the afternoon from 15:00, saved at 14:30: the time is cut at 15:00, whenever somebody looks."""
        world.do("clara", "2026-06-01 14:00", start_work, usage(world))
        closed = AddPeriod("closures", paris("2026-06-01 15:00"), paris("2026-06-01 17:00"), "Coupure de courant")
        world.do("marc", "2026-06-01 14:30", edit_calendar, closed, reason="Coupure de courant")
        fire(world, "2026-06-01 17:00")
        assert stint(world, 1).ended_at == paris("2026-06-01 15:00")


class TestNothingBlocksStopping:
    """What was worked was worked: it is kept, and consumed or owed."""

    def test_the_ticket_was_handed_over(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, start_work, number)
        world.do("diane", "2026-06-01 10:30", escalate, number, reason="Trop grand")
        assert world.do("clara", ELEVEN, stop_work, number).intervention.consumed_quarters == 4

    def test_the_ticket_was_declined(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, start_work, number)
        world.do("diane", "2026-06-01 10:30", decline, number, reason="Hors contrat")
        assert world.do("clara", ELEVEN, stop_work, number).intervention.minutes == 60

    def test_somebody_resolved_it(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, start_work, number)
        world.do("diane", "2026-06-01 10:30", resolve, number, text="Fait.")
        assert world.do("clara", ELEVEN, stop_work, number).intervention.minutes == 60

    def test_the_hours_ran_out(self, world: World) -> None:
        """38 of 40 quarters are taken meanwhile: of the four that the hour costs, two are owed."""
        number = usage(world)
        world.do("clara", TEN, start_work, number)
        world.do("marc", "2026-06-01 10:10", correct_hours, world.forfait, quarters=-38, reason="Reprise")
        world.do("clara", ELEVEN, stop_work, number)
        assert balance(world) == 0


class TestNoWordKeepsATimerRunning:
    """It stops at its instant; what can't stand as it was typed is handed back, and the time waits to be confirmed."""

    @pytest.mark.parametrize(
        ("typed", "field", "refusal", "kept"),
        [
            ({"note": "mot de passe : Azerty12"}, "note", Secret, ""),
            ({"note": "x" * 2001}, "note", TooLong, "x" * 2001),
            ({"note": "Fin\x00"}, "note", BadText, ""),
            ({"note": "Fait", "own_error": True}, "reason", Missing, "Fait"),
            ({"note": "Fait", "own_error": True, "reason": "Oubli"}, "own_error", NothingToAdjust, "Fait"),
        ],
    )
    def test_it_stops_and_the_text_is_handed_back(
        self, world: World, typed: dict[str, Any], field: str, refusal: type[Refused], kept: str
    ) -> None:
        number = usage(world)
        world.do("clara", TEN, start_work, number)
        timed = world.do("clara", ELEVEN, stop_work, number, **typed)
        left = stint(world, 1)
        assert (left.state, left.ended_at, left.note) == ("to_confirm", paris(ELEVEN), kept)
        back = timed.back[0]
        assert (back.field, type(back.refusal), back.text) == (
            field,
            refusal,
            typed.get(field, "") if field != "own_error" else "Oubli",
        )
        assert (due(world, "work_stop", 1), balance(world)) == ([], 40)
        assert told(world, "work_to_confirm") == []  # they are at the keyboard
        assert not secrets_kept(world)
        done = world.do("clara", "2026-06-01 11:01", confirm_work, 1, note="Fait", own_error=False, reason="")
        assert (done.intervention.minutes, events(world, number)[-1].text) == (60, "Fait")

    def test_after_the_closing_nothing_that_was_said_is_lost(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, resolve, number, text="Fait.")
        world.do("julie", "2026-06-01 14:00", refuse, number, text="L’avoir manque.")
        world.do("clara", "2026-06-01 16:20", start_work, number)
        said = {"note": "Avoir repris", "own_error": True, "reason": "Avoir oublié"}
        world.do("clara", "2026-06-01 17:20", stop_work, number, **said)
        left = stint(world, 1)
        assert (left.note, left.own_error, left.reason) == ("Avoir repris", True, "Avoir oublié")
        done = world.do("clara", "2026-06-02 09:00", confirm_work, 1).intervention
        assert (done.minutes, done.consumed_quarters) == (40, 0)
        last = events(world, number)[-1]
        assert (last.text, last.data["own_error"], last.data["reason"]) == ("Avoir repris", True, "Avoir oublié")

    def test_what_was_said_can_be_taken_back_when_it_is_confirmed(self, world: World) -> None:
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        world.do("clara", "2026-06-01 17:20", stop_work, number, note="Avoir repris")
        world.do("clara", "2026-06-02 09:00", confirm_work, 1, note="")
        assert events(world, number)[-1].text == ""

    def test_what_is_too_long_is_asked_for_again_at_the_confirmation(self, world: World) -> None:
        number = usage(world)
        world.do("clara", TEN, start_work, number)
        world.do("clara", ELEVEN, stop_work, number, note="x" * 2001)
        refused(world, TooLong, "clara", "2026-06-01 11:01", confirm_work, 1)

    def test_time_is_set_aside_whatever_is_said_of_it(self, world: World) -> None:
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        fire(world, "2026-06-01 17:00")
        timed = world.do("clara", "2026-06-02 09:00", drop_work, 1, text="code superviseur : 4321")
        assert (timed.stint.state, [type(each.refusal) for each in timed.back]) == ("dropped", [Secret])
        assert (kinds(world, number)[-1], events(world, number)[-1].text) == ("work_dropped", "")
        assert not secrets_kept(world)


def test_a_timer_of_the_night_when_clocks_go_back_stops_after_a_day(world: World) -> None:
    """25 October 2026 has 25 hours: more than a day's work is none."""
    number = a_ticket(world, at="2026-10-23 09:00", item=USAGE)
    world.do("clara", "2026-10-25 00:00", start_work, number)
    assert due(world, "work_stop", 1) == [paris("2026-10-25 23:00")]
    fire(world, "2026-10-26 09:00")
    assert world.do("clara", "2026-10-26 09:00", confirm_work, 1).intervention.minutes == 1440


def test_who_resolves_the_ticket_works_on_it_no_longer(world: World) -> None:
    number = usage(world)
    world.do("clara", TEN, start_work, number)
    world.do("clara", ELEVEN, resolve, number, text="Fait.")
    assert kinds(world, number)[-2:] == ["worked", "resolved"]
    assert stint(world, 1).state == "logged"


def test_refusals(world: World) -> None:
    number = usage(world)
    refused(world, NoTimer, "clara", TEN, stop_work, number)
    refused(world, NotFound, "clara", TEN, start_work, 999)
    refused(world, NotFound, "clara", TEN, confirm_work, 999)
    for who in ("julie", "diane", "paul"):
        refused(world, Forbidden, who, TEN, start_work, number)
    world.do("clara", "2026-06-01 16:20", start_work, number)
    refused(world, AlreadyDone, "clara", "2026-06-01 16:30", confirm_work, 1)
    fire(world, "2026-06-01 17:00")
    refused(world, NotYoursToConfirm, "mehdi", "2026-06-02 09:00", confirm_work, 1)
    refused(world, NotYoursToConfirm, "mehdi", "2026-06-02 09:00", drop_work, 1)
    for who in ("julie", "paul"):
        refused(world, Forbidden, who, "2026-06-02 09:00", confirm_work, 1)
    early = {"started_at": "2026-05-29T16:00", "minutes": 10}
    refused(world, BeforeDeposit, "clara", "2026-06-02 09:00", confirm_work, 1, **early)
    late = {"started_at": "2026-06-02T08:55", "minutes": 10}
    too_soon = refused(world, InTheFuture, "clara", "2026-06-02 09:00", confirm_work, 1, **late)
    assert too_soon.sentence("en").startswith("“today at 09:05” has not passed yet")
    assert too_soon.sentence().startswith("«\u00a0aujourd’hui à 9\u00a0h\u00a005\u00a0»")
    world.do("clara", "2026-06-02 09:00", confirm_work, 1)
    refused(world, AlreadyDone, "clara", "2026-06-02 09:01", confirm_work, 1)
    refused(world, AlreadyDone, "clara", "2026-06-02 09:01", drop_work, 1)
    over = in_hand(world, item=USAGE)
    world.do("diane", TEN, decline, over, reason="x")
    refused(world, IllegalMove, "clara", "2026-06-02 10:00", start_work, over)


def test_requalified_while_it_ran_it_is_counted_as_the_ticket_is_now(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", TEN, start_work, number)
    world.do("diane", "2026-06-01 10:30", qualify, number, reason="Usage", item=USAGE)
    assert world.do("clara", ELEVEN, stop_work, number).intervention.consumed_quarters == 4
    with world.desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Stint)) == 1
