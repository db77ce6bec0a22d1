"""A log imported again doubles nothing, and a longer one adds what came after."""

from pathlib import Path

from sqlalchemy import func, select

from sla.desk.note import note
from sla.importer import import_file
from sla.store.tables import Person, Timer
from tests.importer.logs import a_log, a_mapping, left_out, take_in
from tests.importer.stored import clock, digest, kinds, ticket
from tests.worlds import World, paris

FIRST = (
    "1;2026-11-23 09:00;Ouvrir;ana",
    "1;2026-11-23 10:00;Prendre;ana",
    "1;2026-11-23 10:00;Prendre;ana",
    "1;2026-11-23 11:00;Clore;ana",
    "1;2026-11-23 11:30;Clore;ana",
    "1;2026-11-23 12:00;Danser;ana",
    "2;2026-11-24 09:00;Ouvrir;ana",
    "2;2026-11-24 09:00;Imprimer;ana",
)


def test_the_same_log_twice_gives_the_same_desk_and_the_same_report(world: World, tmp_path: Path) -> None:
    once = take_in(world, tmp_path, *FIRST)
    report, before = (tmp_path / "report.csv").read_bytes(), digest(world)
    twice = take_in(world, tmp_path, *FIRST, at="2026-11-25 09:00")
    assert digest(world) == before
    assert (tmp_path / "report.csv").read_bytes() == report
    assert (once.imported, once.known, twice.imported, twice.known) == (4, 0, 0, 4)
    assert (
        left_out(once) == left_out(twice) == [(4, "duplicate"), (6, "illegal"), (7, "unknown_activity"), (9, "ignored")]
    )


def test_a_longer_log_adds_what_came_after(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, *FIRST)
    later = ("2;2026-11-24 14:00;Prendre;ben", "2;2026-11-24 16:00;Résoudre;ben", "3;2026-11-24 16:30;Ouvrir;ana")
    report = take_in(world, tmp_path, *reversed(later), *FIRST, at="2026-11-24 17:00")
    assert (report.imported, report.known) == (3, 4)
    assert kinds(world, "2") == ["deposited", "taken", "answered", "resolved"]
    resolution = clock(world, "2", "resolution")
    assert (resolution.mark, resolution.spent_s) == ("met", 6 * 3600)


def test_a_ticket_that_goes_on_keeps_only_the_timers_that_still_hold(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, *FIRST)
    number = ticket(world, "2").id

    def pending() -> set[str]:
        with world.desk.database.reading() as session:
            query = select(Timer).where(Timer.subject == number, Timer.state == "pending")
            query = query.where(Timer.kind != "contract_end")  # whose subject is a contract
            return {each.data.get("clock", each.kind) for each in session.scalars(query)}

    assert pending() == {"first_response", "resolution"}
    take_in(world, tmp_path, *FIRST, "2;2026-11-24 14:00;Prendre;ben", at="2026-11-24 14:05")
    assert pending() == {"resolution"}
    take_in(
        *(world, tmp_path, *FIRST, "2;2026-11-24 14:00;Prendre;ben", "2;2026-11-24 14:10;Résoudre;ben"),
        at="2026-11-24 14:15",
    )
    assert pending() == {"acceptance_reminder", "acceptance_end"}


def test_a_row_that_would_come_in_between_is_named(world: World, tmp_path: Path) -> None:
    """History grows only at its end."""
    take_in(world, tmp_path, *FIRST)
    before = digest(world)
    report = take_in(world, tmp_path, "1;2026-11-23 09:30;Noter;ana", "1;2026-11-23 09:15;Reprendre;ana", *FIRST)
    assert left_out(report)[:2] == [(2, "too_late"), (3, "illegal")]
    assert digest(world) == before


def test_what_the_desk_did_meanwhile_comes_before_what_the_log_then_adds(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, *FIRST)
    world.do("clara", "2026-11-24 14:00", note, ticket(world, "2").id, text="Vu.")
    rows = ("2;2026-11-24 13:45;Prendre;ben", "2;2026-11-24 14:30;Prendre;ben")
    report = take_in(world, tmp_path, *FIRST, *rows, at="2026-11-24 15:00")
    assert left_out(report)[-1] == (10, "too_late")
    assert kinds(world, "2") == ["deposited", "noted", "taken", "answered"]


def test_a_log_that_holds_only_what_is_new_finds_its_tickets(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, *FIRST)
    report = take_in(world, tmp_path, "2;2026-11-24 11:00;Prendre;ana", "1;2026-11-23 08:00;Prendre;ana")
    assert left_out(report) == [(3, "too_late")]
    assert kinds(world, "2") == ["deposited", "taken", "answered"]


def test_an_import_cut_short_goes_on_where_it_was(world: World, tmp_path: Path) -> None:
    """Batches that were committed stay; the others come with the next run."""
    log = a_log(tmp_path, *(f"{number};2026-03-02 10:00;Ouvrir;ana" for number in range(650)))

    def interrupt(done: int, total: int) -> None:
        if done >= 300:
            raise KeyboardInterrupt

    at = paris("2026-11-24 12:10")
    try:
        import_file(world.desk, log, a_mapping(tmp_path), None, interrupt, at=at)
    except KeyboardInterrupt:
        report = import_file(world.desk, log, a_mapping(tmp_path), None, at=at)
    assert (report.known, report.imported) == (300, 350)


def test_people_and_company_are_made_once(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, *FIRST)
    take_in(world, tmp_path, *FIRST, "9;2026-11-24 09:00;Ouvrir;ben")
    with world.desk.database.reading() as session:
        found = session.scalar(select(func.count()).where(Person.code.startswith("vieux:")))
    assert found == 2
