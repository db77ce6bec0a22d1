"""config/targets.toml is changed, the service started again: what was promised stays, what comes is promised anew."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.desk.accept import refuse
from sla.desk.actor import SYSTEM
from sla.desk.board import Filters, board
from sla.desk.calendar_edits import AddPeriod
from sla.desk.comment import comment
from sla.desk.edit_calendar import edit_calendar, preview_edit
from sla.desk.foresee import foresee
from sla.desk.keep_targets import keep_targets
from sla.desk.office import Desk
from sla.desk.promised_targets import promised_targets
from sla.desk.qualify import qualify
from sla.desk.resolve import resolve
from sla.desk.ticket_view import why
from sla.desk.verify import differences
from sla.settings import Settings
from sla.store.tables import TargetsVersion
from tests.desk.kept import ERROR, a_ticket, clock, count, due, fire, in_hand, life, ticket
from tests.worlds import World, paris

HOUR = 3600
THURSDAY = AddPeriod("closures", paris("2026-06-04 09:00"), paris("2026-06-04 17:00"), "Fermeture")
AFTERNOON = AddPeriod("closures", paris("2026-06-01 13:30"), paris("2026-06-01 17:00"), "Coupure")


def shorter(settings: Settings) -> Settings:
    """A major error is answered within one hour, not two, and solved within seven, not fourteen; accepted within three
    days, not five."""
    levels = {level: dict(row) for level, row in settings.targets.levels.items()}
    major = levels[Coverage.MAINTENANCE][Severity.MAJOR]
    levels[Coverage.MAINTENANCE][Severity.MAJOR] = replace(major, first_response=HOUR, resolution=7 * HOUR)
    work = replace(settings.work, acceptance_days=3)
    return replace(settings, targets=replace(settings.targets, levels=levels), work=work)


@pytest.fixture
def changed(world: World) -> Iterator[World]:
    """Started on 25 May, and again with shorter targets on 1 June at 10:00."""
    world.do(SYSTEM, "2026-05-25 08:00", keep_targets)
    with closing(Desk.open(shorter(world.desk.settings))) as desk:
        yield replace(world, desk=desk)


def test_a_start_with_the_same_targets_keeps_nothing(world: World) -> None:
    assert world.do(SYSTEM, "2026-06-01 08:00", keep_targets) == 1
    assert world.do(SYSTEM, "2026-06-01 09:00", keep_targets) is None
    assert count(world, TargetsVersion) == 1


def test_what_was_promised_stays_promised_and_what_comes_is_promised_anew(world: World, changed: World) -> None:
    """Deposited at 9:00, changed at 10:00, deposited at 10:05."""
    before = a_ticket(world)
    assert changed.do(SYSTEM, "2026-06-01 10:00", keep_targets) == 2
    after = a_ticket(changed, "2026-06-01 10:05")
    changed.do("julie", "2026-06-01 10:06", comment, before, text="Alors ?")
    assert clock(changed, before, "first_response").due_at == paris("2026-06-01 11:00")
    assert clock(changed, before, "resolution").due_at == paris("2026-06-02 17:00")
    assert clock(changed, after, "first_response").due_at == paris("2026-06-01 11:05")
    assert clock(changed, after, "resolution").due_at == paris("2026-06-02 10:05")
    view, explained = changed.see("diane", "2026-06-01 10:30", why, before, "resolution")
    assert (view.target_s, explained.ahead[-1].end) == (14 * HOUR, paris("2026-06-02 17:00"))
    assert due(changed, "sla_level", before)[:2] == [paris("2026-06-01 10:00"), paris("2026-06-01 10:30")]
    for at in ("2026-06-01 10:30", "2026-06-01 17:00", "2026-06-03 09:00"):
        fire(changed, at)
        assert changed.see(SYSTEM, at, differences) == []


def test_said_to_be_graver_or_milder_it_is_promised_by_the_targets_of_then(world: World, changed: World) -> None:
    minor = a_ticket(world, severity="minor")
    changed.do(SYSTEM, "2026-06-01 09:30", keep_targets)
    changed.do("diane", "2026-06-01 09:40", qualify, minor, severity="major", reason="Plus grave.")
    assert clock(changed, minor, "first_response").due_at == paris("2026-06-01 10:00")
    assert changed.see(SYSTEM, "2026-06-01 09:40", differences) == []


def test_a_window_of_acceptance_that_was_given_stays(world: World, changed: World) -> None:
    """Resolved on Monday 1 June, changed the same day: it is refused on the 5th within its five days."""
    number = in_hand(world)
    world.do("clara", "2026-06-01 10:00", resolve, number, text="Fait.")
    changed.do(SYSTEM, "2026-06-01 11:00", keep_targets)
    assert life(changed, number).accept_until == paris("2026-06-08 10:00")
    changed.do("julie", "2026-06-05 10:00", refuse, number, text="Toujours figé.")
    assert clock(changed, number, "resolution").cycle == 1
    assert changed.see(SYSTEM, "2026-06-05 10:00", differences) == []


def test_a_closure_moves_a_window_of_acceptance_by_its_own_five_days(world: World, changed: World) -> None:
    number = in_hand(world)
    world.do("clara", "2026-06-01 10:00", resolve, number, text="Fait.")
    changed.do(SYSTEM, "2026-06-01 11:00", keep_targets)
    changed.do("marc", "2026-06-01 12:00", edit_calendar, THURSDAY, reason="Fermeture")
    fire(changed, "2026-06-01 12:01")
    assert ticket(changed, number).accept_until == paris("2026-06-09 10:00")
    assert changed.see(SYSTEM, "2026-06-01 12:02", differences) == []


def test_a_machine_that_still_runs_by_the_former_file_promises_what_was_kept_last(world: World, changed: World) -> None:
    changed.do(SYSTEM, "2026-06-01 08:30", keep_targets)
    number = a_ticket(world)
    assert clock(world, number, "first_response").due_at == paris("2026-06-01 10:00")
    assert changed.see(SYSTEM, "2026-06-01 09:00", differences) == []


def test_such_a_machine_tells_and_shows_what_was_kept_last(world: World, changed: World) -> None:
    """One hour for a major error: on the form, on the board, which watches its last quarter, and on the targets' page.
    What was promised before, two hours, is watched for its last half-hour."""
    before = a_ticket(world, "2026-06-01 08:00")
    changed.do(SYSTEM, "2026-06-01 09:00", keep_targets)
    after = a_ticket(world, "2026-06-01 10:00")
    told = world.see("julie", "2026-06-01 10:00", foresee, item=ERROR, severity="major").promise
    assert (told.target, told.due) == (HOUR, paris("2026-06-01 11:00"))
    assert world.see(SYSTEM, "2026-06-01 10:00", promised_targets).targets == changed.desk.settings.targets
    for machine in (world, changed):
        for at, soon in (("10:29", []), ("10:30", [before]), ("10:45", [before, after])):
            rows = machine.see("diane", f"2026-06-01 {at}", board, Filters("late")).rows
            assert [row.id for row in rows] == soon


def test_a_closure_saved_on_such_a_machine_leaves_alone_what_is_promised_round_the_clock(world: World) -> None:
    settings = world.desk.settings
    maintenance = settings.targets.levels[Coverage.MAINTENANCE]
    always = {severity: replace(target, always=True) for severity, target in maintenance.items()}
    levels = {**settings.targets.levels, Coverage.MAINTENANCE: always}
    with closing(Desk.open(replace(settings, targets=replace(settings.targets, levels=levels)))) as desk:
        replace(world, desk=desk).do(SYSTEM, "2026-06-01 08:00", keep_targets)
    number = a_ticket(world)
    before = clock(world, number, "resolution").due_at
    assert before == paris("2026-06-01 23:00")
    assert world.see("marc", "2026-06-01 10:00", preview_edit, AFTERNOON).moved == []
    world.do("marc", "2026-06-01 10:00", edit_calendar, AFTERNOON, reason="Coupure")
    fire(world, "2026-06-01 10:01")
    assert clock(world, number, "resolution").due_at == before
    assert world.see(SYSTEM, "2026-06-01 10:02", differences) == []
