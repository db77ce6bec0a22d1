"""`correct_work`: typed time is put right by its technician with an entry in its place; nothing is edited."""

import pytest
from sqlalchemy import select

from sla.desk.accept import accept, refuse
from sla.desk.actor import SYSTEM
from sla.desk.correct_work import correct_work
from sla.desk.hours_card import own_hours
from sla.desk.resolve import resolve
from sla.desk.ticket_view import see_ticket
from sla.desk.verify import differences
from sla.desk.work import work
from sla.errors import (
    AlreadyDone,
    BadDuration,
    CorrectedSince,
    Forbidden,
    Missing,
    NotFound,
    NothingToAdjust,
    NotYourTime,
    OtherDay,
    Overlap,
    Secret,
)
from sla.store.tables import Debt, LedgerEntry, TimeEntry
from tests.desk.kept import LIGHT, USAGE, a_ticket, balance, count, events, fire, ledger, refused, ticket, told
from tests.worlds import World

NOON, LATER = "2026-06-01 12:00", "2026-06-01 16:00"


def worked(world: World, minutes: int = 60, item: str = USAGE) -> int:
    number = a_ticket(world, item=item)
    world.do("clara", NOON, work, number, minutes=minutes, note="Analyse")
    return number


def test_less_gives_back_by_a_correction_that_says_why(world: World) -> None:
    number = worked(world)
    done = world.do("clara", LATER, correct_work, 1, minutes=20, reason="Coupé par un appel")
    assert (done.minutes, done.consumed_quarters, balance(world)) == (20, 2, 38)
    assert ledger(world) == [("purchase", 40), ("consumption", -4), ("correction", 2)]
    with world.desk.database.reading() as session:
        last = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(1)).one()
        assert last.reason == f"Ticket nº\u00a0{number}, temps corrigé\u00a0: Coupé par un appel"
        assert (last.author, last.intervention_id) == ("Clara Fontaine", 1)
    assert ticket(world, number).worked_minutes == 20
    told_of = events(world, number)[-1]
    assert (told_of.kind, told_of.public, told_of.text) == ("work_corrected", False, "Coupé par un appel")


def test_more_takes_by_a_correction_too(world: World) -> None:
    worked(world)
    world.do("clara", LATER, correct_work, 1, minutes=75, started_at="2026-06-01T10:45", reason="Début oublié")
    assert ledger(world)[1:] == [("consumption", -4), ("correction", -1)]


def test_within_the_same_quarter_nothing_moves(world: World) -> None:
    worked(world, 50)
    world.do("clara", LATER, correct_work, 1, minutes=60, started_at="2026-06-01T11:00", reason="Début oublié")
    assert ledger(world)[1:] == [("consumption", -4)]


def test_taken_back_it_counts_for_nothing_and_stays_on_record(world: World) -> None:
    number = worked(world)
    world.do("clara", LATER, correct_work, 1, minutes=0, reason="Saisi sur le mauvais ticket")
    assert (balance(world), ticket(world, number).worked_minutes, count(world, TimeEntry)) == (40, 0, 2)
    assert world.see("clara", LATER, see_ticket, number).worked == []
    world.do("clara", LATER, work, a_ticket(world), minutes=60, started_at="2026-06-01T11:00")  # free again


def test_what_was_owed_is_forgiven_first(world: World) -> None:
    """11 h on a forfait of 10: 4 quarters are owed; corrected to 10 h 30 two are forgiven, nothing comes back."""
    number = a_ticket(world, at="2026-06-01 00:30", item=USAGE)
    world.do("clara", NOON, work, number, minutes=660)
    world.do("clara", LATER, correct_work, 1, minutes=630, reason="Pause")
    with world.desk.database.reading() as session:
        assert list(session.scalars(select(Debt.quarters).order_by(Debt.id))) == [4, -2]
    assert balance(world) == 0


def test_a_correction_is_corrected_in_its_turn(world: World) -> None:
    worked(world)
    world.do("clara", LATER, correct_work, 1, minutes=20, reason="Trop")
    refused(world, CorrectedSince, "clara", LATER, correct_work, 1, minutes=30, reason="Encore")
    world.do("clara", LATER, correct_work, 2, minutes=45, reason="Finalement")
    assert (balance(world), count(world, TimeEntry)) == (37, 3)


def test_the_client_reads_the_real_time_behind_each_movement(world: World) -> None:
    worked(world)
    world.do("clara", LATER, correct_work, 1, minutes=20, reason="Trop")
    lines = world.see("agnes", LATER, own_hours).cards[0].lines
    assert [(line.kind, line.real, line.taken) for line in lines] == [
        ("purchase", None, -40),
        ("consumption", 3600, 4),
        ("correction", -2400, -2),
    ]


def test_beyond_four_hours_by_a_correction_it_goes_to_deployment(world: World) -> None:
    number = a_ticket(world, at="2026-06-01 07:00", item=LIGHT)
    world.do("sandrine", NOON, work, number, minutes=200)
    world.do("sandrine", LATER, correct_work, 1, minutes=240, started_at="2026-06-01T08:00", reason="Début oublié")
    fire(world, LATER)
    assert ticket(world, number).state == "to_deployment"


def test_a_manager_puts_right_what_its_technician_can_t(world: World) -> None:
    worked(world)
    world.do("marc", LATER, correct_work, 1, minutes=30, reason="Clara est absente")
    with world.desk.database.reading() as session:
        assert session.get_one(TimeEntry, 2).technician_id == world.clara.id


class TestOwnError:
    """Adjustments after reservations consume, unless support marks them as its own error, with the reason."""

    def test_it_is_kept_as_real_time_and_consumes_nothing(self, world: World) -> None:
        number = back(world)
        done = world.do(
            "clara", "2026-06-02 11:00", work, number, minutes=60, own_error=True, reason="Oubli de notre part"
        )
        assert (done.minutes, done.consumed_quarters, balance(world)) == (60, 0, 36)
        assert events(world, number)[-1].data["reason"] == "Oubli de notre part"

    def test_unmarked_the_adjustment_consumes(self, world: World) -> None:
        world.do("clara", "2026-06-02 11:00", work, back(world), minutes=60)
        assert balance(world) == 32

    def test_of_one_intervention_only_the_part_that_is_marked_is_free(self, world: World) -> None:
        """20 min charged and 50 of support's own: 70 real minutes, two quarters; the client reads 20 behind them."""
        number = back(world)
        world.do("clara", "2026-06-02 10:30", work, number, minutes=20)
        done = world.do("clara", "2026-06-02 11:30", work, number, minutes=50, own_error=True, reason="x")
        assert (done.minutes, done.consumed_quarters) == (70, 2)
        last = world.see("agnes", "2026-06-02 12:00", own_hours).cards[0].lines[-1]
        assert (last.kind, last.real, last.taken) == ("consumption", 1200, 2)

    def test_marked_afterwards_it_is_given_back(self, world: World) -> None:
        number = back(world)
        world.do("clara", "2026-06-02 11:00", work, number, minutes=60)
        world.do("clara", "2026-06-02 16:00", correct_work, 2, minutes=60, own_error=True, reason="Erreur du support")
        assert (balance(world), ticket(world, number).worked_minutes) == (36, 120)

    def test_it_sends_nobody_to_deployment(self, world: World) -> None:
        """One hour charged and 3 h 30 of support's own are no TMA work of more than four hours."""
        number = back(world)
        world.do("clara", "2026-06-02 16:00", work, number, minutes=210, own_error=True, reason="x")
        fire(world, "2026-06-02 16:00")
        assert (ticket(world, number).state, told(world, "near_limit")) == ("in_progress", [])

    def test_it_belongs_to_what_came_back_from_acceptance(self, world: World) -> None:
        number = worked(world)
        more = {"minutes": 10, "own_error": True, "reason": "x"}
        refusal = refused(world, NothingToAdjust, "clara", LATER, work, number, **more)
        assert "n’est pas revenu de la recette" in refusal.sentence()
        world.do("clara", LATER, resolve, number, text="Fait.")
        refused(world, NothingToAdjust, "clara", LATER, work, number, **more)
        world.do("julie", "2026-06-02 09:00", refuse, number, text="Non.")
        refused(world, Missing, "clara", "2026-06-02 10:00", work, number, minutes=10, own_error=True)
        world.do("clara", "2026-06-02 10:00", work, number, **more)


def back(world: World) -> int:
    """One hour of work on 1 June, accepted with reservations on the 2nd at 9:00."""
    number = worked(world)
    world.do("clara", LATER, resolve, number, text="Fait.")
    world.do("julie", "2026-06-02 09:00", accept, number, reservations=True, text="Reste l’édition.")
    return number


def test_refusals(world: World) -> None:
    number = worked(world)
    world.do("clara", "2026-06-01 12:30", work, number, minutes=30)  # 12:00–12:30
    why = {"reason": "x"}
    refused(world, NotFound, "clara", LATER, correct_work, 99, minutes=5, **why)
    refused(world, Forbidden, "julie", LATER, correct_work, 1, minutes=5, **why)
    refused(world, NotYourTime, "mehdi", LATER, correct_work, 1, minutes=5, **why)
    refused(world, Missing, "clara", LATER, correct_work, 1, minutes=5, reason=" ")
    refused(world, Secret, "clara", LATER, correct_work, 1, minutes=5, reason="mdp : x")
    refused(world, AlreadyDone, "clara", LATER, correct_work, 1, minutes=60, **why)
    refused(world, Overlap, "clara", LATER, correct_work, 1, minutes=61, **why)
    refused(
        world, OtherDay, "clara", "2026-06-02 16:00", correct_work, 1, minutes=5, started_at="2026-06-02T10:00", **why
    )
    for wrong in (-1, "bientôt", 1441):
        refused(world, BadDuration, "clara", LATER, correct_work, 1, minutes=wrong, **why)


@pytest.mark.parametrize("minutes", [0, 1, 15, 16, 59, 61, 240])
def test_all_that_is_stored_still_follows_from_what_only_grows(world: World, minutes: int) -> None:
    world.do("clara", "2026-06-01 17:00", work, a_ticket(world, item=USAGE), minutes=60, started_at="2026-06-01T10:00")
    world.do("clara", "2026-06-01 17:00", correct_work, 1, minutes=minutes, reason="x")
    assert world.see(SYSTEM, "2026-06-01 17:00", differences) == []
    assert balance(world) == 40 - -(-minutes // 15)
