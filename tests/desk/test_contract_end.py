"""The end of a contract, told ahead of it on the same days as a forfait's, unless another takes over."""

from datetime import date

from sla.desk.hours_card import own_hours
from sla.desk.people import sign_contract
from tests.desk.kept import due, fire, told
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
