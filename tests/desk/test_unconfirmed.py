"""Time that a timer left at the closing awaits its technician's word, and nothing is counted before."""

import pytest
from sqlalchemy import select

from sla.desk.accept import accept
from sla.desk.correct_work import correct_work
from sla.desk.kept_report import see_report
from sla.desk.ledger import owed_by
from sla.desk.people import be_absent
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.running_work import confirm_work, drop_work, start_work
from sla.desk.unconfirmed import unconfirmed
from sla.desk.work import work
from sla.errors import (
    Overlap,
    UnconfirmedTime,
)
from sla.store.tables import Message, TimeEntry
from tests.desk.kept import (
    USAGE,
    a_ticket,
    balance,
    due,
    events,
    fire,
    ledger,
    refused,
    told,
)
from tests.desk.timed import ELEVEN, TEN, usage
from tests.worlds import World, paris


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
        nobody confirms keeps it until they do, and it alone: what is typed beyond the days of grace is owed."""
        number = a_ticket(world, at="2027-01-04 09:00", item=USAGE)
        world.do("clara", "2027-01-04 16:20", start_work, number)
        fire(world, "2027-01-12 09:00")
        assert (balance(world), due(world, "expiry", world.forfait)) == (40, [paris("2027-01-13 09:00")])
        world.do("mehdi", "2027-01-12 09:30", work, number, minutes=15, started_at="2027-01-04T15:00")
        assert (balance(world), world.see("diane", "2027-01-12 09:30", owed_by, world.companies["acme"])) == (40, 1)
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


def test_the_times_shown_make_the_minutes_that_are_counted(world: World) -> None:
    """From 16:20:40 to the closing are 39 whole minutes: 16:20 to 16:59, wherever it is told."""
    number = usage(world)
    world.do("clara", "2026-06-01 16:20:40", start_work, number)
    fire(world, "2026-06-01 17:00")
    (left,) = world.see("clara", "2026-06-02 09:00", unconfirmed)
    assert (left.minutes, left.counted_until) == (39, paris("2026-06-01 16:59:40"))
    with world.desk.database.reading() as session:
        letter = session.scalars(select(Message.body).where(Message.key.startswith("work_to_confirm:"))).one()
    said = "lundi 1er juin de 16 h 20 à 16 h 59, soit 39 min."
    assert said in letter.replace("\u00a0", " ")
    refusal = refused(world, UnconfirmedTime, "clara", "2026-06-02 09:00", report, number, done="Vu.")
    assert "de 16 h 20 à 16 h 59, 0 h 39." in refusal.sentence().replace("\u00a0", " ")
