"""config/calendar.toml until somebody edits the calendar here: kept at the first start; changed, one edition more."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.calendar_edits import AddPeriod
from sla.desk.calls import call_back
from sla.desk.edit_calendar import calendar_to_keep, edit_calendar, keep_calendar
from sla.desk.office import Desk
from sla.desk.verify import differences
from sla.store.tables import CalendarVersion
from tests.desk.kept import a_ticket, clock, fire, kinds
from tests.worlds import World, paris

FIRST = "2026-05-25 08:00"
BRIDGE = AddPeriod("closures", paris("2026-06-02 09:00"), paris("2026-06-02 17:00"), "Pont")


@pytest.fixture
def changed(world: World) -> Iterator[World]:
    """Started on 25 May; Tuesday 2 June is then closed in the file, and the service is to be started again."""
    world.do(SYSTEM, FIRST, keep_calendar)
    closed = world.desk.settings.calendar.without([(BRIDGE.start, BRIDGE.end, BRIDGE.label)])
    with closing(Desk.open(replace(world.desk.settings, calendar=closed))) as desk:
        yield replace(world, desk=desk)


def editions(world: World) -> list[tuple[int, str]]:
    with world.desk.database.reading() as session:
        rows = session.scalars(select(CalendarVersion).order_by(CalendarVersion.number))
        return [(each.number, each.author) for each in rows]


def test_the_first_start_keeps_the_file_and_the_next_nothing(world: World) -> None:
    number = a_ticket(world)
    assert world.do(SYSTEM, FIRST, keep_calendar) == 1
    assert world.do(SYSTEM, FIRST, keep_calendar) is None
    assert editions(world) == [(1, "config/calendar.toml")]
    assert clock(world, number, "resolution").due_at == paris("2026-06-02 17:00")


def test_a_file_that_was_changed_is_an_edition_from_the_start_on(world: World, changed: World) -> None:
    """Until then the edition that was kept counts, on every machine; then what runs is moved and says so."""
    number = a_ticket(changed)
    assert clock(changed, number, "resolution").due_at == paris("2026-06-02 17:00")
    assert changed.see(SYSTEM, "2026-06-01 10:00", calendar_to_keep)
    assert changed.do(SYSTEM, "2026-06-01 10:00", keep_calendar) == 2
    assert clock(world, number, "resolution").due_at == paris("2026-06-03 17:00")
    assert kinds(changed, number)[-1] == "rescheduled"
    assert changed.see(SYSTEM, "2026-06-01 10:00", differences) == []


def test_a_call_that_the_file_has_closed_in_stays_for_the_dispatcher_to_move(world: World, changed: World) -> None:
    """Nobody is reminded at an opening that is none; a quarter of an hour of working time later it is missed."""
    number = a_ticket(world)
    world.do("clara", "2026-06-01 09:30", call_back, number, starts_at="2026-06-02T10:00")
    changed.do(SYSTEM, "2026-06-01 10:00", keep_calendar)
    fire(changed, "2026-06-03 09:15")
    assert kinds(changed, number)[-1] == "call_missed"
    assert changed.see(SYSTEM, "2026-06-03 09:15", differences) == []


def test_once_somebody_has_edited_it_here_the_file_counts_no_more(world: World, changed: World) -> None:
    world.do("marc", "2026-06-01 09:00", edit_calendar, BRIDGE, reason="Pont")
    assert not changed.see(SYSTEM, "2026-06-01 10:00", calendar_to_keep)
    assert changed.do(SYSTEM, "2026-06-01 10:00", keep_calendar) is None
    assert editions(changed) == [(1, "config/calendar.toml"), (2, "Marc")]
