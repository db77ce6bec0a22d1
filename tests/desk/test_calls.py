"""Callbacks: calls that support owes at agreed instants, reminded ahead and raised when they are missed."""

import pytest

from sla.desk.calls import call_back, cancel_call, hold_call, miss_call
from sla.errors import (
    AlreadyDone,
    BadInstant,
    Busy,
    Forbidden,
    IllegalMove,
    InThePast,
    NotFound,
    Secret,
    SupportClosed,
)
from tests.desk.kept import NETWORK, a_ticket, clock, due, events, fire, in_hand, kinds, refused, ticket, told
from tests.worlds import World, paris

AT = "2026-06-01 10:00"
AGREED = "2026-06-02T14:00"


def booked(world: World, number: int, starts_at: str = AGREED, who: str = "clara", **given: object) -> int:
    return int(world.do(who, AT, call_back, number, starts_at=starts_at, **given).id)


def test_it_is_reminded_ten_minutes_ahead_and_raised_fifteen_after(world: World) -> None:
    """The first of the technician's day, it is reminded at the previous closing too."""
    call = booked(world, in_hand(world))
    assert due(world, "call_reminder", call) == [paris("2026-06-01 17:00"), paris("2026-06-02 13:50")]
    assert due(world, "call_missed", call) == [paris("2026-06-02 14:15")]
    assert told(world, f"call_booked:{call}") == ["julie"]


def test_ahead_is_working_time(world: World) -> None:
    """At 9:00 the ten minutes before lie on the eve."""
    call = booked(world, in_hand(world), "2026-06-02T09:00")
    assert due(world, "call_reminder", call) == [paris("2026-06-01 16:50"), paris("2026-06-01 17:00")]
    lunch = booked(world, in_hand(world), "2026-06-02T13:30")
    assert due(world, "call_reminder", lunch) == [paris("2026-06-02 12:20")]


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
    assert told(world, f"call_cancelled:{call}") == ["julie"]
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
        ("2026-06-06T10:00", SupportClosed),
        ("2026-06-01T09:59", InThePast),
        ("2026-06-01T10:00", InThePast),
        ("demain", BadInstant),
        ("2026-02-30T10:00", BadInstant),
        ("2026-06-02", BadInstant),
    ],
)
def test_an_instant_that_can_not_be_kept_is_refused(world: World, starts_at: str, error: type[InThePast]) -> None:
    number = in_hand(world)
    booked(world, number)
    refused(world, error, "clara", AT, call_back, number, starts_at=starts_at)


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
