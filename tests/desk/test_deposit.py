"""`deposit`: whoever pays, nothing of a request is lost, and its clock starts at the next opening."""

import pytest

from sla.desk.actor import NOBODY, SYSTEM
from sla.desk.deposit import deposit
from sla.desk.people import sign_contract
from sla.desk.qualify import qualify
from sla.errors import Forbidden, Invalid, Missing, NotFound, SentBefore, SignInNeeded, TooLong, Unknown
from sla.store.tables import Prediction, Ticket
from tests.desk.kept import (
    CONSULTING,
    ERROR,
    LIGHT,
    NETWORK,
    USAGE,
    a_ticket,
    clock,
    count,
    due,
    events,
    kinds,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris

FACTS = {"item": ERROR, "severity": "major", "title": "Écran figé", "description": "Rien ne répond."}


def test_an_included_error_is_queued_at_once(world: World) -> None:
    """Monday 9:00: answered by 11:00, resolved by Tuesday 17:00, assigned with its reasons, acknowledged."""
    number = a_ticket(world)
    kept = ticket(world, number)
    assert (kept.state, kept.level, kept.awaiting) == ("assigned", "maintenance", True)
    assert (kept.due_clock, kept.due_at) == ("first_response", paris("2026-06-01 11:00"))
    assert clock(world, number, "resolution").due_at == paris("2026-06-02 17:00")
    assert kinds(world, number) == ["deposited", "assigned", "received"]
    assigned = events(world, number)[1]
    assert [reason["code"] for reason in assigned.data["reasons"]] == ["masters", "gets_to_it", "keeps_due"]
    assert not assigned.public
    assert told(world, f"receipt:{number}") == ["julie"]


def test_the_receipt_meets_no_promise(world: World) -> None:
    assert clock(world, a_ticket(world), "first_response").mark == "running"


def test_deposited_on_a_friday_evening_it_starts_after_the_long_weekend(world: World) -> None:
    """22 May 2026 at 18:00; the 25th is Whit Monday: due on Tuesday at 11:00, warned at 10:00, 10:30, 10:48."""
    number = a_ticket(world, "2026-05-22 18:00")
    assert ticket(world, number).due_at == paris("2026-05-26 11:00")
    first = [at for at in due(world, "sla_level", number) if at <= paris("2026-05-26 11:00")]
    assert first == [paris(f"2026-05-26 {hour}") for hour in ("10:00", "10:30", "10:48", "11:00")]


def test_tma_with_hours_left_is_queued(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    assert (ticket(world, number).state, ticket(world, number).level) == ("assigned", "tma")


def test_tma_without_hours_waits_for_the_client_who_is_told_why(world: World) -> None:
    number = a_ticket(world, who="bruno", item=USAGE)
    kept = ticket(world, number)
    assert (kept.state, kept.waiting_for, kept.technician_id) == ("waiting_client", "forfait", None)
    assert told(world, f"forfait:{number}") == ["bruno"]
    assert clock(world, number, "resolution").mark == "paused"
    assert clock(world, number, "first_response").mark == "running"
    assert clock(world, number, "resolution").spent_s == 0


def test_without_a_contract_it_is_kept_and_a_dispatcher_decides(world: World) -> None:
    number = a_ticket(world, who="sonia")
    assert (ticket(world, number).state, ticket(world, number).technician_id) == ("new", None)
    assert kinds(world, number) == ["deposited", "noted", "received"]
    assert told(world, f"no_contract:{number}") == ["diane"]


def test_the_contract_is_that_of_the_day(world: World) -> None:
    world.do("marc", "2026-06-01 09:00", sign_contract, world.companies["solo"])
    assert ticket(world, a_ticket(world, "2027-05-31 09:00", who="sonia")).state == "assigned"
    assert ticket(world, a_ticket(world, "2027-06-01 09:00", who="sonia")).state == "new"


def test_what_is_excluded_is_answered_with_the_reason_and_kept(world: World) -> None:
    number = a_ticket(world, item=NETWORK)
    assert (ticket(world, number).state, ticket(world, number).awaiting) == ("declined", False)
    assert clock(world, number, "first_response").mark == "void"
    assert events(world, number)[1].text
    assert told(world, f"receipt:{number}") == ["julie"]
    assert due(world, "sla_level", number) == []


def test_consulting_goes_to_deployment(world: World) -> None:
    number = a_ticket(world, item=CONSULTING)
    assert ticket(world, number).state == "to_deployment"
    assert told(world, f"transferred:{number}") == ["paul"]
    assert (ticket(world, number).due_clock, ticket(world, number).due_at) == ("deployment", paris("2026-06-02 17:00"))


def test_support_deposits_for_a_caller_who_is_answered_already(world: World) -> None:
    number = a_ticket(world, who="clara", requester_id=world.julie.id)
    assert ticket(world, number).requester_id == world.julie.id
    assert clock(world, number, "first_response").mark == "met"
    assert ticket(world, number).due_clock == "resolution"
    assert count(world, Prediction) == 0


def test_what_the_client_was_told_to_expect_is_kept(world: World) -> None:
    a_ticket(world)
    assert count(world, Prediction) == 1


def test_a_client_deposits_for_itself_whoever_it_names(world: World) -> None:
    assert ticket(world, a_ticket(world, requester_id=world.bruno.id)).company_id == world.companies["acme"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"title": " \n "}, Missing),
        ({"title": "x" * 201}, TooLong),
        ({"description": ""}, Missing),
        ({"item": "jardinage"}, Unknown),
        ({"severity": "urgent"}, Unknown),
        ({"severity": ""}, Missing),
        ({"title": "", "severity": "urgent"}, Invalid),
    ],
)
def test_what_is_mistyped_is_named_and_nothing_is_written(
    world: World, wrong: dict[str, str], error: type[Invalid]
) -> None:
    refusal = refused(world, error, "julie", "2026-06-01 09:00", deposit, **{**FACTS, **wrong})
    assert set(refusal.errors("fr")) == set(wrong)


def test_one_key_is_one_ticket_and_other_words_under_it_are_not_lost_in_it(world: World) -> None:
    """Sent twice, it is told again, even after support has requalified it; what was changed by then is refused, with
    the number of the first: neither swallowed nor a second ticket unasked."""
    at = "2026-06-01 09:00"
    first = world.do("julie", at, deposit, **FACTS, once="clé").id
    world.do("diane", at, qualify, first, item=USAGE, severity="minor", reason="C’est de l’usage.")
    assert world.do("julie", at, deposit, **FACTS, once="clé").id == first
    for field, other in (("title", "Écran noir"), ("description", "Tout va."), ("item", USAGE), ("severity", "minor")):
        again = refused(world, SentBefore, "julie", at, deposit, **{**FACTS, field: other}, once="clé")
        assert again.facts == {"ticket": first}
    assert count(world, Ticket) == 1


def test_a_key_that_comes_again_for_another_caller_is_not_answered_with_the_first_ones_ticket(world: World) -> None:
    at = "2026-06-01 09:00"
    first = world.do("clara", at, deposit, **FACTS, requester_id=world.julie.id, once="appel").id
    assert world.do("clara", at, deposit, **FACTS, requester_id=world.julie.id, once="appel").id == first
    again = refused(world, SentBefore, "clara", at, deposit, **FACTS, requester_id=world.bruno.id, once="appel")
    assert again.facts == {"ticket": first}


def test_a_disagreement_added_after_going_back_is_not_lost(world: World) -> None:
    """Under the same key it is held back, under another it makes its own ticket; each sent twice is sent once."""
    at, later = "2026-06-01 09:00", "2026-06-01 09:01"
    said = {**FACTS, "item": USAGE, "contest": "C’est une erreur."}
    first = world.do("julie", at, deposit, **{**said, "contest": ""}, once="une").id
    assert refused(world, SentBefore, "julie", later, deposit, **said, once="une").facts == {"ticket": first}
    second = world.do("julie", later, deposit, **said, once="deux").id
    assert kinds(world, second)[:1] == ["deposited"]
    assert "contested" in kinds(world, second)
    for key in ("deux", "trois"):
        assert world.do("julie", later, deposit, **said, once=key).id == second
    assert world.do("julie", later, deposit, **{**said, "contest": ""}, once="quatre").id == first
    assert count(world, Ticket) == 2


def test_a_severity_changed_after_going_back_makes_its_own_ticket(world: World) -> None:
    at = "2026-06-01 09:00"
    first = world.do("julie", at, deposit, **FACTS, once="une").id
    second = world.do("julie", at, deposit, **{**FACTS, "severity": "blocking"}, once="deux").id
    assert (ticket(world, first).severity, ticket(world, second).severity) == ("major", "blocking")


def test_only_contacts_and_support_deposit(world: World) -> None:
    refused(world, Forbidden, "paul", "2026-06-01 09:00", deposit, **FACTS)
    refused(world, SignInNeeded, NOBODY, "2026-06-01 09:00", deposit, **FACTS)


@pytest.mark.parametrize("requester", [None, 0, 999])
def test_a_caller_must_be_a_contact(world: World, requester: int | None) -> None:
    refused(world, NotFound, "clara", "2026-06-01 09:00", deposit, **FACTS, requester_id=requester)
    refused(world, NotFound, SYSTEM, "2026-06-01 09:00", deposit, **FACTS, requester_id=world.clara.id)


def test_a_light_change_and_an_error_have_their_own_levels(world: World) -> None:
    assert ticket(world, a_ticket(world, item=LIGHT)).level == "tma"
    assert ticket(world, a_ticket(world, item=ERROR)).level == "maintenance"
