"""A ticket's states: `new → assigned → in_progress ⇄ waiting_… | planned → resolved → closed`, and the other ends."""

import pytest

from sla.ticket.facts import Kind
from sla.ticket.states import ALIVE, ANY, FROM, OPEN, State, after, allows
from tests.ticket.histories import Happened, deposited, life, paris, then, waits

NEW = deposited("2026-06-01 09:00")
GIVEN = then("2026-06-01 09:00", "assigned", technician=3)
TAKEN = then("2026-06-01 09:30", "taken", technician=1)


def state(*history: Happened) -> State | None:
    return life(NEW, *history).state


def test_the_usual_life() -> None:
    assert state() is State.NEW
    assert state(GIVEN) is State.ASSIGNED
    assert state(GIVEN, TAKEN) is State.IN_PROGRESS
    done = then("2026-06-01 11:00", "resolved")
    assert state(GIVEN, TAKEN, done) is State.RESOLVED
    assert state(GIVEN, TAKEN, done, then("2026-06-02 09:00", "accepted")) is State.CLOSED
    assert state(GIVEN, TAKEN, done, then("2026-06-08 11:00", "closed")) is State.CLOSED
    assert state(GIVEN, TAKEN, done, then("2026-06-02 09:00", "refused")) is State.REOPENED
    assert state(GIVEN, TAKEN, done, then("2026-06-02 09:00", "accepted_with_reservations")) is State.REOPENED


@pytest.mark.parametrize("wait", [State.WAITING_CLIENT, State.WAITING_PUBLISHER])
def test_a_wait_leads_back_to_whoever_had_begun(wait: State) -> None:
    waiting, over = then("2026-06-01 10:00", wait, reason="x"), then("2026-06-02 10:00", "resumed")
    assert state(GIVEN, TAKEN, waiting) is wait
    assert state(GIVEN, TAKEN, waiting, over) is State.IN_PROGRESS
    assert state(GIVEN, waiting, over) is State.ASSIGNED


def test_a_client_who_replies_ends_its_own_wait_alone() -> None:
    reply = then("2026-06-02 10:00", "commented")
    assert state(GIVEN, TAKEN, waits("2026-06-01 10:00"), reply) is State.IN_PROGRESS
    assert state(GIVEN, TAKEN, then("2026-06-01 10:00", "waiting_publisher"), reply) is State.WAITING_PUBLISHER
    for lasting in ("forfait", "estimate"):
        assert state(GIVEN, TAKEN, waits("2026-06-01 10:00", lasting), reply) is State.WAITING_CLIENT


def test_whom_it_waits_for_and_since_when() -> None:
    waiting = life(NEW, GIVEN, waits("2026-06-01 10:00", "estimate"))
    assert (waiting.waiting_for, waiting.waiting_since) == ("estimate", paris("2026-06-01 10:00"))
    over = life(NEW, GIVEN, waits("2026-06-01 10:00", "estimate"), then("2026-06-01 11:00", "resumed"))
    assert (over.waiting_for, over.waiting_since) == (None, None)


def test_a_session_is_planned_then_held() -> None:
    booked = then("2026-06-01 10:00", "session_booked")
    assert state(GIVEN, booked) is State.PLANNED
    held = life(NEW, GIVEN, booked, then("2026-06-02 10:00", "session_held"))
    assert (held.state, held.begun) == (State.IN_PROGRESS, True)


ONE, OTHER = {"appointment": 1}, {"appointment": 2}
BOOKED = then("2026-06-01 10:00", "session_booked", **ONE)


@pytest.mark.parametrize("over", ["session_cancelled", "session_missed"])
def test_while_another_session_is_booked_it_stays_planned(over: str) -> None:
    both = BOOKED, then("2026-06-01 10:05", "session_booked", **OTHER)
    one_gone = then("2026-06-02 10:00", over, **OTHER)
    assert state(GIVEN, TAKEN, *both, one_gone) is State.PLANNED
    assert state(GIVEN, TAKEN, *both, one_gone, then("2026-06-02 11:00", over, **ONE)) is State.IN_PROGRESS
    moved = then("2026-06-02 11:00", "session_moved", **OTHER)  # missed or cancelled, it is booked again
    again = *both, one_gone, then("2026-06-02 10:30", over, **ONE), moved
    assert state(GIVEN, TAKEN, *again) is State.PLANNED


@pytest.mark.parametrize("said", ["answered", "estimate_offered", "commented", "noted", "worked", "assigned"])
def test_what_is_only_said_leaves_it_planned(said: str) -> None:
    assert state(GIVEN, TAKEN, BOOKED, then("2026-06-01 11:00", said, minutes=5, technician=1)) is State.PLANNED


@pytest.mark.parametrize("begun", ["work_started", "session_started"])
def test_work_that_begins_ends_the_planning(begun: str) -> None:
    assert state(GIVEN, TAKEN, BOOKED, then("2026-06-01 11:00", begun)) is State.IN_PROGRESS


def test_a_wait_leads_back_to_the_session_that_is_booked() -> None:
    """The wait pauses what the client owes an answer to; the session keeps its date all the while."""
    waiting, over = waits("2026-06-01 11:00", "estimate"), then("2026-06-01 12:00", "resumed")
    assert state(GIVEN, TAKEN, BOOKED, waiting) is State.WAITING_CLIENT
    assert state(GIVEN, TAKEN, BOOKED, waiting, over) is State.PLANNED
    asked, reply = waits("2026-06-01 11:00"), then("2026-06-01 12:00", "commented")
    assert state(GIVEN, BOOKED, asked, reply) is State.PLANNED
    cancelled = then("2026-06-01 11:30", "session_cancelled", **ONE)
    assert state(GIVEN, BOOKED, waiting, cancelled, over) is State.ASSIGNED


def test_to_assign_work_in_progress_hands_it_over_without_a_step_back() -> None:
    other = life(NEW, GIVEN, TAKEN, then("2026-06-01 10:00", "assigned", technician=2, pinned=True))
    assert (other.state, other.technician, other.pinned, other.begun) == (State.IN_PROGRESS, 2, True, True)


def test_a_reopening_within_the_window_stays_with_who_did_it() -> None:
    again = life(NEW, GIVEN, TAKEN, then("2026-06-01 11:00", "resolved"), then("2026-06-02 09:00", "refused"))
    assert (again.technician, again.begun) == (1, True)


def test_a_reopening_after_the_window_is_for_the_plan_again() -> None:
    done = then("2026-06-01 11:00", "resolved"), then("2026-06-08 11:00", "closed")
    again = life(NEW, GIVEN, TAKEN, *done, then("2026-07-01 09:00", "reopened"))
    assert (again.state, again.begun, again.pinned, again.answered_at) == (State.REOPENED, False, False, None)


@pytest.mark.parametrize("end", [State.RESOLVED, State.CLOSED, State.DECLINED, State.TO_DEPLOYMENT])
def test_a_client_can_reopen_without_limit_of_time(end: State) -> None:
    assert allows(end, Kind.REOPENED)


def test_nothing_begins_but_with_a_deposit_and_only_once() -> None:
    assert {kind for kind in Kind if allows(None, kind)} == {Kind.DEPOSITED}
    assert not any(allows(state, Kind.DEPOSITED) for state in State)
    with pytest.raises(ValueError, match="can't begin"):
        after(None, Kind.ANSWERED, begun=False)


@pytest.mark.parametrize(
    "kind",
    ["taken", "waiting_client", "waiting_publisher", "resolved", "transferred", "declined", "estimate_offered"],
)
@pytest.mark.parametrize("end", [State.CLOSED, State.DECLINED, State.TO_DEPLOYMENT, State.MERGED])
def test_what_has_ended_is_reopened_before_it_is_worked_on(kind: str, end: State) -> None:
    assert allows(end, Kind(kind)) == ((kind, end) == ("resolved", State.TO_DEPLOYMENT))  # deployment's own work


@pytest.mark.parametrize("kind", ["accepted", "accepted_with_reservations", "refused", "closed"])
def test_only_what_is_resolved_is_tried(kind: str) -> None:
    assert {state for state in State if allows(state, Kind(kind))} == {State.RESOLVED}


def test_a_client_may_always_write_save_on_a_merged_ticket() -> None:
    assert {state for state in State if allows(state, Kind.COMMENTED)} == set(ANY) == set(State) - {State.MERGED}


def test_every_fact_has_its_place_in_the_table() -> None:
    assert set(FROM) == set(Kind) - {Kind.DEPOSITED}
    assert OPEN < ALIVE < ANY
