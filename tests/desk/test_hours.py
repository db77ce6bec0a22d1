"""Prepaid hours: packs on sale, valid a year, both days included; what is left goes by an entry that says so."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.hours import Ended, OutOfBounds, Overdrawn, buy_hours, correct_hours, expire_hours
from sla.desk.qualify import qualify
from sla.desk.work import work
from sla.errors import Forbidden, Missing, NotFound, NotOnSale
from sla.store.tables import Forfait, Message
from tests.desk.kept import USAGE, a_ticket, balance, due, fire, kinds, ledger, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 10:00"


def test_a_pack_of_the_fifth_of_january_ends_on_the_fourth(world: World) -> None:
    with world.desk.database.reading() as session:
        pack = session.get_one(Forfait, world.forfait)
    assert (pack.first_day, pack.last_day, pack.balance_quarters) == (date(2026, 1, 5), date(2027, 1, 4), 40)
    assert ledger(world) == [("purchase", 40)]
    assert told(world, f"bought:{world.forfait}") == ["alain", "agnes"]


def test_its_end_is_reminded_at_the_opening_of_the_last_open_day_before(world: World) -> None:
    """60, 30 and 7 days before Monday 4 January 2027: Thursday, Saturday (so Friday), Monday."""
    reminded = [paris(f"{day} 09:00") for day in ("2026-11-05", "2026-12-04", "2026-12-28")]
    assert due(world, "expiry_reminder", world.forfait) == reminded
    fire(world, "2026-12-28 08:59")
    assert told(world, f"expiring:{world.forfait}:7:") == []
    fire(world, "2026-12-28 09:00")
    assert told(world, f"expiring:{world.forfait}:7:") == ["agnes", "marc"]


def test_what_is_left_goes_after_five_working_days_of_grace(world: World) -> None:
    """The fifth open day after 4 January is Monday the 11th; it goes at the next opening."""
    assert due(world, "expiry", world.forfait) == [paris("2027-01-12 09:00")]
    fire(world, "2027-01-12 08:59")
    assert balance(world) == 40
    fire(world, "2027-01-12 09:00")
    fire(world, "2027-01-12 09:00")
    assert (balance(world), ledger(world)) == (0, [("purchase", 40), ("expiry", -40)])
    assert told(world, f"expired:{world.forfait}") == ["agnes"]


def test_an_expired_pack_pays_nothing_more(world: World) -> None:
    number = a_ticket(world, "2027-01-04 09:00", item=USAGE)
    fire(world, "2027-01-12 09:00")
    world.do("clara", "2027-01-12 10:00", work, number, minutes=30, started_at="2027-01-04T16:00")
    assert ledger(world)[-1] == ("expiry", -40)


def test_an_empty_pack_ends_without_an_entry_or_a_reminder(world: World) -> None:
    world.do("marc", AT, correct_hours, world.forfait, quarters=-40, reason="Remboursé")
    fire(world, "2027-01-12 09:00")
    assert ledger(world) == [("purchase", 40), ("correction", -40)]
    assert told(world, "expiring") == []


def test_expiry_before_the_end_does_nothing(world: World) -> None:
    assert world.do(SYSTEM, "2027-01-04 23:00", expire_hours, world.forfait) is None
    assert balance(world) == 40


def test_a_purchase_wakes_what_waited_for_hours(world: World) -> None:
    number = a_ticket(world, who="bruno", item=USAGE)
    world.do("marc", "2026-06-03 09:00", buy_hours, world.companies["bolt"], hours=10)
    kept = ticket(world, number)
    assert (kept.state, kinds(world, number)[-2:]) == ("assigned", ["resumed", "assigned"])
    assert kept.technician_id is not None


def test_a_pack_for_later_wakes_it_on_its_first_day(world: World) -> None:
    number = a_ticket(world, who="bruno", item=USAGE)
    world.do("marc", AT, buy_hours, world.companies["bolt"], hours=10, first_day=date(2026, 7, 1))
    fire(world, "2026-06-30 23:59")
    assert ticket(world, number).state == "waiting_client"
    fire(world, "2026-07-01 00:00")
    assert ticket(world, number).state == "assigned"


@pytest.mark.parametrize(("minutes", "told_of"), [(435, []), (450, ["25"]), (540, ["10"]), (600, ["0"])])
def test_a_low_balance_is_told_once_at_the_lowest_level_passed(world: World, minutes: int, told_of: list[str]) -> None:
    number = a_ticket(world, "2026-06-01 00:00", item=USAGE)
    world.do("clara", "2026-06-01 16:00", work, number, minutes=minutes)
    fire(world, "2026-06-01 16:00")
    for share in ("25", "10", "0"):
        expected = ["agnes", "marc"] if share in told_of else []
        assert told(world, f"low:{world.forfait}:{share}:") == expected


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (None, "Les prochaines demandes de tierce maintenance applicative attendront un nouveau forfait"),
        ("2026-05-01", "Les autres forfaits en cours comptent encore 20\u00a0h\u00a000\u00a0: les prochaines demandes"),
        ("2026-06-15", "Le suivant commence le 15 juin 2026\u00a0: les prochaines demandes"),
    ],
)
def test_a_forfait_used_up_says_what_requests_to_come_draw_on(world: World, second: str | None, said: str) -> None:
    """They wait only where the company has no hour left on any other."""
    if second is not None:
        first_day = date.fromisoformat(second)
        world.do("marc", AT, buy_hours, world.companies["acme"], hours=20, first_day=first_day)
    world.do("marc", AT, correct_hours, world.forfait, quarters=-40, reason="Rendu")
    fire(world, "2026-06-01 12:00")
    with world.desk.database.reading() as session:
        body = session.scalars(select(Message.body).where(Message.key.startswith(f"low:{world.forfait}:0:"))).first()
    assert body is not None
    assert said in body
    assert ("attendront un nouveau" in body) == (second is None)


def test_a_correction_says_its_reason(world: World) -> None:
    world.do("marc", AT, correct_hours, world.forfait, quarters=-3, reason="Geste retiré")
    world.do("marc", AT, correct_hours, world.forfait, quarters=5, reason="Geste commercial")
    assert (balance(world), ledger(world)[1:]) == (42, [("correction", -3), ("correction", 5)])


def test_an_expired_pack_takes_no_correction(world: World) -> None:
    """Hours put there would serve nobody."""
    fire(world, "2027-01-12 09:00")
    refused(world, Ended, "marc", "2027-01-12 10:00", correct_hours, world.forfait, quarters=4, reason="Geste")


def test_a_pack_that_has_expired_takes_no_hours_when_the_days_of_grace_become_more(world: World) -> None:
    """What was put on it would never expire, nor be of use: its last day has gone."""
    world.do(SYSTEM, "2027-01-12 09:00", expire_hours, world.forfait)
    settings = world.desk.settings
    world.desk.settings = replace(settings, forfaits=replace(settings.forfaits, expiry_grace_days=10))
    refused(world, Ended, "marc", "2027-01-12 10:00", correct_hours, world.forfait, quarters=4, reason="Geste")


def test_refusals(world: World) -> None:
    acme = world.companies["acme"]
    for wrong in (0, 15, -10, "10", 10.0, True, None):
        refused(world, NotOnSale, "marc", AT, buy_hours, acme, hours=wrong)
    refused(world, NotFound, "marc", AT, buy_hours, 999, hours=10)
    for who in ("diane", "clara", "agnes", "paul"):
        refused(world, Forbidden, who, AT, buy_hours, acme, hours=10)
    refused(world, Overdrawn, "marc", AT, correct_hours, world.forfait, quarters=-41, reason="x")
    refused(world, OutOfBounds, "marc", AT, correct_hours, world.forfait, quarters=0, reason="x")
    refused(world, Missing, "marc", AT, correct_hours, world.forfait, quarters=1, reason="")
    refused(world, NotFound, "marc", AT, correct_hours, 999, quarters=1, reason="x")
    refused(world, Forbidden, "diane", AT, correct_hours, world.forfait, quarters=1, reason="x")
    refused(world, Forbidden, "marc", AT, expire_hours, world.forfait)


def _used_up_by(world: World) -> int:
    """A ticket whose ten hours of work leave nothing; another that waits for hours."""
    spent = a_ticket(world, item=USAGE)
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        world.do("clara", f"{day} 17:00", work, spent, minutes=200, started_at=paris(f"{day} 09:00"))
    assert balance(world) == 0
    return spent


def test_hours_that_come_back_wake_what_waited_for_them(world: World) -> None:
    spent = _used_up_by(world)
    waiting = a_ticket(world, "2026-06-04 09:00", item=USAGE)
    assert ticket(world, waiting).waiting_for == "forfait"
    world.do("diane", "2026-06-04 10:00", qualify, spent, item="erreurs", reason="Un défaut du logiciel.")
    fire(world, "2026-06-04 10:00")
    assert balance(world) == 40  # two more quarter-hours were owed, and are forgiven
    assert ticket(world, waiting).state == "assigned"


def test_a_correction_wakes_them_too(world: World) -> None:
    _used_up_by(world)
    waiting = a_ticket(world, "2026-06-04 09:00", item=USAGE)
    world.do("marc", "2026-06-04 10:00", correct_hours, world.forfait, quarters=8, reason="Geste commercial")
    fire(world, "2026-06-04 10:00")
    assert ticket(world, waiting).state == "assigned"


def test_a_low_balance_that_is_none_any_more_is_not_told_and_the_next_one_is(world: World) -> None:
    """Typed after closing, put right before the opening: nothing to tell. What crosses 25 % the day after is told."""
    number = a_ticket(world, item=USAGE)
    at = paris("2026-06-01 09:00")
    world.do("clara", "2026-06-01 19:00", work, number, minutes=239, started_at=at)
    world.do("clara", "2026-06-01 19:05", work, number, minutes=221, started_at=paris("2026-06-01 13:00"))
    world.do("diane", "2026-06-01 19:10", qualify, number, item="erreurs", reason="Un défaut du logiciel.")
    fire(world, "2026-06-02 09:00")
    assert told(world, f"low:{world.forfait}:") == []
    world.do("diane", "2026-06-02 10:00", qualify, number, item=USAGE, reason="De l’usage, finalement.")
    fire(world, "2026-06-02 10:00")
    assert told(world, f"low:{world.forfait}:25:") == ["agnes", "marc"]


def test_a_correction_down_to_nothing_is_told(world: World) -> None:
    world.do("marc", AT, correct_hours, world.forfait, quarters=-40, reason="Repris")
    fire(world, AT)
    assert told(world, f"low:{world.forfait}:0:") == ["agnes", "marc"]
