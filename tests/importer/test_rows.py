"""Every row of a log is imported, or named in the report with its line and the reason."""

import csv
from pathlib import Path

import pytest

from sla.errors import AlreadyDone, Unknown
from sla.importer import import_file
from sla.importer.cells import ColumnMissing, UnreadableFile
from sla.importer.run import UnwritableReport
from tests.importer.logs import HEADER, a_log, a_mapping, left_out, take_in
from tests.importer.stored import clock, digest, history, kinds, ticket
from tests.worlds import World, paris

OPENED = "1;2026-03-02 10:00;Ouvrir;ana"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1;2026-03-02 11:00;Danser;ana", "unknown_activity"),
        ("1;2026-03-02 11:00;prendre;ana", "unknown_activity"),
        ("1;hier;Prendre;ana", "bad_instant"),
        ("1;2026-02-30 11:00;Prendre;ana", "bad_instant"),
        ("1;;Prendre;ana", "bad_instant"),
        ("1;2026-03-29 02:30;Prendre;ana", "gap"),
        ("1;2027-03-02 11:00;Prendre;ana", "in_the_future"),
        ("1;1805-03-02 11:00;Prendre;ana", "out_of_reach"),
        ("1;2026-03-02 11:00;Prendre", "columns"),
        ("1;2026-03-02 11:00;Prendre;ana;de trop", "columns"),
        (";2026-03-02 11:00;Prendre;ana", "no_ticket"),
        (f"{'9' * 80};2026-03-02 11:00;Prendre;ana", "too_long"),
        (f"1;2026-03-02 11:00;Prendre;{'a' * 40}", "too_long"),
        (f"1;2026-03-02 11:00;{'P' * 140_000};ana", "too_long"),
        ("1;2026-03-02 11:00;Pren\x00dre;ana", "bad_text"),
        ("1;2026-03-02 11:00;Prendre;\u202eana", "bad_text"),
        ("1;2026-03-02 11:00;Imprimer;ana", "ignored"),
        ("1;2026-03-02 11:00;Prendre;", "no_technician"),
        (OPENED, "duplicate"),
        ("1;2026-03-02 11:00;Ouvrir;ana", "illegal"),
        ("1;2026-03-02 11:00;Reprendre;ana", "illegal"),
    ],
)
def test_a_row_that_can_not_be_taken_in_is_named_with_its_reason(
    world: World, tmp_path: Path, row: str, reason: str
) -> None:
    report = take_in(world, tmp_path, OPENED, row, "1;2026-03-02 12:00;Résoudre;ana")
    assert left_out(report) == [(3, reason)]
    assert (report.rows, report.imported, report.by_reason) == (3, 2, {reason: 1})
    assert kinds(world, "1") == ["deposited", "resolved"]


def test_a_row_in_another_encoding_costs_that_row_alone(world: World, tmp_path: Path) -> None:
    log = a_log(tmp_path, OPENED, "1;2026-03-02 11:00;Noter;Ren?", "1;2026-03-02 12:00;Noter;René")
    log.write_bytes(log.read_bytes().replace(b"Ren?", "René".encode("cp1252")))
    report = import_file(world.desk, log, a_mapping(tmp_path), tmp_path / "report.csv", at=paris("2026-11-24 12:10"))
    assert left_out(report) == [(3, "bad_text")]
    assert "Ren\\udce9" in (tmp_path / "report.csv").read_text("utf-8-sig")


def test_the_report_names_line_row_and_reason(world: World, tmp_path: Path) -> None:
    report = take_in(
        *(world, tmp_path, OPENED, "1;2026-03-02 11:00;Danser;ana", "", OPENED),
        *("1;2026-03-02 12:00;Clore;ana", "1;2026-03-02 13:00;Clore;ana", "1;=1+1;Clore;ana"),
    )
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows == [
        ["ligne", "ticket", "instant", "activité", "technicien", "motif", "explication"],
        [
            *("3", "1", "2026-03-02 11:00", "Danser", "ana", "unknown_activity"),
            "l’activité n’est pas dans le fichier de correspondance",
        ],
        [
            *("5", "1", "2026-03-02 10:00", "Ouvrir", "ana", "duplicate"),
            "la même ligne est déjà dans le fichier (ligne 2)",
        ],
        [
            *("7", "1", "2026-03-02 13:00", "Clore", "ana", "illegal"),
            "l’activité n’est pas possible dans l’état où est le ticket (Clos)",
        ],
        ["8", "1", "'=1+1", "Clore", "ana", "bad_instant", "l’instant n’a aucun des formats annoncés"],
    ]
    assert report.lines()[0].startswith("6 lignes, 1 ticket\u00a0: 2 importées, 0 déjà importée, 4 écartées (")
    assert report.lines()[1:] == [
        "  1\u00a0: l’activité n’est pas dans le fichier de correspondance",
        "  1\u00a0: la même ligne est déjà dans le fichier",
        "  1\u00a0: l’activité n’est pas possible dans l’état où est le ticket",
        "  1\u00a0: l’instant n’a aucun des formats annoncés",
    ]


@pytest.mark.parametrize(("which", "at"), [("earlier", "2026-10-25T00:30Z"), ("later", "2026-10-25T01:30Z")])
def test_of_an_hour_that_comes_twice_the_mapping_says_which_is_meant(
    world: World, tmp_path: Path, which: str, at: str
) -> None:
    """On Sunday 25 October 2026, 02:30 comes twice; the clock starts on Monday, and 14:00 is its very deadline."""
    rows = ("1;2026-10-25 02:30;Ouvrir;ana", "1;2026-10-26 14:00;Prendre;ana")
    take_in(world, tmp_path, *rows, repeated_hour=f'"{which}"')
    assert ticket(world, "1").deposited_at.strftime("%Y-%m-%dT%H:%MZ") == at
    first = clock(world, "1", "first_response")
    assert (first.mark, first.due_at, first.spent_s) == ("met", paris("2026-10-26 14:00"), 4 * 3600)


def test_instants_are_read_in_the_zone_of_the_log(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, "1;2026-03-02 10:00;Ouvrir;ana", zone='"Europe/Lisbon"')
    assert ticket(world, "1").deposited_at == paris("2026-03-02 11:00")


def test_rows_out_of_order_are_put_in_order_of_time_then_of_line(world: World, tmp_path: Path) -> None:
    take_in(
        *(world, tmp_path, "1;2026-03-02 12:00;Clore;ana", "1;2026-03-02 11:00;Prendre;ana"),
        *("1;2026-03-02 11:00;Résoudre;ana", "1;2026-03-02 10:00;Ouvrir;ana"),
    )
    assert kinds(world, "1") == ["deposited", "taken", "answered", "resolved", "closed"]


def test_the_first_row_stands_for_the_deposit_beside_what_it_says(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, "1;2026-03-02 10:00;Noter;ana", "2;2026-03-02 11:00;Imprimer;ana")
    assert kinds(world, "1") == ["deposited", "noted"]
    assert kinds(world, "2") == ["deposited"]


def test_without_that_switch_a_ticket_needs_a_row_for_its_deposit(world: World, tmp_path: Path) -> None:
    rows = ("1;2026-03-02 09:00;Noter;ana", OPENED, "2;2026-03-02 10:00;Résoudre;ana")
    report = take_in(world, tmp_path, *rows, first_is_deposit="false")
    assert left_out(report) == [(2, "illegal"), (4, "illegal")]
    assert "(pas encore déposé)" in report.named[0].sentence
    assert kinds(world, "1") == ["deposited"]


def test_what_the_mapping_does_not_imply_is_not_forced(world: World, tmp_path: Path) -> None:
    """A ticket taken while it waits, or taken or closed without what must come first, is left as it was."""
    rows = (
        *(OPENED, "1;2026-03-02 11:00;Clore;ana", "1;2026-03-02 12:00;Attendre;ana", "1;2026-03-02 14:00;Prendre;ana"),
        *("1;2026-03-02 15:00;Résoudre;ana", "1;2026-03-02 16:00;Prendre;ana"),
    )
    switches = dict.fromkeys(("taken_answers", "taken_resumes", "taken_reopens", "closed_resolves"), "false")
    report = take_in(world, tmp_path, *rows, **switches)
    assert left_out(report) == [(3, "illegal"), (5, "illegal"), (7, "illegal")]
    assert kinds(world, "1") == ["deposited", "waiting_client", "resolved"]


def test_taking_in_charge_is_no_answer_where_the_mapping_says_so(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, OPENED, "1;2026-03-02 11:00;Prendre;ana", taken_answers="false")
    assert clock(world, "1", "first_response").mark == "running"


def test_a_requalification_counts_its_target_from_the_deposit(world: World, tmp_path: Path) -> None:
    """Major: first response in 2 h; minor had 4 h."""
    take_in(world, tmp_path, OPENED, "1;2026-03-02 11:00;Urgent;ana", "1;2026-03-02 11:30;Prendre;ana")
    first = clock(world, "1", "first_response")
    assert (ticket(world, "1").severity, first.due_at, first.mark) == ("major", paris("2026-03-02 12:00"), "met")


def test_every_event_keeps_its_author_and_the_name_of_its_activity(world: World, tmp_path: Path) -> None:
    take_in(world, tmp_path, OPENED, "1;2026-03-02 11:00;Signaler;ben")
    reported = history(world, "1")[-1]
    assert (reported.kind, reported.author, reported.at) == ("waiting_publisher", "ben", paris("2026-03-02 11:00"))
    assert (reported.data["activity"], reported.data["by"]) == ("Signaler", "ben")


def test_a_file_that_is_no_such_log_is_refused_and_nothing_is_written(world: World, tmp_path: Path) -> None:
    before, mapping, at = digest(world), a_mapping(tmp_path), paris("2026-11-24 12:10")
    with pytest.raises(ColumnMissing) as missing:
        import_file(world.desk, a_log(tmp_path, OPENED, header="ref;quand;quoi;who"), mapping, at=at)
    assert "«\u00a0qui\u00a0»" in missing.value.sentence()
    assert "ref, quand, quoi, who" in missing.value.sentence()
    (tmp_path / "empty.csv").touch()
    with pytest.raises(ColumnMissing):
        import_file(world.desk, tmp_path / "empty.csv", mapping, at=at)
    with pytest.raises(UnreadableFile) as absent:
        import_file(world.desk, tmp_path / "absent.csv", mapping, at=at)
    assert "le système répond «\u00a0No such file or directory\u00a0»" in absent.value.sentence("fr")
    assert absent.value.sentence("en").endswith("the system says “No such file or directory”.")
    with pytest.raises(UnwritableReport):
        import_file(world.desk, a_log(tmp_path, OPENED), mapping, tmp_path / "no" / "report.csv", at=at)
    log = a_log(tmp_path, OPENED)
    with pytest.raises(UnwritableReport) as itself:
        import_file(world.desk, log, mapping, log, at=at)
    assert itself.value.sentence("en").endswith(": it is the log itself.")
    assert log.stat().st_size > 0, "a report never overwrites its log"
    with pytest.raises(Unknown):
        import_file(world.desk, a_log(tmp_path, OPENED), a_mapping(tmp_path, item='"poésie"'), at=at)
    with pytest.raises(AlreadyDone):
        take_in(world, tmp_path, OPENED, email='"julie@acme.example.test"')
    assert digest(world) == before


def test_a_log_of_nothing_but_its_header_imports_nothing(world: World, tmp_path: Path) -> None:
    report = take_in(world, tmp_path)
    assert (report.rows, report.tickets, report.named) == (0, 0, ())
    assert (tmp_path / "report.csv").read_bytes().startswith(b"\xef\xbb\xbfligne;ticket;")


def test_a_quote_never_closed_is_named_with_the_lines_that_it_swallowed(world: World, tmp_path: Path) -> None:
    report = take_in(world, tmp_path, OPENED, '1;2026-03-02 11:00;"Prendre;ana', "1;2026-03-02 12:00;Résoudre;ana")
    assert left_out(report) == [(3, "columns")]
    assert "de la ligne 3 à la ligne 4" in report.named[0].sentence


def test_progress_is_told_until_all_rows_are_done(world: World, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows = [f"{number};2026-03-02 10:00;Ouvrir;ana" for number in range(301)]
    log = a_log(tmp_path, *rows, header=HEADER)
    at = paris("2026-11-24 12:10")
    import_file(world.desk, log, a_mapping(tmp_path), None, lambda done, total: told.append((done, total)), at=at)
    assert told == [(0, 301), (300, 301), (301, 301)]
