"""The booklet's five conditions as a checklist: no remote session begins with one unanswered; no code is kept."""

import pytest

from sla.desk.estimates import offer_estimate
from sla.desk.readiness import BY_CODE, CONDITIONS, Answer, readiness_of, set_readiness
from sla.desk.running_work import start_work
from sla.desk.sessions import book_session, hold_session, start_session
from sla.desk.ticket_view import see_ticket
from sla.errors import (
    AlreadyDone,
    EstimateNeeded,
    Forbidden,
    IllegalMove,
    Invalid,
    Missing,
    NotFound,
    NothingBeside,
    Secret,
    TimerRuns,
    Unknown,
    Unready,
)
from tests.desk.kept import NETWORK, USAGE, a_ticket, events, in_hand, kinds, prepared, refused, ticket, told
from tests.worlds import World

AT, AGREED, THEN = "2026-06-01 10:00", "2026-06-02T14:00", "2026-06-02 14:00"


def stands(world: World, number: int) -> dict[str, Answer]:
    view = world.see("clara", THEN, see_ticket, number)
    return {each.condition.code: each for each in readiness_of(view.events)}


def test_the_five_conditions_are_the_booklet_s() -> None:
    assert [each.code for each in CONDITIONS] == ["workstation", "supervisor", "examples", "person", "server"]


def test_each_is_ready_not_ready_or_not_applicable_and_says_by_whom(world: World) -> None:
    number = in_hand(world)
    answers = {"workstation": ("ready", "Poste 2"), "server": ("not_applicable", "")}
    world.do("clara", AT, set_readiness, number, answers=answers)
    world.do("julie", "2026-06-01 11:00", set_readiness, number, answers={"examples": ("not_ready", "Demain matin")})
    now = stands(world, number)
    said = {code: (each.readiness, each.note, each.author) for code, each in now.items() if each.readiness}
    assert said == {
        "workstation": ("ready", "Poste 2", "Clara Fontaine"),
        "server": ("not_applicable", "", "Clara Fontaine"),
        "examples": ("not_ready", "Demain matin", "Julie"),
    }
    assert told(world, f"readiness:{number}") == ["clara.fontaine"]  # the client's answers, not her own


def test_only_what_differs_is_kept(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, set_readiness, number, answers={"person": ("ready", "")})
    world.do("clara", AT, set_readiness, number, answers={"person": ("ready", ""), "server": ("ready", "")})
    assert list(events(world, number)[-1].data["answers"]) == ["server"]
    refused(world, AlreadyDone, "clara", AT, set_readiness, number, answers={"person": ("ready", "")})


def test_a_session_does_not_begin_with_one_unanswered(world: World) -> None:
    number = in_hand(world)
    session = world.do("clara", AT, book_session, number, starts_at=AGREED)
    answers = {code: ("ready", "") for code in BY_CODE if code != "server"}
    world.do("clara", THEN, set_readiness, number, answers=answers)
    for verb in (start_session, hold_session):
        refusal = refused(world, Unready, "clara", THEN, verb, session.id)
        assert "il reste à répondre à «\u00a0Serveur accessible\u00a0»" in refusal.sentence()
    world.do("clara", THEN, set_readiness, number, answers={"server": ("not_ready", "Hors ligne")})
    timed = world.do("clara", THEN, start_session, session.id)
    assert (timed.stint.state, kinds(world, number)[-2:]) == ("running", ["session_started", "work_started"])
    world.do("clara", "2026-06-02 15:00", hold_session, session.id, text="Paramètres revus.")


def test_a_session_that_follows_asks_anew(world: World) -> None:
    """Who was available on Tuesday need not be on Friday."""
    number = prepared(world, in_hand(world), AT)
    first = world.do("clara", AT, book_session, number, starts_at=AGREED)
    world.do("clara", THEN, hold_session, first.id)
    assert not [each for each in stands(world, number).values() if each.readiness]
    second = world.do("clara", THEN, book_session, number, starts_at="2026-06-05T10:00")
    refused(world, Unready, "clara", "2026-06-05 10:00", start_session, second.id)


def test_a_session_of_tma_work_begins_once_it_is_agreed_on(world: World) -> None:
    number = prepared(world, in_hand(world, item=USAGE), AT)
    world.do("clara", AT, offer_estimate, number, perimeter="Gammes", minutes="3h")
    session = world.do("clara", AT, book_session, number, starts_at=AGREED)
    refused(world, EstimateNeeded, "clara", THEN, start_session, session.id)


def test_a_session_that_begins_stops_the_timer_that_runs_elsewhere(world: World) -> None:
    """As a timer does; software says so, or is refused. From 13:50 to 14:00 is logged on the other ticket."""
    number, other = prepared(world, in_hand(world), AT), in_hand(world)
    session = world.do("clara", AT, book_session, number, starts_at=AGREED)
    world.do("clara", "2026-06-02 13:50", start_work, other)
    refused(world, TimerRuns, "clara", THEN, start_session, session.id)
    begun = world.do("clara", THEN, start_session, session.id, instead=True)
    assert (begun.stopped.stint.ticket_id, begun.stopped.intervention.minutes) == (other, 10)
    assert (begun.stint.state, begun.stint.ticket_id) == ("running", number)


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("supervisor", "4321"),
        ("supervisor", "c’est Sup3rv"),
        ("examples", "mdp : toto"),
        ("person", "code PIN 4821"),
        ("workstation", "le code est PMIPMI"),
    ],
)
def test_a_note_that_looks_like_a_code_is_refused(world: World, code: str, note: str) -> None:
    for who in ("clara", "julie"):
        answers = {code: ("ready", note)}
        refusal = refused(world, Secret, who, AT, set_readiness, in_hand(world), answers=answers)
        assert refusal.field == f"{code}_note"


def test_beside_the_access_only_what_is_missing_is_written(world: World) -> None:
    """No free text stands beside a code that is there, and a word alone could be one. What was missing goes once it no
    longer is."""
    number = in_hand(world)
    for answer in (("ready", "azerty"), ("not_applicable", "Bleu"), ("not_ready", "azerty")):
        refused(world, Secret, "julie", AT, set_readiness, number, answers={"supervisor": answer})
    for answer in (("ready", "Le gérant est là"), ("not_applicable", "Rien à montrer")):
        refusal = refused(world, NothingBeside, "julie", AT, set_readiness, number, answers={"supervisor": answer})
        assert refusal.field == "supervisor_note"
    world.do("julie", AT, set_readiness, number, answers={"supervisor": ("not_ready", "Le gérant est absent")})
    world.do("julie", AT, set_readiness, number, answers={"supervisor": ("ready", "Le gérant est absent")})
    assert (stands(world, number)["supervisor"].readiness, stands(world, number)["supervisor"].note) == ("ready", "")


def test_examples_and_workstations_have_numbers(world: World) -> None:
    answers = {
        "examples": ("ready", "FA-26-1183.pdf et FA-26-1190.pdf"),
        "workstation": ("ready", "Poste 2, TeamViewer"),
    }
    number = in_hand(world)
    world.do("julie", AT, set_readiness, number, answers=answers)
    now = stands(world, number)
    assert {code: (now[code].readiness, now[code].note) for code in answers} == answers


def test_refusals(world: World) -> None:
    number = in_hand(world)
    refused(world, Missing, "clara", AT, set_readiness, number, answers={})
    refused(world, Missing, "clara", AT, set_readiness, number, answers={"server": ("not_ready", "")})
    refused(world, Unknown, "clara", AT, set_readiness, number, answers={"server": ("maybe", "")})
    refused(world, Unknown, "clara", AT, set_readiness, number, answers={"coffee": ("ready", "")})
    both = {"server": ("not_ready", ""), "supervisor": ("ready", "4321")}
    assert set(refused(world, Invalid, "clara", AT, set_readiness, number, answers=both).errors()) == {
        "server_note",
        "supervisor_note",
    }
    refused(world, NotFound, "bruno", AT, set_readiness, number, answers={"server": ("ready", "")})
    refused(world, Forbidden, "paul", AT, set_readiness, number, answers={"server": ("ready", "")})
    over = a_ticket(world, item=NETWORK)
    refused(world, IllegalMove, "julie", AT, set_readiness, over, answers={"server": ("ready", "")})
    refused(world, NotFound, "clara", AT, start_session, 99)


@pytest.mark.parametrize("by_session", [False, True])
def test_a_timer_binds_a_planned_ticket_to_whoever_begins_it(world: World, by_session: bool) -> None:
    """Planned and begun by nobody, whichever way work begins: it is that technician's, and in progress."""
    number = prepared(world, a_ticket(world), AT)
    session = world.do("diane", AT, book_session, number, starts_at=AGREED, technician=world.mehdi.id)
    assert (ticket(world, number).state, "taken" in kinds(world, number)) == ("planned", False)
    world.do("mehdi", THEN, *((start_session, session.id) if by_session else (start_work, number)))
    row = ticket(world, number)
    assert (row.state, row.technician_id) == ("in_progress", world.mehdi.id)
    assert "taken" in kinds(world, number)
