"""Several at once on one database: nothing is overdrawn, nothing is taken twice, the second is told."""

from collections.abc import Callable

import pytest

from sla.desk.actor import SYSTEM
from sla.desk.assign import assign
from sla.desk.correct_work import correct_work
from sla.desk.hours import correct_hours
from sla.desk.ledger import owed_by
from sla.desk.running_work import confirm_work, start_work
from sla.desk.stints import Timed
from sla.desk.take import take, take_next
from sla.desk.verify import differences
from sla.desk.work import work
from sla.errors import NotFound, Overtaken, Refused
from sla.store.tables import Event, Stint
from tests.desk.at_once import at_once
from tests.desk.kept import USAGE, a_ticket, balance, count, fire, kinds, ledger, ticket
from tests.worlds import World

NOON = "2026-06-01 12:00"


@pytest.fixture
def world(each_world: World) -> World:
    return each_world


def test_forty_interventions_that_close_at_once_never_overdraw(world: World) -> None:
    """40 × 3 quarters on 40: 40 are consumed, to the quarter-hour, and 80 are owed, whatever the order."""
    numbers = [a_ticket(world, "2026-06-01 08:00", item=USAGE) for _ in range(40)]

    def close(index: int) -> Callable[[], object]:
        who, start = ("clara", "mehdi", "sandrine", "yann")[index % 4], f"2026-06-01T{index // 4:02d}:00"
        return lambda: world.do(who, NOON, work, numbers[index], minutes=45, started_at=start)

    done = at_once([close(index) for index in range(40)])
    assert not [each for each in done if isinstance(each, Refused)]
    assert balance(world) == 0
    assert sum(quarters for _, quarters in ledger(world)) == 0
    assert world.see("diane", NOON, owed_by, world.companies["acme"]) == 80
    assert world.see(SYSTEM, NOON, differences) == []


def test_corrections_at_once_never_overdraw(world: World) -> None:
    takes = [lambda: world.do("marc", NOON, correct_hours, world.forfait, quarters=-15, reason="Retrait")] * 4
    done = at_once(takes)
    assert sorted(type(each).__name__ for each in done) == ["Forfait", "Forfait", "Overdrawn", "Overdrawn"]
    assert balance(world) == 10


def test_four_technicians_who_ask_at_once_get_four_tickets(world: World) -> None:
    numbers = {a_ticket(world, severity=severity) for severity in ("blocking", "major", "minor")}

    def ask(who: str) -> Callable[[], object]:
        return lambda: world.do(who, NOON, take_next)[0].id

    got = at_once([ask(who) for who in ("clara", "mehdi", "sandrine", "yann")])
    assert {each for each in got if isinstance(each, int)} == numbers
    assert [type(each) for each in got if not isinstance(each, int)] == [NotFound]


def test_two_dispatchers_and_a_technician_act_on_what_they_saw_one_is_first(world: World) -> None:
    number = a_ticket(world)
    seen = ticket(world, number).seq
    done = at_once(
        [
            lambda: world.do("diane", NOON, assign, number, technician=world.yann.id, seen_seq=seen),
            lambda: world.do("marc", NOON, assign, number, technician=world.mehdi.id, seen_seq=seen),
            lambda: world.do("clara", NOON, take, number, seen_seq=seen),
        ]
    )
    assert [type(each) for each in done if isinstance(each, Refused)] == [Overtaken, Overtaken]
    assert len(kinds(world, number)) == seen + 1


def test_deposits_at_once_each_have_a_number_and_a_history(world: World) -> None:
    numbers = at_once([lambda: a_ticket(world) for _ in range(8)])
    assert len(set(numbers)) == 8
    assert count(world, Event) == 8 * 3


def test_a_technician_who_begins_twice_at_once_has_one_timer(world: World) -> None:
    """Two windows, two tickets, the same instant: one runs, the other is told which."""
    numbers = [a_ticket(world, item=USAGE), a_ticket(world)]

    def begin(number: int) -> Callable[[], object]:
        return lambda: world.do("clara", NOON, start_work, number)

    done = at_once([begin(number) for number in numbers * 2])
    assert sorted({type(each).__name__ for each in done} - {"AlreadyDone"}) == ["Timed", "TimerRuns"]
    assert [type(each) for each in done].count(Timed) == 1
    assert count(world, Stint) == 1


def test_time_confirmed_or_corrected_twice_at_once_counts_once(world: World) -> None:
    number = a_ticket(world, "2026-06-01 08:00", item=USAGE)
    world.do("clara", "2026-06-01 11:00", start_work, number)
    fire(world, "2026-06-01 12:30")
    later = "2026-06-01 14:00"
    done = at_once([lambda: world.do("clara", later, confirm_work, 1)] * 3)
    assert sorted(type(each).__name__ for each in done) == ["AlreadyDone", "AlreadyDone", "Timed"]
    assert balance(world) == 34
    done = at_once([lambda: world.do("clara", later, correct_work, 1, minutes=30, reason="x")] * 3)
    assert sorted(type(each).__name__ for each in done) == ["CorrectedSince", "CorrectedSince", "Intervention"]
    assert balance(world) == 38
    assert world.see(SYSTEM, later, differences) == []
