"""A forfait asked for in one click: one at a time, told to those who steer, answered by a sale or a reason."""

from sqlalchemy import select

from sla.desk.deactivate import deactivate
from sla.desk.hours import buy_hours, correct_hours
from sla.desk.hours_card import own_hours
from sla.desk.requested_hours import ask_hours, decline_hours, requested_hours, withdraw_hours
from sla.errors import AlreadyDone, Forbidden, Missing, NotFound, NotOnSale
from sla.store.tables import HoursRequest, Message
from tests.desk.kept import USAGE, a_ticket, balance, fire, refused, told
from tests.worlds import World

AT = "2026-06-01 10:00"


def asked(world: World, who: str = "agnes", hours: int = 20) -> int:
    return int(world.do(who, AT, ask_hours, hours=hours).id)


def kept(world: World, number: int) -> HoursRequest:
    with world.desk.database.reading() as session:
        return session.get_one(HoursRequest, number)


def pending(world: World, who: str = "diane") -> list[tuple[str, int]]:
    return [(company.name, request.hours) for request, company in world.see(who, AT, requested_hours)]


def test_it_is_told_to_the_manager_and_the_dispatcher_and_shown_on_both_sides(world: World) -> None:
    number = asked(world)
    assert told(world, f"hours_asked:{number}") == ["diane", "marc"]
    assert pending(world) == pending(world, "marc") == [("Acme", 20)]
    for who in ("agnes", "alain", "julie"):
        request = world.see(who, AT, own_hours).asked
        assert (request.hours, request.author) == (20, "Agnes")


def test_a_sale_answers_it_whatever_the_pack(world: World) -> None:
    number = asked(world)
    new = world.do("marc", "2026-06-01 11:00", buy_hours, world.companies["acme"], hours=50)
    answered = kept(world, number)
    assert (answered.state, answered.forfait_id, balance(world, new.id)) == ("sold", new.id, 200)
    assert pending(world) == []
    assert asked(world) != number


def test_the_manager_says_why_not(world: World) -> None:
    number = asked(world)
    world.do("marc", AT, decline_hours, number, reason="Contrat à renouveler d’abord")
    assert (kept(world, number).state, pending(world)) == ("declined", [])
    assert told(world, f"hours_declined:{number}") == ["alain", "agnes"]
    refused(world, AlreadyDone, "marc", AT, decline_hours, number, reason="x")


def test_the_client_takes_it_back(world: World) -> None:
    number = asked(world)
    world.do("alain", AT, withdraw_hours, number)
    assert (kept(world, number).state, pending(world)) == ("withdrawn", [])


def test_who_waits_for_hours_is_told_what_becomes_of_the_request(world: World) -> None:
    """Acme has none left: julie's two tickets wait, and one of alain's, who is told as an approver already. Each hears
    once."""
    world.do("marc", AT, correct_hours, world.forfait, quarters=-40, reason="Reprise")
    for who in ("julie", "julie", "alain"):
        a_ticket(world, AT, who=who, item=USAGE)
    asked = world.do("agnes", "2026-06-01 10:00", ask_hours, hours=20)
    assert told(world, "hours_news:asked") == ["julie", "alain"]
    world.do("agnes", "2026-06-01 10:05", withdraw_hours, asked.id)
    assert told(world, "hours_news:withdrawn") == ["julie", "alain"]
    asked = world.do("alain", "2026-06-01 10:10", ask_hours, hours=50)
    world.do("marc", "2026-06-01 11:00", decline_hours, asked.id, reason="Impayés")
    assert told(world, "hours_news:declined") == ["julie"]
    world.do("marc", "2026-06-01 14:00", buy_hours, world.companies["acme"], hours=10)
    assert told(world, "hours_news:come") == ["julie"]


def test_for_a_requester_who_has_left_whoever_follows_the_account_is_told(world: World) -> None:
    """Julie left a ticket that waits, agnes has one too: she reads of both at once when alain, an approver, asks."""
    world.do("marc", AT, correct_hours, world.forfait, quarters=-40, reason="Reprise")
    for who in ("julie", "agnes"):
        a_ticket(world, AT, who=who, item=USAGE)
    world.do("marc", AT, deactivate, world.julie.id)
    world.do("alain", "2026-06-01 10:00", ask_hours, hours=20)
    assert told(world, "hours_news:asked") == ["agnes"]
    with world.desk.database.reading() as session:
        body = session.scalars(select(Message.body).where(Message.kind == "hours_news")).one()
    assert "De même pour : nº 2." in body.replace("\u00a0", " ")


def test_until_it_is_answered_support_is_reminded_every_two_working_days(world: World) -> None:
    """Asked on Monday at 10:00: on Wednesday and Friday at 10:00; sold on Friday, never again."""
    number = asked(world)
    world.do("bruno", AT, ask_hours, hours=10)
    for at, times in (("2026-06-03 09:59", 0), ("2026-06-03 10:00", 1), ("2026-06-05 10:00", 2)):
        fire(world, at)
        assert told(world, f"hours_asked:{number}:still:") == ["diane", "marc"] * times
    world.do("marc", "2026-06-05 11:00", buy_hours, world.companies["acme"], hours=20)
    fire(world, "2026-06-30 17:00")
    assert told(world, f"hours_asked:{number}:still:") == ["diane", "marc"] * 2
    assert len(told(world, "hours_asked:2:still:")) > 4


def test_refusals(world: World) -> None:
    for wrong in (0, 15, "10", True, None, 10.0):
        refused(world, NotOnSale, "agnes", AT, ask_hours, hours=wrong)
    refused(world, Forbidden, "julie", AT, ask_hours, hours=10)
    number = asked(world)
    refused(world, AlreadyDone, "alain", AT, ask_hours, hours=10)
    refused(world, NotFound, "bruno", AT, withdraw_hours, number)
    refused(world, Forbidden, "julie", AT, withdraw_hours, number)
    refused(world, Missing, "marc", AT, decline_hours, number, reason=" ")
    refused(world, NotFound, "marc", AT, decline_hours, 999, reason="x")
    assert asked(world, "bruno", 10) != number  # another company's is another matter
