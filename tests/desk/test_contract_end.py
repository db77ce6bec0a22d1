"""The end of a contract, told ahead of it on the same days as a forfait's, unless another takes over."""

from datetime import date

import pytest
from sqlalchemy import update

from sla.desk.contract_days import UnderContract, cancel_contract, move_contract_end
from sla.desk.hours_card import own_hours
from sla.desk.people import sign_contract
from sla.errors import AlreadyDone, Forbidden, Missing, NotFound, UnfitInstant
from sla.store.tables import Timer
from tests.desk.kept import a_ticket, due, fire, refused, ticket, told
from tests.worlds import World, paris

SIGNED = "2026-06-01 10:00"


def signed(world: World, first: date = date(2026, 6, 1), last: date = date(2026, 12, 31)) -> int:
    company = world.companies["solo"]
    return int(world.do("marc", SIGNED, sign_contract, company, first_day=first, last_day=last).id)


def test_it_is_told_sixty_thirty_and_seven_days_ahead(world: World) -> None:
    """1 November is a Sunday and All Saints' Day: Friday, 30 October. 1 December. 24 December."""
    number = signed(world)
    instants = [paris(f"{day} 09:00") for day in ("2026-10-30", "2026-12-01", "2026-12-24")]
    assert due(world, "contract_end", number) == instants
    fire(world, "2026-12-24 09:00")
    assert sorted(told(world, f"contract_ending:{number}:7")) == ["marc", "sonia"]


def test_one_that_is_followed_is_not_told(world: World) -> None:
    number = signed(world)
    signed(world, date(2027, 1, 1), date(2027, 12, 31))
    fire(world, "2026-12-24 09:00")
    assert told(world, f"contract_ending:{number}") == []


def test_what_lies_behind_is_not_told(world: World) -> None:
    assert due(world, "contract_end", signed(world, date(2026, 5, 1), date(2026, 6, 20))) == [paris("2026-06-12 09:00")]


def test_the_client_sees_its_contract_and_a_near_end(world: World) -> None:
    signed(world)
    for at, soon in (("2026-10-31 10:00", False), ("2026-11-01 10:00", True)):
        shown = world.see("sonia", at, own_hours).contracts
        assert [(each.level, each.last_day, each.soon) for each in shown] == [("maintenance", date(2026, 12, 31), soon)]


def test_an_end_that_is_moved_is_told_ahead_anew_and_the_former_no_more(world: World) -> None:
    """Prolonged by half a year once its first reminder has left: 1 May 2027 is a Saturday and Labour Day."""
    number = signed(world)
    fire(world, "2026-10-30 09:00")
    world.do("marc", "2026-11-02 10:00", move_contract_end, number, last_day="2027-06-30", reason="Avenant.")
    assert sorted(told(world, f"contract_changed:{number}")) == ["marc", "sonia"]
    instants = [paris(f"{day} 09:00") for day in ("2027-04-30", "2027-05-31", "2027-06-23")]
    assert due(world, "contract_end", number) == instants
    fire(world, "2027-06-23 09:00")
    assert len(told(world, f"contract_ending:{number}:60")) == 4
    assert len(told(world, f"contract_ending:{number}:7")) == 2
    assert told(world, f"contract_ending:{number}:30:2026-12-31") == []


def test_a_reminder_written_before_ends_could_move_is_told(world: World) -> None:
    number = signed(world)
    with world.desk.database.writing() as session:
        session.execute(update(Timer).where(Timer.kind == "contract_end").values(data={"days": 60}))
    fire(world, "2026-10-30 09:00")
    assert sorted(told(world, f"contract_ending:{number}:60")) == ["marc", "sonia"]


def test_one_typed_too_long_is_shortened_and_makes_way_for_the_right_one(world: World) -> None:
    """Today at the earliest; who pays for what was deposited until then stays as it was decided."""
    number, tomorrow = signed(world), "2026-11-03 10:00"
    before = a_ticket(world, "2026-11-02 09:30", who="sonia")
    world.do("marc", "2026-11-02 10:00", move_contract_end, number, last_day="2026-11-02", reason="Faute de frappe.")
    assert due(world, "contract_end", number) == []
    after = a_ticket(world, tomorrow, who="sonia")
    kept, left = ticket(world, before), ticket(world, after)
    assert (kept.level, kept.state, left.state) == ("maintenance", "assigned", "new")
    world.do("marc", tomorrow, sign_contract, world.companies["solo"], first_day="2026-11-03")
    assert ticket(world, a_ticket(world, tomorrow, who="sonia")).state == "assigned"


def test_one_that_has_not_begun_is_cancelled_and_its_days_are_free(world: World) -> None:
    number = signed(world, date(2027, 1, 1), date(2027, 12, 31))
    world.do("marc", SIGNED, cancel_contract, number, reason="Signé pour une autre société.")
    assert sorted(told(world, f"contract_changed:{number}")) == ["marc", "sonia"]
    assert due(world, "contract_end", number) == []
    signed(world, date(2027, 6, 1), date(2027, 12, 31))
    begun = signed(world)
    met = refused(world, AlreadyDone, "marc", SIGNED, cancel_contract, begun, reason="x")
    assert "ce contrat a commencé le 1er juin 2026, changez plutôt son dernier jour" in met.sentence()


@pytest.mark.parametrize(
    ("last", "reason", "error"),
    [
        ("2026-11-01", "Avenant.", UnfitInstant),
        ("2026-12-31", "Avenant.", AlreadyDone),
        ("2027-01-01", "Avenant.", UnderContract),
        ("2027-06-30", " ", Missing),
        ("", "Avenant.", Missing),
        ("2526-12-31", "Avenant.", UnfitInstant),
    ],
)
def test_what_no_end_can_be_is_refused(world: World, last: str, reason: str, error: type[Missing]) -> None:
    """On 2 November 2026; another follows from 1 January."""
    number = signed(world)
    signed(world, date(2027, 1, 1), date(2027, 12, 31))
    at = "2026-11-02 10:00"
    met = refused(world, error, "marc", at, move_contract_end, number, last_day=last, reason=reason)
    assert met.field == ("reason" if reason == " " else "last_day")


def test_one_that_is_over_stays_and_only_a_manager_changes_any(world: World) -> None:
    number = signed(world)
    given = {"last_day": "2027-06-30", "reason": "Avenant."}
    refused(world, AlreadyDone, "marc", "2027-01-04 10:00", move_contract_end, number, **given)
    refused(world, NotFound, "marc", SIGNED, move_contract_end, 999, **given)
    refused(world, NotFound, "marc", SIGNED, cancel_contract, 999, reason="x")
    for who in ("diane", "clara", "sonia", "paul"):
        refused(world, Forbidden, who, SIGNED, move_contract_end, number, **given)
        refused(world, Forbidden, who, SIGNED, cancel_contract, number, reason="x")
