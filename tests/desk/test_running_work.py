"""`start_work`, `stop_work`, `confirm_work`, `drop_work`: one timer a technician; it stops by itself at the closing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from sla.desk.accept import accept, refuse
from sla.desk.calendar_edits import AddPeriod
from sla.desk.correct_work import correct_work
from sla.desk.edit_calendar import edit_calendar
from sla.desk.escalate import decline, escalate
from sla.desk.estimate_decision import accept_estimate, decline_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.hours import correct_hours
from sla.desk.kept_report import see_report
from sla.desk.people import be_absent
from sla.desk.qualify import qualify
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.running_work import confirm_work, drop_work, start_work, stop_work
from sla.desk.unconfirmed import unconfirmed
from sla.desk.work import work
from sla.errors import (
    AlreadyDone,
    BadText,
    BeforeDeposit,
    EstimateBelowWork,
    EstimateNeeded,
    Forbidden,
    HoursNeeded,
    IllegalMove,
    InTheFuture,
    Missing,
    NotFound,
    NothingToAdjust,
    NoTimer,
    NotYoursToConfirm,
    Overlap,
    Refused,
    Secret,
    TimerRuns,
    TooLong,
    UnconfirmedTime,
)
from sla.store.tables import Intervention, Stint, TimeEntry
from tests.desk.kept import (
    LIGHT,
    USAGE,
    a_ticket,
    balance,
    count,
    due,
    events,
    everything,
    fire,
    in_hand,
    kinds,
    ledger,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris

TEN, ELEVEN = "2026-06-01 10:00", "2026-06-01 11:00"


def usage(world: World) -> int:
    return a_ticket(world, item=USAGE)


def stint(world: World, number: int) -> Stint:
    with world.desk.database.reading() as session:
        return session.get_one(Stint, number)


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


class TestUnconfirmed:
    """Time that a timer left is reminded of until somebody answers for it, and nothing forgets it meanwhile."""

    @pytest.fixture
    def left(self, world: World) -> int:
        """40 minutes of Clara's on Monday 1 June, up to the closing."""
        number = usage(world)
        world.do("clara", "2026-06-01 16:20", start_work, number)
        fire(world, "2026-06-01 17:00")
        return number

    def test_it_is_reminded_of_each_working_day_the_dispatchers_from_the_second(self, world: World, left: int) -> None:
        """Tuesday passes; on Wednesday at the opening Clara is told again, on Thursday Diane is too."""
        assert due(world, "work_unconfirmed", 1) == [paris("2026-06-03 09:00")]
        fire(world, "2026-06-03 08:59")
        assert told(world, "work_unconfirmed:1") == []
        fire(world, "2026-06-03 09:00")
        assert told(world, "work_unconfirmed:1") == ["clara.fontaine"]
        fire(world, "2026-06-04 09:00")
        assert told(world, "work_unconfirmed:1:2") == ["clara.fontaine", "diane"]
        assert due(world, "work_unconfirmed", 1) == [paris("2026-06-05 09:00")]
        world.do("clara", "2026-06-04 10:00", confirm_work, 1)
        assert due(world, "work_unconfirmed", 1) == []

    def test_while_its_technician_is_away_the_dispatchers_are_told_at_once(self, world: World, left: int) -> None:
        away = {"starts_at": "2026-06-02T09:00", "ends_at": "2026-06-12T17:00", "label": "Arrêt"}
        world.do("diane", "2026-06-02 09:00", be_absent, world.clara.id, **away)
        fire(world, "2026-06-03 09:00")
        assert told(world, "work_unconfirmed:1") == ["clara.fontaine", "diane"]

    @pytest.mark.parametrize("who", ["diane", "marc"])
    def test_it_is_confirmed_in_its_technician_s_stead(self, world: World, left: int, who: str) -> None:
        """It stays Clara's work, of her day; history names who said so, and she is told."""
        done = world.do(who, "2026-06-03 10:00", confirm_work, 1, minutes=25).intervention
        assert (done.technician_id, str(done.day), done.minutes) == (world.clara.id, "2026-06-01", 25)
        last = events(world, left)[-1]
        assert (last.kind, last.author, last.data["instead_of"]) == ("worked", who.capitalize(), "Clara Fontaine")
        assert told(world, "work_settled:1") == ["clara.fontaine"]
        assert due(world, "work_unconfirmed", 1) == []

    def test_it_is_set_aside_in_its_technician_s_stead(self, world: World, left: int) -> None:
        world.do("diane", "2026-06-03 10:00", drop_work, 1, text="Réunion")
        last = events(world, left)[-1]
        assert (last.kind, last.author, last.data["instead_of"], last.text) == (
            *("work_dropped", "Diane", "Clara Fontaine"),
            "Réunion",
        )
        assert told(world, "work_settled:1") == ["clara.fontaine"]

    def test_one_s_own_is_told_to_nobody(self, world: World, left: int) -> None:
        world.do("clara", "2026-06-02 09:00", confirm_work, 1)
        assert told(world, "work_settled") == []
        assert "instead_of" not in events(world, left)[-1].data

    def test_a_last_report_waits_for_it_an_interim_one_says_it(self, world: World, left: int) -> None:
        """A report's figures stand for ever: they are not sent while some are missing."""
        world.do("diane", "2026-06-02 09:00", resolve, left, text="Fait.")
        refusal = refused(world, UnconfirmedTime, "mehdi", "2026-06-02 09:05", report, left, done="Fait.")
        assert "Clara Fontaine, de 16\u00a0h\u00a020 à 17\u00a0h\u00a000, 0\u00a0h\u00a040." in refusal.sentence()
        assert "Clara Fontaine, 16:20 to 17:00," in refusal.sentence("en")
        interim = world.do("mehdi", "2026-06-02 09:05", report, left, done="Fait.", interim=True)
        assert interim.data["unconfirmed_minutes"] == 40
        assert world.see("julie", "2026-06-02 09:06", see_report, left, interim.seq).unconfirmed == 40
        world.do("clara", "2026-06-02 09:10", confirm_work, 1)
        assert world.do("clara", "2026-06-02 09:11", report, left, done="Fait.").data["unconfirmed_minutes"] == 0

    def test_the_client_accepts_all_the_same_and_the_time_still_counts(self, world: World, left: int) -> None:
        world.do("diane", "2026-06-02 09:00", resolve, left, text="Fait.")
        world.do("julie", "2026-06-02 10:00", accept, left)
        fire(world, "2026-06-03 09:00")
        assert told(world, "work_unconfirmed:1") == ["clara.fontaine"]
        world.do("clara", "2026-06-03 09:05", confirm_work, 1)
        assert (balance(world), due(world, "report_due", left)) == (37, [paris("2026-06-04 17:00")])

    def test_a_forfait_does_not_expire_under_it(self, world: World) -> None:
        """Bought on 5 January, it ends on 4 January 2027 and expires five working days later; work of its last day that
        nobody confirms keeps it until they do."""
        number = a_ticket(world, at="2027-01-04 09:00", item=USAGE)
        world.do("clara", "2027-01-04 16:20", start_work, number)
        fire(world, "2027-01-12 09:00")
        assert (balance(world), due(world, "expiry", world.forfait)) == (40, [paris("2027-01-13 09:00")])
        world.do("diane", "2027-01-12 10:00", confirm_work, 1)
        fire(world, "2027-01-13 09:00")
        assert ledger(world)[1:] == [("consumption", -3), ("expiry", -37)]

    def test_support_sees_all_that_is_left(self, world: World, left: int) -> None:
        for asked in ({}, {"ticket": left}, {"technician": world.clara.id}):
            found = world.see("diane", "2026-06-02 09:00", unconfirmed, **asked)
            assert [(each.stint, each.technician, each.minutes, each.added, each.mine) for each in found] == [
                (1, "Clara Fontaine", 40, 3, False)
            ]
        assert world.see("diane", "2026-06-02 09:00", unconfirmed, technician=world.mehdi.id) == []


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


def secrets_kept(world: World) -> list[str]:
    return [
        name
        for name, rows in everything(world).items()
        if any("Azerty12" in str(row) or "4321" in str(row) for row in rows)
    ]


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


def test_time_that_runs_or_awaits_its_confirmation_is_taken(world: World) -> None:
    number, other = usage(world), a_ticket(world)
    world.do("clara", "2026-06-01 16:20", start_work, number)
    refused(world, Overlap, "clara", "2026-06-01 16:40", work, other, minutes=30)
    world.do("clara", "2026-06-01 16:30", work, other, minutes=10, started_at="2026-06-01T16:10")  # they touch
    fire(world, "2026-06-01 17:00")
    clash = {"minutes": 10, "started_at": "2026-06-01T16:55"}
    refused(world, Overlap, "clara", "2026-06-02 09:00", work, other, **clash)
    world.do("clara", "2026-06-02 09:00", drop_work, 1)
    world.do("clara", "2026-06-02 09:00", work, other, **clash)


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


def test_time_confirmed_after_the_resolution_owes_its_report_by_the_next_closing(world: World) -> None:
    number = usage(world)
    world.do("clara", TEN, start_work, number)
    fire(world, "2026-06-01 17:00")
    world.do("diane", "2026-06-01 17:30", resolve, number, text="Fait.")
    assert due(world, "report_due", number) == []
    world.do("clara", "2026-06-02 09:00", confirm_work, 1)
    assert due(world, "report_due", number) == [paris("2026-06-03 17:00")]


def test_an_interim_report_is_not_the_last_one(world: World) -> None:
    number = usage(world)
    world.do("clara", ELEVEN, work, number, minutes=30)
    world.do("clara", ELEVEN, report, number, done="Début.", interim=True)
    world.do("clara", "2026-06-01 12:00", resolve, number, text="Fait.")
    fire(world, "2026-06-02 17:00")
    assert told(world, f"report_due:{number}:") == ["clara.fontaine"]


def test_a_start_shown_to_the_minute_is_still_the_second_it_was(world: World) -> None:
    """Clara goes from one ticket to another at 10:00:40. Sent again as the form shows it, 10:00, the second's time does
    not run into the first's, whether it is confirmed or corrected later."""
    first, second = usage(world), usage(world)
    world.do("clara", "2026-06-01 09:30:10", start_work, first)
    world.do("clara", "2026-06-01 10:00:40", start_work, second, instead=True)
    fire(world, "2026-06-01 12:30")
    world.do("clara", "2026-06-01 14:00", confirm_work, 2, started_at="2026-06-01T10:00", minutes=100)
    world.do("clara", "2026-06-01 14:05", correct_work, 2, started_at="2026-06-01T10:00", minutes=90, reason="Pause")
    with world.desk.database.reading() as session:
        starts = session.scalars(select(TimeEntry.started_at).order_by(TimeEntry.id)).all()
    assert starts == [paris(f"2026-06-01 {at}") for at in ("09:30:10", "10:00:40", "10:00:40")]
