"""`comment`: a client's message owes an answer, and ends a wait for the client."""

from sla.desk.comment import comment
from sla.desk.hours import buy_hours
from sla.desk.wait import wait_for_client
from sla.errors import Forbidden, Missing, NotFound
from tests.desk.kept import USAGE, a_ticket, clock, events, in_hand, kinds, refused, ticket, told
from tests.worlds import World, paris


def test_a_message_owes_an_answer(world: World) -> None:
    number = in_hand(world)
    world.do("julie", "2026-06-01 10:00", comment, number, text="  Toujours figé.\r\n")
    assert events(world, number)[-1].text == "Toujours figé."
    assert clock(world, number, "next_response").due_at == paris("2026-06-01 15:00")
    assert told(world, f"comment:{number}") == ["clara.fontaine"]


def test_a_reply_ends_the_wait(world: World) -> None:
    number = in_hand(world)
    world.do("clara", "2026-06-01 10:00", wait_for_client, number, text="Quelle version ?")
    world.do("julie", "2026-06-03 09:00", comment, number, text="La 12.")
    assert ticket(world, number).state == "in_progress"
    assert clock(world, number, "resolution").due_at == paris("2026-06-04 16:00")  # 13 h were left


def test_a_message_buys_no_hours(world: World) -> None:
    """It waits on for the forfait, nothing is lost, and nobody works unpaid."""
    number = a_ticket(world, who="bruno", item=USAGE)
    world.do("bruno", "2026-06-02 09:00", comment, number, text="Nous allons commander.")
    kept = ticket(world, number)
    assert (kept.state, kept.waiting_for) == ("waiting_client", "forfait")
    assert clock(world, number, "resolution").spent_s == 0
    world.do("marc", "2026-06-03 09:00", buy_hours, world.companies["bolt"], hours=10)
    assert ticket(world, number).state == "assigned"
    assert ticket(world, number).technician_id is not None


def test_on_a_ticket_without_technician_the_dispatcher_is_told(world: World) -> None:
    number = a_ticket(world, who="sonia")
    world.do("sonia", "2026-06-01 10:00", comment, number, text="Alors ?")
    assert told(world, f"comment:{number}") == ["diane"]


def test_refusals(world: World) -> None:
    number = in_hand(world)
    at = "2026-06-01 10:00"
    refused(world, NotFound, "bruno", at, comment, number, text="Bonjour")
    refused(world, NotFound, "julie", at, comment, 999, text="Bonjour")
    refused(world, Missing, "julie", at, comment, number, text=" \u200b ")
    refused(world, Forbidden, "clara", at, comment, number, text="Bonjour")
    refused(world, Forbidden, "paul", at, comment, number, text="Bonjour")


def test_a_requester_writes_on_its_own_tickets_an_account_on_all_of_its_company(world: World) -> None:
    number = in_hand(world, who="clara")
    world.do("agnes", "2026-06-01 10:00", comment, number, text="Je suis le dossier.")
    others = a_ticket(world, who="agnes")
    refused(world, NotFound, "julie", "2026-06-01 10:00", comment, others, text="Et moi ?")
    assert kinds(world, number)[-1] == "commented"
