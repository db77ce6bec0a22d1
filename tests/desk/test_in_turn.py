"""Two who act on the same thing at the same instant, on either database: one after the other, and the second sees what
the first has done. 1 June 2026 is a Monday."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select, text

from sla.desk.actor import SYSTEM
from sla.desk.assign import assign
from sla.desk.calendar_edits import AddPeriod, NewerEdition
from sla.desk.calls import call_back, hold_call
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import current_data, edit_calendar
from sla.desk.hours import buy_hours
from sla.desk.ledger import MovedSince
from sla.desk.note import note
from sla.desk.office import Tx
from sla.desk.people import add_company, be_absent, cancel_absence
from sla.desk.sight import ticket_in_sight
from sla.desk.take import next_for, take, take_next
from sla.desk.verify import differences
from sla.desk.work import work
from sla.errors import AlreadyDone, Away, Busy, Crowded, NotFound, Overlap, Overtaken, Refused
from sla.store.tables import Ticket
from tests.desk.at_once import WAIT_FOR_ME, at_once, half_way, meanwhile
from tests.desk.kept import USAGE, a_ticket, clock, events, fire, in_hand, ticket
from tests.faults.probes import PATIENCE_S, eventually
from tests.worlds import World, paris

NOON, TEN = "2026-06-01 12:00", "2026-06-01 10:00"
FRIDAY = AddPeriod("closures", paris("2026-06-05 00:00"), paris("2026-06-06 00:00"), "Inventaire")
TUESDAY = AddPeriod("closures", paris("2026-06-02 00:00"), paris("2026-06-03 00:00"), "Travaux")


@pytest.fixture
def world(each_world: World) -> World:
    return each_world


def refusals(done: list[object]) -> list[type]:
    return [type(each) for each in done if isinstance(each, Refused)]


def noted(world: World, number: int) -> list[str]:
    return [event.text for event in events(world, number) if event.kind == "noted"]


def test_two_edits_of_the_calendar_are_two_editions(world: World) -> None:
    done = at_once(
        [
            lambda: world.do("marc", NOON, edit_calendar, FRIDAY, reason="Inventaire").number,
            lambda: world.do("marc", NOON, edit_calendar, TUESDAY, reason="Travaux").number,
        ]
    )
    assert sorted(done) == [2, 3]  # type: ignore[type-var]
    number, data = world.see(SYSTEM, NOON, current_data)
    assert number == 3
    assert {each["label"] for each in data["closures"]} >= {"Inventaire", "Travaux"}


def test_of_two_who_edit_the_calendar_as_they_saw_it_the_second_is_told(world: World) -> None:
    edits = [
        lambda each=each: world.do("marc", NOON, edit_calendar, each, reason="Fermeture", seen=0)
        for each in (FRIDAY, TUESDAY)
    ]
    assert refusals(at_once(edits)) == [NewerEdition]


def test_a_closure_saved_while_a_ticket_is_deposited_moves_its_deadlines_too(world: World) -> None:
    """The deposit counts by the old edition and commits first: the edit waits for it, and finds its clocks."""
    facts = {"item": "erreurs", "severity": "major", "title": "Écran figé", "description": "Rien."}
    with half_way(world, "julie", "2026-06-01 16:00", deposit, **facts) as made:
        saving, _ = meanwhile(lambda: world.do("marc", "2026-06-01 16:01", edit_calendar, TUESDAY, reason="Travaux"))
        number = made.id
    saving.join()
    assert clock(world, number, "first_response").due_at == paris("2026-06-03 10:00")
    assert world.see(SYSTEM, NOON, differences) == []


def test_one_technician_is_not_booked_twice_for_the_same_time(world: World) -> None:
    numbers = [in_hand(world), in_hand(world)]
    at = "2026-06-02T10:00:00+02:00"
    calls = [
        lambda each=each: world.do("diane", NOON, call_back, each, starts_at=at, technician=world.clara.id)
        for each in numbers
    ]
    assert refusals(at_once(calls)) == [Busy]


def test_nobody_is_booked_for_a_day_off_that_is_being_entered(world: World) -> None:
    number, day = in_hand(world), {"starts_at": "2026-06-02T09:00", "ends_at": "2026-06-02T17:00"}
    with half_way(world, "diane", NOON, be_absent, world.clara.id, **day, label="Congé"):
        booking, outcome = meanwhile(
            lambda: world.do(
                "diane", NOON, call_back, number, starts_at="2026-06-02T10:00:00+02:00", technician=world.clara.id
            )
        )
    booking.join()
    assert refusals(outcome) == [Away]


def test_of_two_who_take_an_absence_back_one_does_and_the_other_is_told(world: World) -> None:
    day = {"starts_at": "2026-06-02T09:00", "ends_at": "2026-06-02T17:00"}
    number = world.do("diane", NOON, be_absent, world.clara.id, **day, label="Congé").id
    assert refusals(at_once([lambda: world.do("diane", NOON, cancel_absence, number)] * 2)) == [NotFound]


def test_one_technician_does_not_work_twice_at_the_same_time(world: World) -> None:
    numbers = [a_ticket(world), a_ticket(world)]
    stretches = [
        lambda each=each: world.do("clara", NOON, work, each, minutes=30, started_at="2026-06-01T10:00")
        for each in numbers
    ]
    assert refusals(at_once(stretches)) == [Overlap]


def test_a_call_is_held_once(world: World) -> None:
    number = in_hand(world)
    call = world.do("diane", NOON, call_back, number, starts_at="2026-06-02T10:00:00+02:00").id
    holds = [lambda: world.do("clara", "2026-06-02 10:05", hold_call, call, text="Vu.")] * 3
    assert refusals(at_once(holds)) == [AlreadyDone, AlreadyDone]
    assert [event.kind for event in events(world, number)].count("call_held") == 1


def test_a_pack_ordered_twice_by_an_impatient_hand_is_sold_once(world: World) -> None:
    buys = [lambda: world.do("marc", NOON, buy_hours, world.companies["acme"], hours=10, seen=1)] * 2
    assert refusals(at_once(buys)) == [MovedSince]


def test_a_ticket_deposited_while_hours_are_bought_does_not_wait_for_hours(world: World) -> None:
    """`bolt` has none: the purchase is done but for its commit when the ticket asks what is left."""
    with half_way(world, "marc", NOON, buy_hours, world.companies["bolt"], hours=10, first_day=date(2026, 6, 1)):
        depositing, outcome = meanwhile(lambda: a_ticket(world, NOON, who="bruno", item=USAGE))
    depositing.join()
    [number] = outcome
    assert ticket(world, int(str(number))).state == "assigned"


def test_hours_bought_while_a_ticket_begins_to_wait_for_them_set_it_going(world: World) -> None:
    facts = {"item": USAGE, "severity": "major", "title": "Comment faire", "description": "Une question."}
    with half_way(world, "bruno", NOON, deposit, **facts) as made:
        buying, _ = meanwhile(lambda: world.do("marc", NOON, buy_hours, world.companies["bolt"], hours=10))
        number = made.id
    buying.join()
    assert ticket(world, number).state == "assigned"


def test_the_same_company_is_added_once_and_the_second_is_told(world: World) -> None:
    adds = [lambda: world.do("marc", NOON, add_company, name="Cordier")] * 2
    assert refusals(at_once(adds)) == [AlreadyDone]


def test_au_suivant_keeps_no_ticket_that_somebody_else_has_taken_meanwhile(pg_world: World) -> None:
    """What comes first is gone when its turn comes: it is let go of before the next one is waited for. Tickets are
    locked by their numbers, and here the first by weight has the higher one."""
    later, sooner = a_ticket(pg_world, severity="minor"), a_ticket(pg_world)
    assert pg_world.see("clara", "2026-06-01 09:30", next_for, pg_world.clara.id).work.ticket == sooner
    with pg_world.desk.database.writing() as other:
        with half_way(pg_world, "mehdi", "2026-06-01 09:30", take, sooner):
            asking, outcome = meanwhile(lambda: pg_world.do("clara", "2026-06-01 09:30", take_next)[0].id)
            other.execute(select(Ticket.id).where(Ticket.id == later).with_for_update())
        assert eventually(lambda: other.scalar(text(WAIT_FOR_ME)))  # for the other ticket
        assert other.scalar(select(Ticket.id).where(Ticket.id == sooner).with_for_update(nowait=True)) == sooner
    asking.join()
    assert outcome == [later]


def test_four_who_ask_while_others_assign_and_timers_fire_each_get_a_ticket_of_their_own(pg_world: World) -> None:
    """Twelve tickets that are warned of at 11:00; nobody is refused, and no two stand in each other's way."""
    numbers = [a_ticket(pg_world, title=f"Écran {each}") for each in range(12)]
    seen = {number: ticket(pg_world, number).seq for number in numbers}
    eleven, people = "2026-06-01 11:00", ("clara", "mehdi", "sandrine", "yann")

    def take_two(who: str) -> list[int]:
        return [pg_world.do(who, eleven, take_next)[0].id for _ in range(2)]

    def assign_all(mine: list[int]) -> None:
        for number in mine:
            with suppress(Overtaken):  # begun by another meanwhile
                facts = {"technician": pg_world.mehdi.id, "pinned": False, "seen_seq": seen[number]}
                pg_world.do("diane", eleven, assign, number, **facts)

    acts: list[Callable[[], object]] = [
        *(partial(take_two, who) for who in people),
        partial(assign_all, numbers[::-1]),
        partial(fire, pg_world, eleven),
    ]
    done = at_once(acts)
    assert refusals(done) == []
    got = [number for each in done if isinstance(each, list) for number in each]
    assert len(got) == len(set(got)) == 8
    assert pg_world.see(SYSTEM, eleven, differences) == []


def test_two_who_wait_for_each_other_both_get_through(pg_world: World) -> None:
    """Each has one ticket and wants the other's: PostgreSQL takes one back, which is then done again."""
    numbers = [a_ticket(pg_world), a_ticket(pg_world)]
    gates, both_have_one = list[int](), Barrier(2)

    def both(first: int, second: int) -> object:
        def crossing(tx: Tx) -> None:
            note(tx, first, text="Premier")
            gates.append(first)
            if len(gates) <= 2:
                both_have_one.wait(PATIENCE_S)
            ticket_in_sight(tx, second, lock=True)
            note(tx, second, text="Second")

        crossing.__name__ = "note"  # what the desk's permits know
        return pg_world.do("diane", NOON, crossing)

    assert refusals(at_once([lambda: both(*numbers), lambda: both(*reversed(numbers))])) == []
    assert len(gates) >= 3  # more, where who was taken back comes first again and stands in the other’s way anew
    for number in numbers:
        assert sorted(event.text for event in events(pg_world, number) if event.kind == "noted") == [
            "Premier",
            "Second",
        ]


def test_who_waits_for_a_ticket_too_long_is_told_so_and_nothing_is_written(pg_world: World) -> None:
    number = a_ticket(pg_world)
    with half_way(pg_world, "diane", NOON, note, number, text="Je réfléchis."):

        def impatient(tx: Tx) -> None:
            tx.session.connection().exec_driver_sql("SET LOCAL lock_timeout = 100")
            note(tx, number, text="Moi aussi")

        impatient.__name__ = "note"
        with pytest.raises(Crowded):
            pg_world.do("marc", NOON, impatient)
    assert noted(pg_world, number) == ["Je réfléchis."]
