"""Callbacks: calls that support owes at agreed instants, reminded ahead and raised when they are missed."""

from datetime import datetime

import pytest

from sla.desk.accept import accept, refuse
from sla.desk.calls import call_back, cancel_call, hold_call, miss_call, move_call
from sla.desk.diary import free_slots
from sla.desk.escalate import decline, escalate
from sla.desk.merge import merge
from sla.desk.people import be_absent
from sla.desk.qualify import qualify
from sla.desk.resolve import resolve
from sla.desk.sessions import book_session
from sla.errors import (
    AlreadyDone,
    BadInstant,
    Busy,
    Forbidden,
    IllegalMove,
    InThePast,
    NotFound,
    PastClosing,
    Secret,
    SupportClosed,
    UnfitInstant,
)
from tests.desk.kept import NETWORK, a_ticket, clock, due, events, fire, in_hand, kinds, refused, ticket, told
from tests.worlds import World, paris

AT, LATER = "2026-06-01 10:00", "2026-06-01 11:00"
AGREED = "2026-06-02T14:00"


def booked(world: World, number: int, starts_at: str = AGREED, who: str = "clara", **given: object) -> int:
    return int(world.do(who, AT, call_back, number, starts_at=starts_at, **given).id)


def test_it_is_reminded_ten_minutes_ahead_and_raised_fifteen_after(world: World) -> None:
    """The first of the technician's day, it is reminded at the previous closing too."""
    call = booked(world, in_hand(world))
    assert due(world, "call_reminder", call) == [paris("2026-06-01 17:00"), paris("2026-06-02 13:50")]
    assert due(world, "call_missed", call) == [paris("2026-06-02 14:15")]
    assert told(world, f"call_booked:{call}") == ["julie", "clara.fontaine"]


def test_ahead_is_working_time(world: World) -> None:
    """At 9:00 the ten minutes before lie on the eve."""
    call = booked(world, in_hand(world), "2026-06-02T09:00")
    assert due(world, "call_reminder", call) == [paris("2026-06-01 16:50"), paris("2026-06-01 17:00")]
    lunch = booked(world, in_hand(world), "2026-06-02T13:30")
    assert due(world, "call_reminder", lunch)[-1] == paris("2026-06-02 12:20")


def test_at_the_closing_before_the_first_of_the_day_is_reminded_whichever_it_is_by_then(world: World) -> None:
    """Two calls on Tuesday: the earlier one; it is cancelled first, and the other has become the first."""
    first, second = booked(world, in_hand(world), "2026-06-02T10:00"), booked(world, in_hand(world), "2026-06-02T13:30")
    other = booked(world, in_hand(world), "2026-06-03T09:30")
    later = booked(world, in_hand(world), "2026-06-03T11:00")
    fire(world, "2026-06-01 17:00")
    assert [told(world, f"call_reminder:{each}") for each in (first, second)] == [["clara.fontaine", "julie"], []]
    world.do("clara", "2026-06-02 16:00", cancel_call, other, reason="Réglé")
    fire(world, "2026-06-02 17:00")
    assert told(world, f"call_reminder:{later}") == ["clara.fontaine", "julie"]


def test_a_call_in_less_than_ten_minutes_is_reminded_at_once(world: World) -> None:
    call = booked(world, in_hand(world), "2026-06-01T10:05")
    assert due(world, "call_reminder", call) == [paris(AT)]


def test_both_are_reminded_once_each_time(world: World) -> None:
    call = booked(world, in_hand(world))
    fire(world, "2026-06-01 16:59")
    assert told(world, f"call_reminder:{call}") == []
    fire(world, "2026-06-01 17:00")
    fire(world, "2026-06-01 17:00")
    assert told(world, f"call_reminder:{call}") == ["clara.fontaine", "julie"]
    fire(world, "2026-06-02 13:50")
    assert told(world, f"call_reminder:{call}") == ["clara.fontaine", "julie"] * 2


def test_held_it_is_an_answer_and_nothing_reminds_of_it(world: World) -> None:
    number = a_ticket(world)
    call = booked(world, number, "2026-06-01T10:30", who="diane", technician=world.mehdi.id)
    world.do("mehdi", "2026-06-01 11:00", hold_call, call, text="Vu ensemble.")
    assert clock(world, number, "first_response").mark == "met"
    assert kinds(world, number)[-2:] == ["taken", "call_held"]
    assert (due(world, "call_reminder", call), due(world, "call_missed", call)) == ([], [])


def test_a_missed_call_is_raised_to_the_dispatcher_and_stays_owed(world: World) -> None:
    number = in_hand(world)
    call = booked(world, number)
    world.do("clara", "2026-06-02 14:05", miss_call, call, text="Messagerie")
    assert sorted(told(world, f"call_missed:{call}")) == ["clara.fontaine", "diane"]
    assert not events(world, number)[-1].public
    assert world.do("clara", "2026-06-02 15:00", hold_call, call).state == "held"


def test_a_call_that_nobody_reports_is_raised_by_itself(world: World) -> None:
    number = in_hand(world)
    call = booked(world, number)
    fire(world, "2026-06-02 14:14")
    assert told(world, f"call_missed:{call}") == []
    fire(world, "2026-06-02 14:15")
    assert "diane" in told(world, f"call_missed:{call}")


def test_a_client_chooses_its_instant_not_who_calls(world: World) -> None:
    number = in_hand(world)
    made = world.do("julie", AT, call_back, number, starts_at=AGREED, technician=world.yann.id)
    assert made.technician_id == world.clara.id


def test_cancelled_the_client_is_told_why(world: World) -> None:
    call = booked(world, in_hand(world))
    world.do("clara", AT, cancel_call, call, reason="Réglé par écrit")
    assert told(world, f"call_cancelled:{call}") == ["julie", "clara.fontaine"]
    assert due(world, "call_reminder", call) == []


def test_calls_that_touch_do_not_clash(world: World) -> None:
    number = in_hand(world)
    booked(world, number)
    booked(world, number, "2026-06-02T14:15")
    booked(world, number, "2026-06-02T13:45")
    booked(world, number, AGREED, technician=world.yann.id)


@pytest.mark.parametrize(
    ("starts_at", "error"),
    [
        ("2026-06-02T13:50", Busy),
        ("2026-06-02T14:14", Busy),
        ("2026-06-02T12:30", SupportClosed),
        ("2026-06-02T12:16", PastClosing),  # it would run into lunch
        ("2026-06-02T16:46", PastClosing),
        ("2026-06-06T10:00", SupportClosed),
        ("2026-06-01T09:59", InThePast),
        ("2026-06-01T10:00", InThePast),
        ("demain", BadInstant),
        ("2026-02-30T10:00", UnfitInstant),
        ("2026-06-02", BadInstant),
    ],
)
def test_an_instant_that_can_not_be_kept_is_refused(world: World, starts_at: str, error: type[InThePast]) -> None:
    number = in_hand(world)
    booked(world, number)
    refused(world, error, "clara", AT, call_back, number, starts_at=starts_at)


def test_a_call_may_end_at_closing(world: World) -> None:
    booked(world, in_hand(world), "2026-06-02T16:45")
    booked(world, in_hand(world), "2026-06-02T12:15")


def test_moved_its_reminders_are_timed_anew_and_history_says_from_when_to_when(world: World) -> None:
    number = in_hand(world)
    call = booked(world, number)
    fire(world, "2026-06-01 17:00")  # the eve of the old day
    moved = world.do("julie", "2026-06-02 09:00", move_call, call, starts_at="2026-06-03T11:00", reason="En réunion")
    assert (moved.state, moved.starts_at, moved.sequence) == ("booked", paris("2026-06-03 11:00"), 1)
    assert due(world, "call_reminder", call) == [paris("2026-06-02 17:00"), paris("2026-06-03 10:50")]
    assert due(world, "call_missed", call) == [paris("2026-06-03 11:15")]
    fact = events(world, number)[-1]
    assert (fact.kind, fact.public, fact.text) == ("call_moved", True, "En réunion")
    span = [datetime.fromisoformat(fact.data[key]) for key in ("before", "starts_at")]
    assert span == [paris("2026-06-02 14:00"), paris("2026-06-03 11:00")]
    assert told(world, f"call_moved:{call}:1") == ["julie", "clara.fontaine"]
    fire(world, "2026-06-02 17:00")
    fire(world, "2026-06-03 11:15")
    assert told(world, f"call_missed:{call}:moved1") == ["diane", "clara.fontaine"]


def test_missed_it_is_booked_again_by_moving_it_and_raised_again_if_it_is_missed_again(world: World) -> None:
    number = in_hand(world)
    call = booked(world, number)
    fire(world, "2026-06-02 14:15")
    assert told(world, f"call_missed:{call}") == ["diane", "clara.fontaine"]
    world.do("diane", "2026-06-02 14:30", move_call, call, starts_at="2026-06-02T16:00")
    fire(world, "2026-06-02 16:14")
    assert kinds(world, number)[-1] == "call_moved"
    fire(world, "2026-06-02 16:15")
    assert kinds(world, number)[-1] == "call_missed"
    assert told(world, f"call_missed:{call}:moved1") == ["diane", "clara.fontaine"]


def test_given_to_a_colleague_with_the_move_the_first_is_told(world: World) -> None:
    call = booked(world, in_hand(world))
    world.do("diane", AT, move_call, call, starts_at="2026-06-02T14:00", technician=world.yann.id)
    assert told(world, f"call_moved:{call}") == ["julie", "yann.lebihan"]
    assert told(world, f"call_handed:{call}:1") == ["clara.fontaine"]


def test_a_move_is_refused_like_a_booking(world: World) -> None:
    number = in_hand(world)
    call, other = booked(world, number), booked(world, number, "2026-06-02T15:00")
    refused(world, Busy, "clara", AT, move_call, call, starts_at="2026-06-02T14:50")
    refused(world, PastClosing, "clara", AT, move_call, call, starts_at="2026-06-02T12:20")
    refused(world, AlreadyDone, "clara", AT, move_call, call, starts_at=AGREED)
    refused(world, NotFound, "bruno", AT, move_call, call, starts_at="2026-06-03T10:00")
    world.do("clara", AT, move_call, call, starts_at="2026-06-02T14:05")  # it is not in its own way
    world.do("clara", "2026-06-02 15:05", hold_call, other)
    refused(world, AlreadyDone, "clara", "2026-06-02 15:10", move_call, other, starts_at="2026-06-03T10:00")


def test_whoever_guesses_a_call_of_another_company_learns_no_ticket(world: World) -> None:
    """Nothing but the number that was asked for comes back."""
    booked(world, in_hand(world))
    call = booked(world, in_hand(world), "2026-06-03T10:00")
    assert refused(world, NotFound, "bruno", AT, cancel_call, call, reason="x").facts == {"value": call}


def test_the_client_may_take_back_its_own_call(world: World) -> None:
    call = booked(world, in_hand(world))
    world.do("julie", AT, cancel_call, call, reason="C’est réglé")
    assert told(world, f"call_cancelled:{call}") == ["julie", "clara.fontaine"]


def leave(world: World, number: int, how: str) -> None:
    """The ticket ends, or leaves support."""
    if how == "merge":
        world.do("diane", LATER, merge, number, into=a_ticket(world), reason="Même demande")
    elif how in ("accept", "unanswered"):
        world.do("clara", LATER, resolve, number, text="Fait.")
        if how == "accept":
            world.do("julie", LATER, accept, number)
        else:
            fire(world, "2026-06-08 11:00")
    elif how == "qualify":
        world.do("diane", LATER, qualify, number, item=NETWORK, reason="Le réseau")
    else:
        world.do("diane", LATER, {"escalate": escalate, "decline": decline}[how], number, reason="Autre service")


@pytest.mark.parametrize("how", ["escalate", "decline", "qualify", "merge", "accept", "unanswered"])
def test_what_a_dead_ticket_owed_is_let_go_and_the_client_told(world: World, how: str) -> None:
    number = in_hand(world)
    call = booked(world, number, "2026-06-10T10:00")
    leave(world, number, how)
    assert (due(world, "call_reminder", call), due(world, "call_missed", call)) == ([], [])
    assert told(world, f"call_cancelled:{call}") == ["julie", "clara.fontaine"]
    assert kinds(world, number).index("call_cancelled") < len(kinds(world, number)) - 1


def test_what_is_reopened_from_its_trial_keeps_its_calls(world: World) -> None:
    number = in_hand(world)
    call = booked(world, number, "2026-06-10T10:00")
    world.do("clara", LATER, resolve, number, text="Fait.")
    world.do("julie", LATER, refuse, number, text="Non.")
    assert due(world, "call_missed", call) == [paris("2026-06-10 10:15")]


class TestFreeSlots:
    """The nearest, at most two a half-day, by the technician's diary."""

    def test_they_follow_the_technician_s_diary(self, world: World) -> None:
        """Clara's morning is taken until 11:00, she is away on Tuesday."""
        number = in_hand(world)
        world.do("clara", "2026-06-01 09:45", book_session, number, starts_at="2026-06-01T10:15", minutes=45)
        away = {"starts_at": "2026-06-02T09:00", "ends_at": "2026-06-03T00:00", "label": "Congé"}
        world.do("diane", AT, be_absent, world.clara.id, **away)
        slots = world.see("julie", AT, free_slots, number)
        assert [each.starts_at for each in slots] == [
            paris(f"2026-06-{at}") for at in ("01 11:00", "01 11:15", "01 13:30", "01 13:45", "03 09:00", "03 09:15")
        ]
        assert {each.technician_id for each in slots} == {world.clara.id}

    def test_each_can_be_booked_as_it_is_offered(self, world: World) -> None:
        number = in_hand(world)
        slots = world.see("julie", AT, free_slots, number)
        calls = [world.do("julie", AT, call_back, number, starts_at=slot.starts_at) for slot in slots]
        assert [call.starts_at for call in calls] == [slot.starts_at for slot in slots]
        assert len(calls) == 6

    def test_a_long_one_fits_wholly_before_closing(self, world: World) -> None:
        slots = world.see("clara", "2026-06-01 15:45", free_slots, in_hand(world), minutes=90)
        assert slots[0].starts_at == paris("2026-06-02 09:00")  # 15:45 has passed, 16:00 would run past closing

    def test_they_say_whether_the_first_response_would_still_be_met(self, world: World) -> None:
        """Promised by 11:00; whoever masters it can call, and the nearest of them does."""
        number = a_ticket(world)
        slots = world.see("diane", "2026-06-01 10:40", free_slots, number)
        assert [(each.starts_at, each.in_time) for each in slots[:3]] == [
            (paris("2026-06-01 10:45"), True),
            (paris("2026-06-01 11:00"), True),
            (paris("2026-06-01 13:30"), False),
        ]
        assert world.see("clara", "2026-06-01 10:40", free_slots, in_hand(world))[0].in_time is None

    def test_one_who_is_away_for_good_offers_nothing(self, world: World) -> None:
        away = {"starts_at": "2026-06-01T09:00", "ends_at": "2036-05-01T00:00", "label": "Départ"}
        number = in_hand(world)
        world.do("diane", AT, be_absent, world.clara.id, **away)
        world.see("julie", AT, free_slots, number)
        refused_for(world, number)


def refused_for(world: World, number: int) -> None:
    with pytest.raises(NotFound):
        world.see("bruno", AT, free_slots, number)


def test_refusals(world: World) -> None:
    number = in_hand(world)
    call = booked(world, number)
    refused(world, NotFound, "bruno", AT, call_back, number, starts_at=AGREED)
    refused(world, Forbidden, "paul", AT, call_back, number, starts_at=AGREED)
    refused(world, NotFound, "diane", AT, call_back, number, starts_at=AGREED, technician=world.marc.id)
    refused(world, Secret, "clara", AT, call_back, number, starts_at="2026-06-03T10:00", note="mot de passe : x")
    refused(world, IllegalMove, "clara", AT, call_back, a_ticket(world, item=NETWORK), starts_at="2026-06-03T10:00")
    refused(world, Forbidden, "julie", AT, hold_call, call)
    refused(world, NotFound, "clara", AT, hold_call, 999)
    world.do("clara", "2026-06-02 14:10", hold_call, call)
    for verb, given in ((hold_call, {}), (miss_call, {}), (cancel_call, {"reason": "x"})):
        refused(world, AlreadyDone, "clara", "2026-06-02 14:20", verb, call, **given)
    assert ticket(world, number).state == "in_progress"
