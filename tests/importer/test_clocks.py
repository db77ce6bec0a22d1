"""After an import the clocks, the board and the reports say of old tickets what they say of the desk's own.

The booklet's hours; minor, maintenance: first response in 4 h, resolution in 35 h of opening time.
"""

from pathlib import Path

import pytest
from sqlalchemy import select

from sla.desk.board import board
from sla.desk.ticket_view import see_ticket
from sla.store.tables import ClockRow, Company, Message, Person, Prediction, Ticket, Timer
from sla.ticket.clock import ClockName, Mark
from sla.ticket.fold import fold
from tests.importer.logs import take_in
from tests.importer.stored import clock, history, kinds, same_clock, ticket
from tests.worlds import World, paris

LOG = (
    # 101: answered and resolved in time
    "101;2026-03-02 10:00;Ouvrir;ana",
    "101;2026-03-02 10:30;Prendre;ana",
    "101;2026-03-02 11:00;Résoudre;ana",
    "101;2026-03-04 09:00;Clore;ben",
    # 103: answered an hour late, then waited for the client from Tuesday 15:30 to Thursday 10:00
    "103;2026-03-03 09:00;Ouvrir;ana",
    "103;2026-03-03 15:00;Prendre;ana",
    "103;2026-03-03 15:30;Attendre;ana",
    "103;2026-03-05 10:00;Prendre;ben",
    "103;2026-03-05 11:00;Résoudre;ben",
    "103;2026-03-20 11:00;Clore;ben",
    # 104: resolved, then taken up again within the acceptance window, and resolved again
    "104;2026-03-02 09:00;Ouvrir;ana",
    "104;2026-03-02 10:00;Résoudre;ana",
    "104;2026-03-03 09:30;Prendre;ben",
    "104;2026-03-03 10:30;Résoudre;ben",
    "104;2026-03-03 10:40;Clore;ben",
    # 105: came up again long after
    "105;2026-03-02 09:00;Ouvrir;ana",
    "105;2026-03-02 10:00;Prendre;ana",
    "105;2026-03-02 11:00;Clore;ana",
    "105;2026-05-04 09:00;Rouvrir;ana",
    "105;2026-05-04 16:00;Prendre;ana",
    "105;2026-05-04 17:00;Résoudre;ana",
    "105;2026-05-12 17:00;Clore;ana",
    # 106: deposited this morning, nobody has answered
    "106;24/11/2026 10:00:00;Ouvrir;",
    # 107: resolved yesterday, the client still tries it
    "107;2026-11-23 09:00;Ouvrir;ana",
    "107;2026-11-23 15:00;Résoudre;ana",
    # 108: waits for the client
    "108;2026-11-23 09:00;Ouvrir;ana",
    "108;2026-11-23 10:00;Prendre;ana",
    "108;2026-11-23 11:00;Attendre;ana",
    # 109: in hand since this morning
    "109;2026-11-24 09:00;Ouvrir;ana",
    "109;2026-11-24 09:30;Prendre;ana",
)


@pytest.fixture
def taken_in(world: World, tmp_path: Path) -> World:
    report = take_in(world, tmp_path, *LOG)
    assert (report.rows, report.imported, report.named, report.tickets) == (30, 30, (), 8)
    return world


def test_a_ticket_answered_and_resolved_in_time_has_met_both_promises(taken_in: World) -> None:
    first, resolution = clock(taken_in, "101", "first_response"), clock(taken_in, "101", "resolution")
    assert (first.mark, first.started_at, first.due_at) == ("met", paris("2026-03-02 10:00"), paris("2026-03-02 15:00"))
    assert (first.ended_at, first.spent_s) == (paris("2026-03-02 10:30"), 1800)
    assert (resolution.mark, resolution.due_at) == ("met", paris("2026-03-09 10:00"))
    assert (resolution.ended_at, resolution.spent_s) == (paris("2026-03-02 11:00"), 3600)
    kept = ticket(taken_in, "101")
    assert (kept.state, kept.title, kept.awaiting, kept.due_at) == ("closed", "Ancien ticket 101", False, None)
    assert kinds(taken_in, "101") == ["deposited", "taken", "answered", "resolved", "closed"]


def test_an_answer_an_hour_late_is_missed_and_a_wait_does_not_count_in_the_resolution(taken_in: World) -> None:
    first, resolution = clock(taken_in, "103", "first_response"), clock(taken_in, "103", "resolution")
    assert (first.mark, first.due_at, first.spent_s) == ("missed", paris("2026-03-03 14:00"), 5 * 3600)
    # 3 h 30 and 2 h on Tuesday, 1 h on Thursday; 29 h 30 were left on Thursday at 10:00
    assert (resolution.mark, resolution.spent_s) == ("met", 6 * 3600 + 1800)
    assert resolution.due_at == paris("2026-03-11 11:30")
    assert kinds(taken_in, "103") == [
        *("deposited", "taken", "answered", "waiting_client", "resumed", "taken", "resolved", "closed")
    ]


def test_a_ticket_taken_up_again_within_the_window_goes_on_with_what_was_left(taken_in: World) -> None:
    resolution, following = clock(taken_in, "104", "resolution"), clock(taken_in, "104", "next_response")
    assert (resolution.mark, resolution.cycle, resolution.spent_s) == ("met", 1, 2 * 3600)
    assert (following.mark, following.started_at) == ("met", paris("2026-03-03 09:30"))
    assert kinds(taken_in, "104")[2:5] == ["reopened", "taken", "answered"]


def test_a_ticket_reopened_long_after_is_a_new_cycle_with_its_own_verdicts(taken_in: World) -> None:
    first, resolution = clock(taken_in, "105", "first_response"), clock(taken_in, "105", "resolution")
    assert (first.mark, first.cycle, first.due_at) == ("missed", 2, paris("2026-05-04 14:00"))
    assert (resolution.mark, resolution.cycle, resolution.spent_s) == ("met", 2, 7 * 3600)
    assert kinds(taken_in, "105")[3:5] == ["resolved", "closed"], "what was closed unresolved was resolved then"


def test_the_board_shows_what_is_still_open_with_its_working_time_left(taken_in: World) -> None:
    seen = taken_in.see("diane", "2026-11-24 12:10", board)
    rows = {row.title: (row.state, row.clock, row.due_at, row.left_s, row.mark, row.technician) for row in seen.rows}
    # 12:10 to 12:30, and 13:30 to 15:00; 108 has used 2 h of its 35 h, 109 3 h 10
    assert rows == {
        "Ancien ticket 106": ("new", "first_response", paris("2026-11-24 15:00"), 110 * 60, "on_time", None),
        "Ancien ticket 108": ("waiting_client", None, None, 33 * 3600, "paused", "ana"),
        "Ancien ticket 109": ("in_progress", "resolution", paris("2026-11-30 17:00"), 1910 * 60, "on_time", "ana"),
    }


def test_work_begun_by_someone_who_is_not_at_the_desk_is_planned_for_who_is(taken_in: World) -> None:
    """What nobody had begun awaits a dispatcher's choice: an import plans nothing by itself."""
    plan = taken_in.see("diane", "2026-11-24 12:10", board).plan
    assert [(slot.ticket, slot.technician) for slot in plan.slots] == [(ticket(taken_in, "109").id, taken_in.clara.id)]


def test_an_imported_ticket_opens_like_any_other(taken_in: World) -> None:
    view = taken_in.see("diane", "2026-11-24 12:10", see_ticket, ticket(taken_in, "103").id)
    assert [(each.name, each.mark) for each in view.clocks] == [("first_response", "missed"), ("resolution", "met")]
    assert view.ticket.company.name == "Reprise"
    assert view.ticket.technician is not None
    assert view.ticket.technician.name == "ben"


def test_nothing_is_told_and_only_what_is_still_to_come_is_due(taken_in: World) -> None:
    """The 50 % of 106's first response passed at 12:00, ten minutes before the import."""
    with taken_in.desk.database.reading() as session:
        assert {each.key.split(":")[0] for each in session.scalars(select(Message))} == {"bought"}
        assert session.scalars(select(Prediction)).all() == []
        levels = session.scalars(select(Timer).where(Timer.kind == "sla_level")).all()
    due = {(t.data["clock"], t.data["share"]): t.due_at for t in levels if t.subject == ticket(taken_in, "106").id}
    assert {each.subject for each in levels} == {ticket(taken_in, number).id for number in ("106", "109")}
    assert due == {
        ("first_response", 75): paris("2026-11-24 14:00"),
        ("first_response", 90): paris("2026-11-24 14:36"),
        ("first_response", 100): paris("2026-11-24 15:00"),
        ("resolution", 50): paris("2026-11-26 14:30"),
        ("resolution", 75): paris("2026-11-27 16:15"),
        ("resolution", 90): paris("2026-11-30 14:30"),
        ("resolution", 100): paris("2026-12-01 10:00"),
    }


def test_a_level_passed_before_a_wait_was_told_where_the_ticket_was_then(world: World, tmp_path: Path) -> None:
    """Of 35 h, 24 h 30 min were used up when it began to wait, on Monday: the half, and not yet three quarters."""
    waited = (
        *("110;2026-11-18 09:00;Ouvrir;ana", "110;2026-11-18 09:30;Prendre;ana"),
        *("110;2026-11-23 12:30;Attendre;ana", "110;2026-11-24 11:30;Prendre;ana"),
    )
    take_in(world, tmp_path, *waited)
    with world.desk.database.reading() as session:
        levels = session.scalars(select(Timer).where(Timer.kind == "sla_level").order_by(Timer.due_at)).all()
    assert [(each.data["share"], each.due_at) for each in levels] == [
        (75, paris("2026-11-24 14:15")),
        (90, paris("2026-11-25 11:30")),
        (100, paris("2026-11-25 16:00")),
    ]


def test_a_ticket_resolved_the_day_before_is_still_to_be_accepted(taken_in: World) -> None:
    with taken_in.desk.database.reading() as session:
        timers = session.scalars(select(Timer).where(Timer.subject == ticket(taken_in, "107").id))
        due = {each.kind: each.due_at for each in timers}
    assert due == {"acceptance_reminder": paris("2026-11-26 15:00"), "acceptance_end": paris("2026-11-30 15:00")}


def test_people_of_the_log_are_kept_inactive(taken_in: World) -> None:
    with taken_in.desk.database.reading() as session:
        found = session.scalars(select(Person).where(Person.code.startswith("vieux:")).order_by(Person.code)).all()
        assert [(each.code, each.name, each.role, each.active) for each in found] == [
            ("vieux:ana", "ana", "technician", False),
            ("vieux:ben", "ben", "technician", False),
        ]
        company = session.scalars(select(Company).where(Company.name == "Reprise")).one()
        contact = session.scalars(select(Person).where(Person.company_id == company.id)).one()
        assert (contact.name, contact.active) == ("Ancien demandeur", False)


def test_what_is_stored_is_the_fold_of_the_history(taken_in: World) -> None:
    with taken_in.desk.database.reading() as session:
        tickets = session.scalars(select(Ticket)).all()
        rows = {(row.ticket_id, row.name): row for row in session.scalars(select(ClockRow))}
    assert len(tickets) == 8
    for each in tickets:
        life = fold(history(taken_in, (each.reference or "").removeprefix("vieux:")), taken_in.rules)
        assert (each.state, each.technician_id, each.begun) == (life.state, life.technician, life.begun)
        assert (each.answered_at, each.resolved_at, each.accept_until) == (
            *(life.answered_at, life.resolved_at, life.accept_until),
        )
        for name in ClockName:
            folded = life.clock(name)
            row = rows.get((each.id, name))
            assert folded.mark is Mark.IDLE if row is None else same_clock(row, folded)


def test_tickets_are_numbered_in_order_of_their_deposit(taken_in: World) -> None:
    numbers = {each: ticket(taken_in, each).id for each in ("101", "103", "104", "105", "106", "107", "108", "109")}
    assert sorted(numbers, key=lambda each: numbers[each]) == ["104", "105", "101", "103", "107", "108", "109", "106"]
