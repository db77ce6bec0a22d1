"""`qualify`, `set_condition`: what a ticket is, said again with a reason; who pays and the clocks follow."""

import pytest

from sla.desk.hours import buy_hours
from sla.desk.qualify import qualify, set_condition
from sla.desk.resolve import resolve
from sla.desk.work import work
from sla.errors import AlreadyDone, Forbidden, IllegalMove, Invalid, Missing, NotFound, Unknown
from tests.desk.kept import (
    CONSULTING,
    ERROR,
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


def test_a_graver_severity_brings_its_targets_from_the_deposit(world: World) -> None:
    number = a_ticket(world, "2026-06-01 09:30")
    world.do("diane", AT, qualify, number, reason="Tout le site est arrêté", severity="blocking")
    assert ticket(world, number).due_at == paris("2026-06-01 10:30")
    assert clock(world, number, "workaround").due_at == paris("2026-06-01 14:30")
    assert clock(world, number, "resolution").due_at == paris("2026-06-02 10:30")
    assert events(world, number)[-1].data == {"before": {"severity": "major"}, "severity": "blocking"}
    assert told(world, f"requalified:{number}") == ["julie"]
    # Half of the hour is used up exactly then and told; 75 % and 90 % of it are still to come.
    levels = [paris(f"2026-06-01 {at}") for at in ("10:00", "10:15", "10:24", "10:30")]
    assert due(world, "sla_level", number)[:4] == levels


@pytest.mark.parametrize(
    ("at", "levels", "who"), [("09:50", ["09:54"], ["clara.fontaine"]), ("09:56", [], ["clara.fontaine", "diane"])]
)
def test_of_the_levels_that_a_graver_severity_has_passed_the_highest_alone_is_told(
    world: World, at: str, levels: list[str], who: list[str]
) -> None:
    """Of the hour since 9:00 a half passed at 9:30, three quarters at 9:45, nine tenths at 9:54: one mail each."""
    number = a_ticket(world)
    world.do("diane", f"2026-06-01 {at}", qualify, number, reason="Grave", severity="blocking")
    written = [each for each in due(world, "sla_level", number) if each <= paris(AT)]
    assert written == [paris(f"2026-06-01 {each}") for each in (at, *levels, "10:00")]
    fire(world, f"2026-06-01 {at}")
    assert told(world, f"sla_level:{number}:first_response") == who


def test_an_instant_miss_is_told_at_once_and_says_its_cause(world: World) -> None:
    number = a_ticket(world)
    world.do("diane", "2026-06-01 10:30", qualify, number, reason="Grave", severity="blocking")
    kept = clock(world, number, "first_response")
    assert (kept.overdue_at, kept.cause) == (paris(AT), "changed")
    assert due(world, "sla_level", number)[0] == paris("2026-06-01 10:30")


def test_a_line_brings_its_own_coverage(world: World) -> None:
    number = a_ticket(world)
    world.do("diane", AT, qualify, number, reason="C’est de l’usage", item=USAGE)
    assert (ticket(world, number).item, ticket(world, number).level) == (USAGE, "tma")


def test_a_coverage_alone_keeps_the_line(world: World) -> None:
    number = a_ticket(world, item=USAGE)
    world.do("diane", AT, qualify, number, reason="Notre erreur", level="maintenance")
    assert (ticket(world, number).item, ticket(world, number).level) == (USAGE, "maintenance")


def test_a_coverage_alone_binds_like_a_line_of_it(world: World) -> None:
    """Without a forfait it waits; with one, beyond four hours of work it is deployment's, however included the line."""
    waiting = a_ticket(world, who="bruno")
    world.do("diane", AT, qualify, waiting, reason="Un usage", level="tma")
    assert (ticket(world, waiting).state, ticket(world, waiting).waiting_for) == ("waiting_client", "forfait")
    assert told(world, f"forfait:{waiting}") == ["bruno"]
    number = in_hand(world)
    world.do("diane", AT, qualify, number, reason="Un usage", level="tma")
    world.do("clara", "2026-06-01 16:59", work, number, minutes=240, started_at=paris("2026-06-01 09:30"))
    fire(world, "2026-06-01 17:00")
    assert ticket(world, number).state == "in_progress"
    world.do("clara", "2026-06-02 09:01", work, number, minutes=1, started_at=paris("2026-06-02 09:00"))
    fire(world, "2026-06-02 09:01")
    assert ticket(world, number).state == "to_deployment"


def test_without_hours_it_waits_for_the_client(world: World) -> None:
    number = a_ticket(world, who="bruno")
    world.do("diane", AT, qualify, number, reason="C’est de l’usage", item=USAGE)
    assert (ticket(world, number).state, ticket(world, number).waiting_for) == ("waiting_client", "forfait")
    world.do("marc", "2026-06-02 09:00", buy_hours, world.companies["bolt"], hours=10)
    assert ticket(world, number).state == "assigned"


def test_what_waited_for_hours_goes_on_when_none_are_needed(world: World) -> None:
    number = a_ticket(world, who="bruno", item=USAGE)
    world.do("diane", AT, qualify, number, reason="Une erreur du logiciel", item=ERROR)
    kept = ticket(world, number)
    assert (kept.state, kept.level) == ("assigned", "maintenance")
    assert kept.technician_id is not None


def test_a_diagnosis_that_ends_on_the_network_is_answered_with_its_reason(world: World) -> None:
    number = in_hand(world)
    world.do("diane", AT, qualify, number, reason="Câble débranché", item=NETWORK)
    assert (ticket(world, number).state, events(world, number)[-1].text) == ("declined", "Câble débranché")


def test_consulting_goes_to_deployment_not_to_the_bin(world: World) -> None:
    number = in_hand(world)
    world.do("diane", AT, qualify, number, reason="Nouveau module", item=CONSULTING)
    assert ticket(world, number).state == "to_deployment"
    assert told(world, f"transferred:{number}") == ["paul"]


def test_a_resolved_ticket_can_still_be_requalified(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, resolve, number, text="Fait.")
    world.do("diane", AT, qualify, number, reason="Réseau", item=NETWORK)
    assert (ticket(world, number).state, ticket(world, number).level) == ("resolved", "excluded")


def test_refusals(world: World) -> None:
    number = a_ticket(world)
    refused(world, Missing, "diane", AT, qualify, number, reason="", severity="minor")
    refused(world, AlreadyDone, "diane", AT, qualify, number, reason="x", severity="major")
    refused(world, AlreadyDone, "diane", AT, qualify, number, reason="x")
    refused(world, Unknown, "diane", AT, qualify, number, reason="x", item="jardinage")
    refused(world, Invalid, "diane", AT, qualify, number, reason="", severity="urgent", level="gratuit")
    refused(world, Forbidden, "julie", AT, qualify, number, reason="x", severity="minor")
    refused(world, Forbidden, "paul", AT, qualify, number, reason="x", severity="minor")
    refused(world, NotFound, "diane", AT, qualify, 999, reason="x", severity="minor")
    excluded = a_ticket(world, item=NETWORK)
    refused(world, IllegalMove, "diane", AT, qualify, excluded, reason="x", severity="minor")


def test_a_condition_is_set_with_its_reason(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", AT, set_condition, number, condition="prerequisites", met=False, reason="Windows 7")
    assert events(world, number)[-1].data == {"condition": "prerequisites", "met": False}
    assert kinds(world, number)[-1] == "condition_set"
    assert told(world, f"condition_unmet:{number}") == ["julie"]
    world.do("clara", AT, set_condition, number, condition="prerequisites", met=True, reason="Serveur changé")
    assert told(world, f"condition_unmet:{number}") == ["julie"]


def test_conditions_are_those_of_the_line(world: World) -> None:
    number = a_ticket(world)
    refused(world, Unknown, "clara", AT, set_condition, number, condition="trained", met=True, reason="x")
    light = a_ticket(world, item=LIGHT)
    refused(world, Unknown, "clara", AT, set_condition, light, condition="trained", met=True, reason="x")
    refused(world, Missing, "clara", AT, set_condition, number, condition="prerequisites", met=True, reason=" ")
    refused(world, Forbidden, "julie", AT, set_condition, number, condition="prerequisites", met=True, reason="x")
