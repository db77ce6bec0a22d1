"""Whatever a log holds: every row is accounted for, and it may come whole, twice or in two parts to the same effect."""

from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sla.importer import ImportReport, import_file
from sla.store.tables import ClockRow, Event, Ticket
from sla.ticket.fold import fold
from tests.importer.logs import ACTIVITIES, a_log, a_mapping, left_out
from tests.importer.stored import same_clock
from tests.worlds import World, paris

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2"]),
        st.integers(0, 9).map(lambda day: f"2026-03-{day + 2:02}"),
        st.sampled_from(["09:00", "12:45", "16:59"]),
        st.sampled_from([*ACTIVITIES, "Urgent", "Danser"]),
        st.sampled_from(["ana", "ben", ""]),
    ),
    max_size=12,
)
SOURCES = count(1)
Told = list[tuple[str, object, str, str]]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, cut=st.integers(0, 10))
def test_a_log_whole_twice_or_in_two_parts_has_the_same_effect(
    world: World, tmp_path: Path, rows: list[tuple[str, str, str, str, str]], cut: int
) -> None:
    lines = [f"{ticket};{day} {time};{activity};{who}" for ticket, day, time, activity, who in rows]
    early = [line for line, row in zip(lines, rows, strict=True) if row[1] < f"2026-03-{cut + 2:02}"]
    whole, parts = f"whole-{next(SOURCES)}", f"parts-{next(SOURCES)}"

    once = _import(world, tmp_path, whole, lines)
    kept = _histories(world, whole)
    assert once.rows == once.imported + len(once.named) == len(lines)
    again = _import(world, tmp_path, whole, lines)
    assert (again.imported, again.known, left_out(again)) == (0, once.imported, left_out(once))
    assert _histories(world, whole) == kept

    first = _import(world, tmp_path, parts, early)
    second = _import(world, tmp_path, parts, lines)
    assert first.imported + second.imported == once.imported
    assert left_out(second) == left_out(once)
    assert _histories(world, parts) == kept


def _import(world: World, folder: Path, source: str, lines: list[str]) -> ImportReport:
    mapping = a_mapping(folder, source=f'"{source}"')
    return import_file(world.desk, a_log(folder, *lines), mapping, at=paris("2026-11-24 12:10"))


def _histories(world: World, source: str) -> dict[str, Told]:
    """Each ticket's history, once it is sure that what is stored beside it is its fold."""
    found: dict[str, Told] = {}
    with world.desk.database.reading() as session:
        for ticket in session.scalars(select(Ticket).where(Ticket.reference.startswith(f"{source}:"))):
            history = session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.seq)).all()
            life = fold(history, world.rules)
            assert (ticket.state, ticket.seq, ticket.severity) == (life.state, len(history), life.severity)
            for row in session.scalars(select(ClockRow).where(ClockRow.ticket_id == ticket.id)):
                assert same_clock(row, next(each for each in life.clocks.values() if each.name == row.name))
            number = (ticket.reference or "").partition(":")[2]
            found[number] = [(each.kind, each.at, each.data["by"], each.text) for each in history]
    return found
