"""Estimates: on request, before the work; the client decides on the portal; beyond four hours it is deployment's."""

from sla.desk.answer import answer
from sla.desk.comment import comment
from sla.desk.estimate_decision import accept_estimate, decline_estimate, question_estimate
from sla.desk.estimates import ask_estimate, offer_estimate
from sla.desk.resolve import resolve
from sla.desk.wait import wait_for_client
from sla.errors import AlreadyDone, AskApprover, BadDuration, Forbidden, IllegalMove, Missing, NotFound
from tests.desk.kept import (
    LIGHT,
    NETWORK,
    USAGE,
    a_ticket,
    clock,
    due,
    events,
    fire,
    in_hand,
    kinds,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris

AT = "2026-06-01 10:00"


def offered(world: World, minutes: int | str | None = "1h45") -> int:
    number = in_hand(world, item=USAGE)
    world.do("clara", AT, offer_estimate, number, perimeter="Reprise des gammes", minutes=minutes)
    return number


def test_it_is_asked_for(world: World) -> None:
    number = in_hand(world, item=USAGE)
    world.do("julie", AT, ask_estimate, number, text="Combien de temps ?")
    assert told(world, f"estimate_asked:{number}") == ["clara.fontaine"]


def test_offered_the_ticket_waits_for_those_who_approve(world: World) -> None:
    number = offered(world)
    kept = ticket(world, number)
    assert (kept.state, kept.waiting_for) == ("waiting_client", "estimate")
    assert clock(world, number, "resolution").mark == "paused"
    assert told(world, "estimate:1") == ["alain", "agnes"]
    assert due(world, "estimate_reminder", 1) == [paris("2026-06-03 10:00")]
    fire(world, "2026-06-03 10:00")
    assert told(world, "estimate_reminder:1") == ["alain", "agnes"]


def test_what_is_resolved_meanwhile_is_not_reminded(world: World) -> None:
    number = offered(world)
    world.do("clara", "2026-06-01 11:00", resolve, number, text="Fait sans attendre.")
    fire(world, "2026-06-03 10:00")
    assert told(world, "estimate_reminder:1") == []


def test_the_requester_is_told_what_its_approver_decided(world: World) -> None:
    """Not who decides on its own ticket, nor of a question back."""
    number = offered(world)
    world.do("alain", AT, question_estimate, number, text="Et la reprise ?")
    world.do("alain", "2026-06-01 11:00", decline_estimate, number, text="Trop cher.")
    assert told(world, "estimate_answered") == ["julie"]
    own = a_ticket(world, who="alain", item=USAGE)
    world.do("clara", AT, offer_estimate, own, perimeter="Un état", minutes=60)
    world.do("alain", "2026-06-01 11:00", accept_estimate, own)
    assert told(world, "estimate_answered") == ["julie"]


def test_accepted_the_work_begins(world: World) -> None:
    number = offered(world)
    made = world.do("alain", "2026-06-02 09:00", accept_estimate, number, text="Allez-y.")
    assert (made.state, ticket(world, number).state) == ("accepted", "in_progress")
    assert kinds(world, number)[-2:] == ["estimate_accepted", "resumed"]
    assert due(world, "estimate_reminder", made.id) == []


def test_declined_support_decides_what_follows(world: World) -> None:
    number = offered(world)
    made = world.do("agnes", "2026-06-02 09:00", decline_estimate, number)
    assert (made.state, ticket(world, number).state) == ("declined", "in_progress")


def test_a_question_owes_an_answer_and_the_offer_stands(world: World) -> None:
    number = offered(world)
    world.do("alain", "2026-06-02 09:00", question_estimate, number, text="Avec les nomenclatures ?")
    assert ticket(world, number).state == "in_progress"
    assert kinds(world, number)[-2:] == ["estimate_questioned", "resumed"]
    assert clock(world, number, "next_response").due_at == paris("2026-06-02 14:00")
    assert world.do("alain", "2026-06-02 10:00", accept_estimate, number).state == "accepted"


def test_a_message_is_no_approval(world: World) -> None:
    number = offered(world)
    world.do("alain", "2026-06-02 09:00", comment, number, text="Nous regardons.")
    assert (ticket(world, number).state, ticket(world, number).waiting_for) == ("waiting_client", "estimate")
    assert clock(world, number, "next_response").due_at == paris("2026-06-02 14:00")
    assert world.do("alain", "2026-06-02 10:00", accept_estimate, number).state == "accepted"


def test_perimeter_not_defined_is_an_answer_too(world: World) -> None:
    number = offered(world, minutes=None)
    assert ticket(world, number).state == "in_progress"
    assert told(world, "estimate:1") == ["julie"]
    refused(world, AlreadyDone, "alain", AT, accept_estimate, number)


def test_a_new_offer_replaces_the_last(world: World) -> None:
    number = offered(world)
    world.do("clara", "2026-06-01 11:00", offer_estimate, number, perimeter="Gammes seules", minutes=60)
    assert due(world, "estimate_reminder", 1) == []
    made = world.do("alain", "2026-06-02 09:00", accept_estimate, number)
    assert (made.minutes, ticket(world, number).state) == (60, "in_progress")


def test_an_offer_withdrawn_for_no_figure_leaves_nobody_waiting(world: World) -> None:
    number = offered(world)
    world.do("clara", "2026-06-01 11:00", offer_estimate, number, perimeter="À préciser", minutes=None)
    assert (ticket(world, number).state, ticket(world, number).waiting_for) == ("in_progress", None)
    assert clock(world, number, "resolution").mark == "running"


def test_a_decision_ends_the_wait_for_a_reply_too(world: World) -> None:
    number = offered(world)
    world.do("alain", "2026-06-02 09:00", question_estimate, number, text="Avec les nomenclatures ?")
    world.do("clara", "2026-06-02 09:30", wait_for_client, number, text="Oui. Cela vous va ?")
    assert ticket(world, number).state == "waiting_client"
    world.do("alain", "2026-06-02 10:00", accept_estimate, number)
    assert ticket(world, number).state == "in_progress"


def test_its_question_answered_the_client_decides_again(world: World) -> None:
    """The clock stands while it does; an answer to nothing changes nothing."""
    number = offered(world)
    world.do("alain", "2026-06-02 09:00", question_estimate, number, text="Avec les nomenclatures ?")
    world.do("clara", "2026-06-02 09:30", answer, number, text="Oui.")
    assert (ticket(world, number).state, ticket(world, number).waiting_for) == ("waiting_client", "estimate")
    assert clock(world, number, "resolution").mark == "paused"
    world.do("alain", "2026-06-02 10:00", accept_estimate, number)
    world.do("clara", "2026-06-02 10:30", answer, number, text="Je commence.")
    assert ticket(world, number).state == "in_progress"


def test_exactly_four_hours_can_be_approved(world: World) -> None:
    assert ticket(world, offered(world, minutes="4h")).state == "waiting_client"
    assert due(world, "escalation", 1) == []


def test_four_hours_and_a_quarter_go_to_deployment_by_themselves(world: World) -> None:
    number = offered(world, minutes="4h15")
    assert events(world, number)[-1].data["over_limit"] is True
    fire(world, AT)
    assert ticket(world, number).state == "to_deployment"
    assert told(world, "estimate:1") == []


def test_exactly_four_hours_go_where_the_line_says_less(world: World) -> None:
    number = a_ticket(world, item=LIGHT)
    world.do("sandrine", AT, offer_estimate, number, perimeter="Numérotation", minutes=240)
    fire(world, AT)
    assert ticket(world, number).state == "to_deployment"


def test_an_included_error_may_be_estimated_at_any_length(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, offer_estimate, number, perimeter="Correction", minutes="8h")
    fire(world, AT)
    assert ticket(world, number).state == "waiting_client"


def test_an_offer_is_valid_for_five_working_days(world: World) -> None:
    number = offered(world)
    refused(world, AlreadyDone, "alain", "2026-06-08 10:00:01", accept_estimate, number)
    assert world.do("alain", "2026-06-08 10:00", accept_estimate, number).state == "accepted"


def test_refusals(world: World) -> None:
    number = offered(world)
    told_whom = refused(world, AskApprover, "julie", AT, accept_estimate, number)  # a requester does not approve
    assert "demandez-la à Alain ou Agnes." in told_whom.sentence("fr")
    assert "ask Alain or Agnes for it" in told_whom.sentence("en")
    refused(world, Forbidden, "clara", AT, accept_estimate, number)
    refused(world, Forbidden, "julie", AT, offer_estimate, number, perimeter="x", minutes=5)
    refused(world, NotFound, "bruno", AT, accept_estimate, number)
    refused(world, Missing, "alain", AT, question_estimate, number, text="")
    refused(world, Missing, "clara", AT, offer_estimate, number, perimeter=" ", minutes=60)
    refused(world, BadDuration, "clara", AT, offer_estimate, number, perimeter="x", minutes="longtemps")
    world.do("alain", AT, accept_estimate, number)
    refused(world, AlreadyDone, "alain", AT, decline_estimate, number)
    excluded = a_ticket(world, item=NETWORK)
    refused(world, IllegalMove, "clara", AT, offer_estimate, excluded, perimeter="x", minutes=60)
    refused(world, IllegalMove, "julie", AT, ask_estimate, excluded)
