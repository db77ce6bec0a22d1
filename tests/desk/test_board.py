"""The queue as dispatchers read it: its order, its views, its search; and how often it asks the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Table, event, insert, literal, select

from sla.desk.board import Board, Filters, board
from sla.desk.deposit import deposit
from sla.desk.lanes import lanes
from sla.desk.my_day import my_day
from sla.desk.options import options
from sla.desk.wait import wait_for_client
from sla.errors import Forbidden
from sla.store.tables import ClockRow, Ticket
from tests.worlds import World

MORNING = "2026-11-24 09:00"


def deposited(world: World, at: str = MORNING, who: str = "bruno", **given: str) -> int:
    """A major software error of bolt's, unless said otherwise: first answer owed within 2 h of working time."""
    facts = {"item": "erreurs", "severity": "major", "title": "Écran figé", "description": "Rien ne répond.", **given}
    return int(world.do(who, at, deposit, **facts).id)


def numbers(found: Board) -> list[int]:
    return [row.id for row in found.rows]


def seen(world: World, at: str, **narrowed: Any) -> Board:
    found: Board = world.see("diane", at, board, Filters(**narrowed), with_plan=False)
    return found


def test_what_has_least_working_time_left_comes_first_and_what_is_paused_comes_last(world: World) -> None:
    question = deposited(world, severity="question")  # 7 h: due at 17:00
    paused = deposited(world)
    blocking = deposited(world, severity="blocking")  # 1 h: due at 10:00
    world.do("mehdi", "2026-11-24 09:05", wait_for_client, paused, text="Quel poste ?")
    assert numbers(seen(world, "2026-11-24 09:30")) == [blocking, question, paused]


def test_time_left_is_working_time_and_negative_once_late(world: World) -> None:
    """Due at 11:00: at 10:20 there are 40 minutes left; at 13:30, an hour and a half has gone by, lunch not counted."""
    deposited(world)
    assert seen(world, "2026-11-24 10:20").rows[0].left_s == 40 * 60
    late = seen(world, "2026-11-24 13:30").rows[0]
    assert (late.left_s, late.mark) == (-90 * 60, "late")


@pytest.mark.parametrize(
    ("at", "mark", "found"), [("10:29", "on_time", 0), ("10:30", "watch", 1), ("11:01", "late", 1)]
)
def test_a_clock_is_to_be_watched_from_a_quarter_of_its_time_left(world: World, at: str, mark: str, found: int) -> None:
    """2 h promised: from 10:30 half an hour is left, and the view « Dépassé ou bientôt » shows it and counts it."""
    deposited(world)
    assert seen(world, f"2026-11-24 {at}").rows[0].mark == mark
    pressing = seen(world, f"2026-11-24 {at}", view="late")
    assert (len(pressing.rows), pressing.counts["late"]) == (found, found)


def test_each_view_shows_as_many_as_it_counts(world: World) -> None:
    waiting = deposited(world)
    deposited(world, who="sonia")  # no contract: a dispatcher decides, nobody has it
    deposited(world, severity="blocking", at="2026-11-23 09:00")
    world.do("mehdi", "2026-11-24 09:05", wait_for_client, waiting, text="Quel poste ?")
    counts = seen(world, "2026-11-24 09:30").counts
    assert counts == {"all": 3, "late": 1, "unassigned": 1, "paused": 1, "contested": 0}
    assert {view: seen(world, "2026-11-24 09:30", view=view).total for view in counts} == counts


def test_a_search_heeds_neither_accents_nor_case_and_finds_a_number(world: World) -> None:
    number = deposited(world, title="Édition des BONS de livraison")
    deposited(world, title="Autre chose")
    for text in ("edition", "BONS", "édition bons", f"#{number}", f"nº{number}"):
        assert numbers(seen(world, "2026-11-24 09:30", text=text)) == [number], text
    assert seen(world, "2026-11-24 09:30", text="100%").rows == []
    assert len(numbers(seen(world, "2026-11-24 09:30", text="bolt"))) == 2


def test_the_board_is_for_support_alone(world: World) -> None:
    for who in ("julie", "paul"):
        with pytest.raises(Forbidden):
            world.see(who, MORNING, board)


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    event.listen(world.desk.database.engine, "before_cursor_execute", count)
    yield asked
    event.remove(world.desk.database.engine, "before_cursor_execute", count)


def multiplied(world: World, times: int) -> None:
    """Every ticket and its clocks again, `times` times: open ones as the verbs wrote them, under other numbers."""
    with world.desk.database.writing() as session:
        for turn in range(1, times):
            for row, key in ((Ticket, "id"), (ClockRow, "ticket_id")):
                table = row.__table__
                assert isinstance(table, Table)
                names = [column.name for column in table.columns if column.name != "reference"]
                columns = [table.c[name] + literal(1000 * turn) if name == key else table.c[name] for name in names]
                session.execute(insert(table).from_select(names, select(*columns).where(table.c[key] < 1000)))


READS: dict[str, Callable[[World, int], Any]] = {
    "board": lambda world, number: world.see("diane", "2026-11-24 10:00", board),
    "lanes": lambda world, number: world.see("diane", "2026-11-24 10:00", lanes),
    "options": lambda world, number: world.see("diane", "2026-11-24 10:00", options, number),
    "my_day": lambda world, number: world.see("mehdi", "2026-11-24 10:00", my_day),
}


@pytest.mark.parametrize("name", READS)
def test_no_read_of_the_board_asks_once_a_row(world: World, name: str) -> None:
    """As many statements with 300 open tickets as with 5."""
    one = [deposited(world, severity=severity) for severity in ("blocking", "major", "minor", "question")][-1]
    deposited(world, who="julie", item="etats")
    with counted(world) as few:
        READS[name](world, one)
    multiplied(world, 60)
    assert seen(world, "2026-11-24 10:00").total == 300
    with counted(world) as many:
        READS[name](world, one)
    assert len(many) == len(few)


def test_closed_tickets_are_not_looked_through(sqlite_world: World) -> None:
    """What awaits is found by an index of what awaits, however many are closed."""
    deposited(sqlite_world)
    with counted(sqlite_world) as asked:
        seen(sqlite_world, "2026-11-24 10:00")
    with sqlite_world.desk.database.reading() as session:
        of_tickets = [each for each in asked if "FROM tickets" in each]
        assert of_tickets
        for statement in of_tickets:
            values = tuple("x" for _ in range(statement.count("?")))
            steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert "SCAN tickets" not in [step[3] for step in steps], statement
