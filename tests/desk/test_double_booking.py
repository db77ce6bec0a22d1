"""Two who book one technician at once: one has the instant, the other is told who was first."""

from collections.abc import Callable
from typing import Any

import pytest

from sla.desk.actor import SYSTEM
from sla.desk.assign import assign
from sla.desk.calls import call_back, move_call
from sla.desk.sessions import book_session
from sla.desk.verify import differences
from sla.errors import Busy
from sla.store.tables import Appointment
from tests.desk.at_once import at_once, half_way, meanwhile
from tests.desk.kept import a_ticket, count
from tests.worlds import World

AT, AGREED, WITHIN = "2026-06-01 10:00", "2026-06-02T14:00", "2026-06-02T14:10"


@pytest.fixture
def world(each_world: World) -> World:
    return each_world


@pytest.mark.parametrize(
    ("first", "second"), [(call_back, call_back), (book_session, book_session), (call_back, book_session)]
)
def test_at_the_same_instant_one_is_booked_and_the_other_told(
    world: World, first: Callable[..., Any], second: Callable[..., Any]
) -> None:
    """By Diane and by Marc, on two tickets, for Clara."""
    who = {"technician": world.clara.id}
    one, other = a_ticket(world), a_ticket(world, who="bruno")
    done = at_once(
        [
            lambda: world.do("diane", AT, first, one, starts_at=AGREED, **who),
            lambda: world.do("marc", AT, second, other, starts_at=WITHIN, **who),
        ]
    )
    assert sorted(type(each).__name__ for each in done) == ["Appointment", "Busy"]
    assert count(world, Appointment) == 1
    booked, busy = sorted(done, key=lambda each: isinstance(each, Busy))
    assert isinstance(booked, Appointment)
    assert isinstance(busy, Busy)
    author = "Diane" if booked.ticket_id == one else "Marc"
    assert f"(ticket nº\u00a0{booked.ticket_id}, convenu par {author})" in busy.sentence()
    assert world.see(SYSTEM, AT, differences) == []


def test_the_second_waits_for_the_first_and_is_told_who_it_was(world: World) -> None:
    """Diane has booked and not ended yet: Marc's booking waits, and is refused with her name and the ticket."""
    one, other = a_ticket(world), a_ticket(world, who="bruno")
    who = {"technician": world.clara.id}
    with half_way(world, "diane", AT, book_session, one, starts_at=AGREED, **who):
        thread, outcome = meanwhile(lambda: world.do("marc", AT, call_back, other, starts_at=WITHIN, **who))
        assert outcome == []
    thread.join()
    [busy] = outcome
    assert isinstance(busy, Busy)
    assert f"de 14\u00a0h\u00a000 à 15\u00a0h\u00a000 (ticket nº\u00a0{one}, convenu par Diane)" in busy.sentence()
    assert f"from 14:00 to 15:00 (ticket {one}, agreed by Diane)" in busy.sentence("en")


def test_a_call_that_moves_there_is_no_exception(world: World) -> None:
    one, other = a_ticket(world), a_ticket(world, who="bruno")
    who = {"technician": world.clara.id}
    call = world.do("diane", AT, call_back, one, starts_at="2026-06-02T09:00", **who).id
    done = at_once(
        [
            lambda: world.do("diane", AT, move_call, call, starts_at=WITHIN),
            lambda: world.do("marc", AT, book_session, other, starts_at=AGREED, **who),
        ]
    )
    assert sorted(type(each).__name__ for each in done) == ["Appointment", "Busy"]


def test_a_client_is_told_the_times_alone(world: World) -> None:
    one, other = a_ticket(world), a_ticket(world, who="bruno")
    for number in (one, other):
        world.do("diane", AT, assign, number, technician=world.clara.id)
    world.do("diane", AT, book_session, one, starts_at=AGREED)
    with pytest.raises(Busy) as raised:
        world.do("bruno", AT, call_back, other, starts_at=WITHIN)
    assert "(" not in raised.value.sentence()
    assert "Diane" not in str(raised.value.facts)
