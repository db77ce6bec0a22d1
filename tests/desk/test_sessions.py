"""Remote takeovers: the ticket is planned until one is held; held, it is an answer."""

from datetime import timedelta

import pytest

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.calls import call_back, hold_call, miss_call
from sla.desk.comment import comment
from sla.desk.estimate_decision import accept_estimate
from sla.desk.estimates import offer_estimate
from sla.desk.owed_appointments import owed_appointments
from sla.desk.people import be_absent
from sla.desk.queueing import team
from sla.desk.running_work import start_work
from sla.desk.sessions import book_session, cancel_session, hold_session, miss_session, start_session
from sla.desk.wait import wait_for_client
from sla.errors import Away, BadDuration, Busy, Forbidden, IllegalMove, Missing, NotFound, StillAhead
from tests.desk.kept import LIGHT, NETWORK, a_ticket, clock, in_hand, kinds, prepared, refused, ticket
from tests.worlds import World, paris

AT, ELEVEN, AGREED = "2026-06-01 10:00", "2026-06-01 11:00", "2026-06-02T14:00"


def test_booked_it_is_planned_and_held_it_is_in_progress(world: World) -> None:
    number = a_ticket(world)
    session = world.do("clara", AT, book_session, number, starts_at=AGREED, minutes="1h30", technician=world.clara.id)
    assert (ticket(world, number).state, session.minutes) == ("planned", 90)
    prepared(world, number, "2026-06-02 13:50")
    world.do("clara", "2026-06-02 15:30", hold_session, session.id, text="Paramètres revus.")
    kept = ticket(world, number)
    assert (kept.state, kept.begun, kept.technician_id) == ("in_progress", True, world.clara.id)
    assert clock(world, number, "first_response").mark == "missed"  # due on Monday at 11:00


def test_missed_or_cancelled_it_is_planned_no_more(world: World) -> None:
    for verb, given in ((miss_session, {}), (cancel_session, {"reason": "Reporté"})):
        number = in_hand(world)
        session = world.do("clara", AT, book_session, number, starts_at=AGREED)
        assert ticket(world, number).state == "planned"
        world.do("clara", "2026-06-02 14:30", verb, session.id, **given)
        assert ticket(world, number).state == "in_progress"
        assert kinds(world, number)[-1] in ("session_missed", "session_cancelled")


def test_one_of_two_cancelled_it_stays_planned(world: World) -> None:
    number = in_hand(world)
    first = world.do("clara", AT, book_session, number, starts_at=AGREED)
    second = world.do("clara", AT, book_session, number, starts_at="2026-06-03T10:00")
    world.do("clara", AT, cancel_session, first.id, reason="Une seule suffit")
    assert ticket(world, number).state == "planned"
    world.do("clara", AT, cancel_session, second.id, reason="Réglé")
    assert ticket(world, number).state == "in_progress"


@pytest.mark.parametrize("begun", [False, True])
def test_what_is_said_meanwhile_leaves_it_planned(world: World, begun: bool) -> None:
    """An answer, an estimate that the client accepts, a question that it answers: the session keeps its date. While the
    decision is the client's its clock stands: from 11:00 to 14:00, less lunch, two hours."""
    number = in_hand(world, item=LIGHT) if begun else a_ticket(world, item=LIGHT)
    session = world.do("diane", AT, book_session, number, starts_at=AGREED, technician=world.clara.id)
    due = clock(world, number, "resolution").due_at
    assert due is not None
    world.do("clara", AT, answer, number, text="À demain.")
    assert ticket(world, number).state == "planned"
    assert clock(world, number, "first_response").mark == "met"
    world.do("clara", ELEVEN, offer_estimate, number, perimeter="Paramètres", minutes="2h")
    assert (ticket(world, number).state, clock(world, number, "resolution").mark) == ("waiting_client", "paused")
    world.do("alain", "2026-06-01 14:00", accept_estimate, number)
    assert ticket(world, number).state == "planned"
    assert clock(world, number, "resolution").due_at == world.desk.hours.add(due, timedelta(hours=2))
    world.do("clara", "2026-06-01 14:10", wait_for_client, number, text="Quel poste ?")
    world.do("julie", "2026-06-01 14:20", comment, number, text="Le 2.")
    assert (ticket(world, number).state, ticket(world, number).begun) == ("planned", begun)
    assert "taken" not in kinds(world, number)[-8:]
    prepared(world, number, "2026-06-02 13:50")
    world.do("clara", "2026-06-02 14:00", start_session, session.id)
    assert (ticket(world, number).state, ticket(world, number).technician_id) == ("in_progress", world.clara.id)


@pytest.mark.parametrize("begun", [False, True])
def test_a_timer_that_begins_ends_the_planning(world: World, begun: bool) -> None:
    """Whoever works on it now has it in hand, though its session is tomorrow."""
    number = in_hand(world) if begun else a_ticket(world)
    world.do("diane", AT, book_session, number, starts_at=AGREED, technician=world.clara.id)
    world.do("clara", ELEVEN, start_work, number)
    kept = ticket(world, number)
    assert (kept.state, kept.begun, kept.technician_id) == ("in_progress", True, world.clara.id)


def test_nothing_is_missed_before_its_instant(world: World) -> None:
    number = in_hand(world)
    session = world.do("clara", AT, book_session, number, starts_at=AGREED).id
    call = world.do("clara", AT, call_back, number, starts_at="2026-06-02T11:00").id
    refusal = refused(world, StillAhead, "diane", "2026-06-02 13:59", miss_session, session)
    assert "est à venir, mardi 2 juin à 14\u00a0h\u00a000\u00a0: il ne peut pas être déjà manqué" in refusal.sentence()
    refused(world, StillAhead, "clara", "2026-06-02 10:59", miss_call, call)
    world.do("clara", "2026-06-02 11:00", miss_call, call)
    world.do("diane", "2026-06-02 14:00", miss_session, session)


def test_what_is_owed_is_told_with_the_calls_the_earliest_first(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, book_session, number, starts_at=AGREED, minutes="1h30", note="L’écran")
    call = world.do("clara", AT, call_back, number, starts_at="2026-06-02T11:00")
    owed = world.see("diane", AT, owed_appointments, ticket=number)
    assert [(each.kind, each.minutes, each.technician_id) for each in owed] == [
        ("callback", 15, world.clara.id),
        ("session", 90, world.clara.id),
    ]
    world.do("clara", "2026-06-02 11:10", hold_call, call.id)
    assert [each.kind for each in world.see("diane", AT, owed_appointments, technician=world.clara.id)] == ["session"]


def test_a_client_is_not_told_whose_session_is_in_the_way(world: World) -> None:
    """Of whoever is taken it learns the times, nothing of another company's ticket."""
    world.do("clara", AT, book_session, in_hand(world), starts_at=AGREED)
    number = a_ticket(world, who="bruno")
    world.do("diane", AT, assign, number, technician=world.clara.id)
    busy = refused(world, Busy, "bruno", AT, call_back, number, starts_at="2026-06-02T14:30")
    assert "ticket" not in busy.facts


def test_whoever_is_in_a_long_session_is_free_at_its_end(world: World) -> None:
    """From 13:30 to closing: in the middle of it the plan still finds Clara taken."""
    world.do("clara", AT, book_session, in_hand(world), starts_at="2026-06-02T13:30", minutes="3h30")
    clara = next(each for each in world.see(SYSTEM, "2026-06-02 15:00", team) if each.id == world.clara.id)
    assert clara.away == ((paris("2026-06-02 13:30"), paris("2026-06-02 17:00")),)


def test_nothing_is_booked_while_its_technician_is_away(world: World) -> None:
    away = {"starts_at": "2026-06-02T14:30", "ends_at": "2026-06-04T00:00", "label": "Congé"}
    world.do("diane", AT, be_absent, world.clara.id, **away)
    number = in_hand(world)
    refusal = refused(world, Away, "clara", AT, book_session, number, starts_at=AGREED)
    assert "n’est pas là à ce moment, et revient jeudi 4 juin à 9\u00a0h\u00a000" in refusal.sentence()
    assert "Congé" not in refusal.sentence()
    world.do("clara", AT, book_session, number, starts_at=AGREED, minutes=30)


def test_refusals(world: World) -> None:
    number = in_hand(world)
    world.do("clara", AT, book_session, number, starts_at=AGREED)
    refused(world, Busy, "clara", AT, book_session, number, starts_at="2026-06-02T14:59")
    for wrong, error in ((0, BadDuration), ("", Missing), (481, BadDuration)):
        refused(world, error, "clara", AT, book_session, number, starts_at="2026-06-03T09:00", minutes=wrong)
    refused(world, Forbidden, "julie", AT, book_session, number, starts_at="2026-06-03T09:00")
    refused(world, NotFound, "clara", AT, hold_session, 999)
    refused(world, IllegalMove, "clara", AT, book_session, a_ticket(world, item=NETWORK), starts_at="2026-06-03T09:00")
