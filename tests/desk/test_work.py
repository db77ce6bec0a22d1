"""`work`: real minutes are kept, the started quarter-hour is consumed, once an intervention; four hours bind TMA."""

import pytest

from sla.desk.qualify import qualify
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.desk.work import work
from sla.errors import (
    BadDuration,
    BadInstant,
    BeforeDeposit,
    Forbidden,
    InTheFuture,
    Missing,
    NotFound,
    Overlap,
    PastMidnight,
    Secret,
    UnfitInstant,
)
from sla.store.tables import Debt, Intervention, TimeEntry
from tests.desk.kept import (
    ERROR,
    INCLUDED_INSTALL,
    LIGHT,
    NETWORK,
    USAGE,
    a_ticket,
    balance,
    count,
    due,
    events,
    fire,
    kinds,
    ledger,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris

NOON = "2026-06-01 12:00"


@pytest.mark.parametrize(
    ("typed", "minutes", "quarters"),
    [(1, 1, 1), (15, 15, 1), (16, 16, 2), ("105", 105, 7), ("1,75", 105, 7), ("1h45", 105, 7), ("2h", 120, 8)],
)
def test_the_started_quarter_is_consumed(world: World, typed: int | str, minutes: int, quarters: int) -> None:
    done = world.do("clara", NOON, work, a_ticket(world, item=USAGE), minutes=typed)
    assert (done.minutes, done.consumed_quarters) == (minutes, quarters)
    assert balance(world) == 40 - quarters
    assert ledger(world) == [("purchase", 40), ("consumption", -quarters)]


def test_a_stretch_ends_with_its_day(world: World) -> None:
    """Two hours from 22:30 are an hour and a half of Monday and half an hour of Tuesday: each day pays for its own, by
    its own forfait. Typed as one they are handed back; up to midnight itself they are Monday's."""
    number = a_ticket(world, item=USAGE)
    late = {"started_at": "2026-06-01T22:30"}
    refused(world, PastMidnight, "clara", "2026-06-02 08:00", work, number, minutes=120, **late)
    refused(world, PastMidnight, "clara", "2026-06-02 00:10", work, number, minutes=30)
    assert world.do("clara", "2026-06-02 08:00", work, number, minutes=90, **late).consumed_quarters == 6
    rest = world.do("clara", "2026-06-02 08:00", work, number, minutes=30, started_at="2026-06-02T00:00")
    assert (str(rest.day), rest.consumed_quarters, balance(world)) == ("2026-06-02", 2, 32)


def test_two_stretches_of_a_day_are_one_intervention(world: World) -> None:
    """100 min and 20 min: 120 min, 8 quarters; rounded apart they would be 7 + 2."""
    number = a_ticket(world, item=USAGE)
    world.do("clara", "2026-06-01 11:00", work, number, minutes=100)
    done = world.do("clara", "2026-06-01 16:00", work, number, minutes=20)
    assert (done.minutes, done.consumed_quarters, balance(world)) == (120, 8, 32)
    assert (count(world, Intervention), count(world, TimeEntry)) == (1, 2)
    assert ledger(world)[1:] == [("consumption", -7), ("consumption", -1)]


@pytest.mark.parametrize(("who", "at"), [("mehdi", "2026-06-01 11:30"), ("clara", "2026-06-02 11:00")])
def test_another_technician_or_another_day_is_another_intervention(world: World, who: str, at: str) -> None:
    number = a_ticket(world, item=USAGE)
    world.do("clara", "2026-06-01 11:00", work, number, minutes=1)
    world.do(who, at, work, number, minutes=1)
    assert (count(world, Intervention), balance(world)) == (2, 38)


def test_maintenance_consumes_nothing_however_long(world: World) -> None:
    """A six-hour included error: nothing is taken, nobody is warned, nothing goes to deployment."""
    number = a_ticket(world)
    done = world.do("clara", "2026-06-01 17:00", work, number, minutes=360)
    assert (done.consumed_quarters, balance(world), ticket(world, number).worked_minutes) == (0, 40, 360)
    assert fire(world, "2026-06-01 17:00") >= 0
    assert (ticket(world, number).state, told(world, "near_limit")) == ("in_progress", [])


def test_it_begins_the_ticket_and_is_not_for_the_client_to_see(world: World) -> None:
    number = a_ticket(world)
    world.do("yann", NOON, work, number, minutes=30, started_at="2026-06-01T11:00", note="Analyse")
    assert kinds(world, number)[-2:] == ["taken", "worked"]
    last = events(world, number)[-1]
    assert (last.public, last.data["minutes"], last.data["started_at"]) == (False, 30, "2026-06-01T09:00:00+00:00")
    assert ticket(world, number).technician_id == world.yann.id


class TestFourHours:
    def test_at_three_hours_the_technician_is_warned_once(self, world: World) -> None:
        number = a_ticket(world, item=USAGE)
        world.do("clara", "2026-06-01 12:00", work, number, minutes=179)
        assert told(world, "near_limit") == []
        world.do("clara", "2026-06-01 13:31", work, number, minutes=1)
        world.do("clara", "2026-06-01 14:00", work, number, minutes=10)
        assert told(world, "near_limit") == ["clara.fontaine"]

    def test_exactly_four_hours_stay(self, world: World) -> None:
        number = a_ticket(world, item=USAGE)
        world.do("clara", "2026-06-01 16:00", work, number, minutes=240)
        assert due(world, "escalation", number) == []
        world.do("clara", "2026-06-01 16:01", work, number, minutes=1)
        assert due(world, "escalation", number) == [paris("2026-06-01 16:01")]

    def test_exactly_four_hours_already_go_where_the_line_says_less(self, world: World) -> None:
        """« Modification légère et paramétrage rapide (- de 4h) »."""
        number = a_ticket(world, item=LIGHT)
        world.do("sandrine", "2026-06-01 15:00", work, number, minutes=239)
        assert due(world, "escalation", number) == []
        world.do("sandrine", "2026-06-01 15:01", work, number, minutes=1)
        assert due(world, "escalation", number) == [paris("2026-06-01 15:01")]

    def test_it_goes_by_itself_and_what_was_consumed_stays_consumed(self, world: World) -> None:
        number = a_ticket(world, item=USAGE)
        world.do("clara", "2026-06-01 16:00", work, number, minutes=200)
        world.do("sandrine", "2026-06-01 16:10", work, number, minutes=41)  # summed over the ticket
        fire(world, "2026-06-01 16:10")
        assert (ticket(world, number).state, balance(world)) == ("to_deployment", 40 - 14 - 3)
        assert told(world, f"transferred:{number}") == ["clara.fontaine", "diane", "paul"] or set(
            told(world, f"transferred:{number}")
        ) == {"clara.fontaine", "diane", "paul"}
        assert told(world, f"transferred_client:{number}") == ["julie"]

    def test_an_error_that_turns_out_to_be_usage_is_bound_from_then_on(self, world: World) -> None:
        number = a_ticket(world)
        world.do("clara", "2026-06-01 16:00", work, number, minutes=300)
        world.do("diane", "2026-06-01 16:30", qualify, number, reason="Usage", item=USAGE)
        assert due(world, "escalation", number) == [paris("2026-06-01 16:30")]

    def test_what_support_covers_after_all_is_not_bound(self, world: World) -> None:
        number = a_ticket(world, item=USAGE)
        world.do("diane", "2026-06-01 09:05", qualify, number, reason="Erreur de notre part", level="maintenance")
        world.do("clara", "2026-06-01 16:00", work, number, minutes=300)
        assert (due(world, "escalation", number), balance(world)) == ([], 40)

    def test_after_a_reopening_it_goes_again(self, world: World) -> None:
        number = a_ticket(world, item=USAGE)
        world.do("clara", "2026-06-01 16:00", work, number, minutes=241)
        fire(world, "2026-06-01 16:00")
        world.do("diane", "2026-06-02 09:00", reopen, number, text="Encore")
        world.do("clara", "2026-06-02 10:00", work, number, minutes=15)
        fire(world, "2026-06-02 10:00")
        assert ticket(world, number).state == "to_deployment"

    def test_what_is_done_already_is_not_handed_over(self, world: World) -> None:
        number = a_ticket(world, item=USAGE)
        world.do("clara", "2026-06-01 12:00", resolve, number, text="Fait.")
        world.do("clara", "2026-06-01 16:00", work, number, minutes=300)
        assert due(world, "escalation", number) == []


def test_what_exceeds_the_balance_is_owed(world: World) -> None:
    number = a_ticket(world, who="bruno")
    world.do("diane", "2026-06-01 09:10", qualify, number, reason="Usage", item=USAGE)
    world.do("clara", NOON, work, number, minutes=16)
    assert count(world, Debt) == 1


def test_refusals(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    world.do("clara", NOON, work, number, minutes=60)  # 11:00–12:00
    refused(world, Missing, "clara", NOON, work, number, minutes="")
    for wrong in (0, -5, 1441, "bientôt", "1h60", "1:30", "25h"):
        refused(world, BadDuration, "clara", "2026-06-02 12:00", work, number, minutes=wrong)
    refused(world, BadInstant, "clara", NOON, work, number, minutes=5, started_at="hier")
    refused(world, UnfitInstant, "clara", NOON, work, number, minutes=5, started_at="2026-03-29T02:30")  # no such hour
    refused(world, InTheFuture, "clara", NOON, work, number, minutes=10, started_at="2026-06-01T11:55")
    refusal = refused(world, Overlap, "clara", "2026-06-01 12:10", work, number, minutes=11)
    assert "11 h 00" in refusal.sentence("fr").replace("\u00a0", " ").replace("\u202f", " ")
    world.do("clara", "2026-06-01 12:10", work, number, minutes=10)  # from noon on: they touch
    other = a_ticket(world)
    refused(world, Overlap, "clara", "2026-06-01 12:20", work, other, minutes=60)
    refused(world, Secret, "clara", "2026-06-01 13:00", work, number, minutes=5, note="mdp : toto")
    refused(world, Forbidden, "julie", NOON, work, number, minutes=5)
    refused(world, Forbidden, "paul", NOON, work, number, minutes=5)
    refused(world, NotFound, "clara", "2026-06-01 13:00", work, 999, minutes=5)


def test_what_was_done_can_be_logged_whatever_the_ticket_has_become(world: World) -> None:
    """Declined for what it is, a quarter of an hour was spent on it all the same: kept, and nobody pays for it."""
    done = world.do("clara", NOON, work, a_ticket(world, item=NETWORK), minutes=15)
    assert (done.minutes, done.consumed_quarters, balance(world)) == (15, 0, 40)


@pytest.mark.parametrize("item", [ERROR, INCLUDED_INSTALL])
def test_included_lines_are_free(world: World, item: str) -> None:
    assert world.do("mehdi", NOON, work, a_ticket(world, item=item), minutes=45).consumed_quarters == 0


def test_time_of_a_day_before_the_deposit_is_of_another_ticket(world: World) -> None:
    number = a_ticket(world)
    told = refused(
        world, BeforeDeposit, "clara", "2026-06-01 12:00", work, number, minutes=30, started_at="2026-05-29T10:00"
    )
    assert "avant le dépôt du ticket" in told.sentence("fr")
