"""`contest`, `uphold`: a client may disagree with who pays, and is answered; what was consumed is then put right."""

from sla.desk.contest import contest, uphold
from sla.desk.deposit import deposit
from sla.desk.escalate import decline
from sla.desk.qualify import qualify
from sla.desk.resolve import resolve
from sla.desk.work import work
from sla.errors import AlreadyDone, Forbidden, IllegalMove, Missing, NotFound
from tests.desk.kept import (
    CONSULTING,
    ERROR,
    NETWORK,
    USAGE,
    a_ticket,
    balance,
    clock,
    events,
    fire,
    in_hand,
    kinds,
    ledger,
    refused,
    ticket,
    told,
)
from tests.worlds import World, paris

AT, LATER = "2026-06-01 10:00", "2026-06-01 11:00"
WHY = "C’est une erreur du logiciel, pas une question d’usage."


def test_a_disagreement_is_told_to_the_dispatchers_and_moves_no_clock(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    before = clock(world, number, "first_response").due_at
    world.do("julie", AT, contest, number, reason=WHY)
    assert ticket(world, number).contested
    assert (kinds(world, number)[-1], events(world, number)[-1].text) == ("contested", WHY)
    assert told(world, f"contested:{number}") == ["diane"]
    assert clock(world, number, "first_response").due_at == before
    assert ticket(world, number).state == "assigned"


def test_it_may_be_said_with_the_deposit(world: World) -> None:
    typed = {"item": NETWORK, "severity": "major", "title": "Réseau", "description": "PMI ne démarre plus."}
    made = world.do("julie", AT, deposit, **typed, contest="  PMI seul est touché.  ")
    kept = ticket(world, made.id)
    assert (kept.state, kept.contested, kept.awaiting) == ("declined", True, True)
    assert kinds(world, made.id) == ["deposited", "declined", "received", "contested"]
    assert events(world, made.id)[-1].text == "PMI seul est touché."


def test_upheld_it_stays_and_the_client_reads_why(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    world.do("julie", AT, contest, number, reason=WHY)
    world.do("diane", LATER, uphold, number, reason="Le réglage est décrit page 12.")
    assert not ticket(world, number).contested
    assert ticket(world, number).level == "tma"
    assert events(world, number)[-1].text == "Le réglage est décrit page 12."
    assert told(world, f"upheld:{number}") == ["julie"]


def test_requalified_what_was_consumed_comes_back_as_a_movement(world: World) -> None:
    """1 h 35 cost seven quarters; both movements stay on the ledger, and the ticket is closed all the while."""
    number = in_hand(world, item=USAGE)
    world.do("clara", LATER, work, number, minutes=95, started_at=paris("2026-06-01 09:25"))
    world.do("clara", LATER, resolve, number, text="Fait.")
    world.do("julie", "2026-06-01 14:00", contest, number, reason=WHY)
    world.do("diane", "2026-06-01 15:00", qualify, number, item=ERROR, reason="En effet, un défaut connu.")
    assert ledger(world) == [("purchase", 40), ("consumption", -7), ("correction", 7)]
    assert balance(world) == 40
    assert (ticket(world, number).state, ticket(world, number).contested) == ("resolved", False)


def test_a_severity_said_anew_answers_nothing(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    world.do("julie", AT, contest, number, reason=WHY)
    world.do("diane", LATER, qualify, number, severity="minor", reason="Rien ne presse.")
    assert ticket(world, number).contested


def test_what_was_not_treated_is_after_all(world: World) -> None:
    """A new cycle with its full targets: an error, major, is answered within two hours from now."""
    number = a_ticket(world, item=NETWORK)
    world.do("julie", AT, contest, number, reason="Le réseau va bien.")
    world.do("diane", LATER, qualify, number, item=ERROR, reason="C’est le logiciel.")
    kept = ticket(world, number)
    assert (kept.state, kept.level, kept.contested) == ("assigned", "maintenance", False)
    assert clock(world, number, "first_response").due_at == paris("2026-06-01 14:00")


def test_what_was_handed_to_deployment_comes_back(world: World) -> None:
    number = a_ticket(world, item=CONSULTING)
    world.do("julie", AT, contest, number, reason="Un simple réglage.")
    world.do("diane", LATER, qualify, number, item=USAGE, reason="Une heure tout au plus.")
    assert (ticket(world, number).state, ticket(world, number).level) == ("assigned", "tma")
    assert clock(world, number, "deployment").mark == "void"


def test_without_hours_what_is_taken_back_waits_for_them(world: World) -> None:
    """And who can buy some is told."""
    number = a_ticket(world, who="bruno", item=NETWORK)
    world.do("diane", LATER, qualify, number, item=USAGE, reason="C’est de l’usage.")
    assert (ticket(world, number).state, ticket(world, number).waiting_for) == ("waiting_client", "forfait")
    assert told(world, f"forfait:{number}") == ["bruno"]


def test_what_has_outgrown_the_four_hours_is_handed_on_when_it_is_taken_back(world: World) -> None:
    """4 h 15 of work on an error that was declined: TMA after all, it is deployment's."""
    number = in_hand(world)
    world.do("clara", "2026-06-01 17:00", work, number, minutes=255, started_at=paris("2026-06-01 09:00"))
    world.do("diane", "2026-06-02 09:00", decline, number, reason="Hors contrat.")
    world.do("diane", "2026-06-02 10:00", qualify, number, item=USAGE, reason="C’est de l’usage.")
    fire(world, "2026-06-02 10:00")
    assert ticket(world, number).state == "to_deployment"
    assert ledger(world)[-1] == ("consumption", -17)


def test_still_excluded_it_stays_where_it_ended(world: World) -> None:
    number = a_ticket(world, item=NETWORK)
    world.do("diane", LATER, qualify, number, item="informatique_materiel", reason="L’imprimante est cassée.")
    assert ticket(world, number).state == "declined"


def test_after_a_working_day_without_a_decision_the_managers_are_told(world: World) -> None:
    number = a_ticket(world, "2026-05-29 16:30", item=USAGE)
    world.do("julie", "2026-05-29 16:45", contest, number, reason=WHY)
    fire(world, "2026-06-01 16:44")
    assert told(world, f"contested:{number}") == ["diane"]
    fire(world, "2026-06-01 16:45")
    assert told(world, f"contested:{number}") == ["diane", "diane", "marc"]


def test_once_decided_nobody_is_reminded(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    world.do("julie", AT, contest, number, reason=WHY)
    world.do("diane", LATER, uphold, number, reason="Non.")
    fire(world, "2026-06-03 10:00")
    assert told(world, f"contested:{number}") == ["diane"]


def test_refusals(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    refused(world, Missing, "julie", AT, contest, number, reason=" ")
    refused(world, Forbidden, "clara", AT, contest, number, reason="x")
    refused(world, NotFound, "bruno", AT, contest, number, reason="x")
    refused(world, AlreadyDone, "diane", AT, uphold, number, reason="x")
    world.do("julie", AT, contest, number, reason=WHY)
    refused(world, AlreadyDone, "julie", AT, contest, number, reason="Encore")
    refused(world, Forbidden, "clara", AT, uphold, number, reason="x")
    refused(world, Forbidden, "julie", AT, uphold, number, reason="x")
    refused(world, Missing, "diane", AT, uphold, number, reason="")
    excluded = a_ticket(world, item=NETWORK)
    refused(world, IllegalMove, "diane", AT, qualify, excluded, reason="x", item=ERROR, severity="minor")
