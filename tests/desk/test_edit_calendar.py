"""Edits of the calendar while the desk runs: nothing before now changes, what moves is written down, old → new."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.calendar_edits import (
    AddPeriod,
    BadCalendar,
    ChooseHolidays,
    NewerEdition,
    RemovePeriod,
    SetSpecialHours,
    SetWeek,
)
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import current_data, edit_calendar, preview_edit
from sla.desk.people import be_absent
from sla.desk.resolve import resolve
from sla.desk.sessions import book_session
from sla.desk.take import take
from sla.desk.ticket_view import see_ticket
from sla.desk.verify import differences
from sla.desk.wait import wait_for_client
from sla.errors import Forbidden, Missing
from sla.jobs.fire import fire_due, next_due
from sla.store.tables import Appointment, CalendarVersion, Event, Message
from tests.desk.kept import balance, fire, ledger, refused
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"
MOVING_DAY = AddPeriod("closures", paris("2026-11-25 09:00"), paris("2026-11-25 17:00"), "Déménagement")


def a_ticket(world: World, at: str = "2026-11-24 09:00", severity: str = "major") -> int:
    facts = {"item": "erreurs", "severity": severity, "title": "Écart", "description": "Un écart."}
    return int(world.do("bruno", at, deposit, **facts).id)


def due(world: World, number: int, clock: str) -> datetime | None:
    view = world.see("diane", NOW, see_ticket, number)
    found: datetime | None = next(each.due_at for each in view.clocks if each.name == clock)
    return found


def test_a_closure_moves_the_deadlines_behind_it_and_no_others(world: World) -> None:
    number = a_ticket(world)
    before = due(world, number, "first_response"), due(world, number, "resolution")
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement des bureaux")
    after = due(world, number, "first_response"), due(world, number, "resolution")
    assert before[0] == after[0] == paris("2026-11-24 11:00")
    assert before[1] == paris("2026-11-25 17:00")
    assert after[1] == paris("2026-11-26 17:00")


def test_each_deadline_that_moves_is_a_fact_old_and_new(world: World) -> None:
    number = a_ticket(world)
    saved = world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement des bureaux")
    assert (saved.number, saved.author) == (2, "Marc")
    with world.desk.database.reading() as session:
        facts = session.scalars(select(Event).where(Event.ticket_id == number, Event.kind == "rescheduled")).all()
    old, new = paris("2026-11-25 17:00").isoformat(), paris("2026-11-26 17:00").isoformat()
    assert [fact.data for fact in facts] == [{"edition": 2, "moves": {"resolution": [old, new]}}]
    assert world.see(SYSTEM, NOW, differences) == []


def test_the_preview_says_what_saving_does_and_writes_nothing(world: World) -> None:
    number = a_ticket(world)
    impact = world.see("marc", NOW, preview_edit, MOVING_DAY)
    assert [(each.ticket, each.clock, each.old, each.new) for each in impact.moved] == [
        (number, "resolution", paris("2026-11-25 17:00"), paris("2026-11-26 17:00"))
    ]
    assert impact.open_s == -7 * 3600
    assert world.see("marc", NOW, current_data)[0] == 0


def test_levels_told_already_are_not_told_again_for_the_moved_deadline(world: World) -> None:
    """Half of the 14 h was gone on Tuesday at 14:00, and told; the closure is saved at 16:00."""
    number = a_ticket(world, "2026-11-23 14:00")
    world.do("clara", "2026-11-23 14:10", answer, number, text="Je regarde.")
    fire_until(world, "2026-11-24 16:00")
    world.do("marc", "2026-11-24 16:00", edit_calendar, MOVING_DAY, reason="Déménagement")
    fire_until(world, "2026-12-04 17:00")
    assert told(world, number) == [
        ("100", paris("2026-11-26 14:00")),
        ("50", paris("2026-11-24 14:00")),
        ("75", paris("2026-11-26 09:30")),
        ("90", paris("2026-11-26 11:36")),
    ]


def test_nothing_before_the_edit_changes(world: World) -> None:
    """The Monday was worked: closing it afterwards takes nothing back."""
    number = a_ticket(world, "2026-11-23 09:00")
    before = due(world, number, "resolution")
    past = AddPeriod("closures", paris("2026-11-23 09:00"), paris("2026-11-23 17:00"), "Trop tard")
    world.do("marc", NOW, edit_calendar, past, reason="Essai")
    assert due(world, number, "resolution") == before
    assert world.see(SYSTEM, NOW, differences) == []


def test_a_paused_clock_has_nothing_to_move_and_resumes_by_the_new_hours(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", "2026-11-24 10:00", wait_for_client, number, text="Quel article ?")
    impact = world.see("marc", NOW, preview_edit, MOVING_DAY)
    assert (impact.moved, impact.paused) == ([], 1)
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement")
    assert world.see(SYSTEM, NOW, differences) == []


def test_a_broken_promise_is_saved_only_with_its_replacement(world: World) -> None:
    number = a_ticket(world)
    call = world.do(
        "diane", "2026-11-24 10:00", call_back, number, starts_at="2026-11-25T10:00", technician=world.yann.id
    )
    broken = world.see("marc", NOW, preview_edit, MOVING_DAY).broken
    assert [(each.appointment, each.proposal) for each in broken] == [(call.id, paris("2026-11-26 09:00"))]
    refused(world, Missing, "marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement")
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement", repairs={call.id: broken[0].proposal})
    with world.desk.database.reading() as session:
        kept = [(each.state, each.starts_at) for each in session.scalars(select(Appointment).order_by(Appointment.id))]
    assert kept == [("booked", paris("2026-11-26 09:00"))]


def test_a_closure_moves_the_session_of_a_ticket_that_was_resolved_meanwhile(world: World) -> None:
    session = a_session(world, "2026-11-25T10:00", 30)
    with world.desk.database.reading() as reading:
        number = reading.get_one(Appointment, session).ticket_id
    world.do("yann", "2026-11-24 10:10", take, number)
    world.do("yann", "2026-11-24 10:15", resolve, number, text="Réglé ; nous regardons demain ensemble.")
    (broken,) = world.see("marc", NOW, preview_edit, MOVING_DAY).broken
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement", repairs={session: broken.proposal})
    view = world.see("diane", NOW, see_ticket, number)
    assert [(each.state, each.starts_at) for each in view.appointments] == [("booked", paris("2026-11-26 09:00"))]
    assert view.ticket.state == "resolved"
    assert world.see(SYSTEM, NOW, differences) == []


def a_session(world: World, starts_at: str, minutes: int) -> int:
    """Yann's, booked on Tuesday at 10:00."""
    at = {"starts_at": starts_at, "technician": world.yann.id, "minutes": minutes}
    return int(world.do("diane", "2026-11-24 10:00", book_session, a_ticket(world), **at).id)


def proposals(world: World, start: str, end: str) -> list[tuple[int, datetime]]:
    """What a closure breaks, and the instants that would replace it."""
    broken = world.see("marc", NOW, preview_edit, AddPeriod("closures", paris(start), paris(end), "Réunion")).broken
    return [(each.appointment, each.proposal) for each in broken]


def test_an_appointment_that_runs_past_a_closing_is_broken_and_one_that_ends_at_it_is_not(world: World) -> None:
    session = a_session(world, "2026-11-25T14:30", 90)
    assert proposals(world, "2026-11-25 15:59", "2026-11-25 17:00") == [(session, paris("2026-11-26 09:00"))]
    assert proposals(world, "2026-11-25 16:00", "2026-11-25 17:00") == []
    assert proposals(world, "2026-11-25 09:00", "2026-11-25 14:30") == []


def test_a_replacement_has_as_much_open_time_as_was_promised(world: World) -> None:
    """Two hours from 10:00, closed from 10:00 to 11:00: not from 11:00, when 90 min are left before lunch."""
    session = a_session(world, "2026-11-25T10:00", 120)
    assert proposals(world, "2026-11-25 10:00", "2026-11-25 11:00") == [(session, paris("2026-11-25 13:30"))]


def test_the_time_of_one_broken_appointment_may_be_the_next_one_s(world: World) -> None:
    """Two sessions in a row, at 10:00 and 11:00, closed until 11:00: the first takes the second's time."""
    first, second = a_session(world, "2026-11-25T10:00", 60), a_session(world, "2026-11-25T11:00", 60)
    edit = AddPeriod("closures", paris("2026-11-25 10:00"), paris("2026-11-25 11:15"), "Réunion")
    broken = world.see("marc", NOW, preview_edit, edit).broken
    chosen = {each.appointment: each.proposal for each in broken}
    assert chosen == {first: paris("2026-11-25 11:15"), second: paris("2026-11-25 13:30")}
    world.do("marc", NOW, edit_calendar, edit, reason="Réunion", repairs=chosen)
    with world.desk.database.reading() as session:
        booked = select(Appointment.starts_at).where(Appointment.state == "booked").order_by(Appointment.starts_at)
        assert session.scalars(booked).all() == [paris("2026-11-25 11:15"), paris("2026-11-25 13:30")]


def test_a_replacement_is_at_an_instant_when_its_technician_is_there(world: World) -> None:
    session = a_session(world, "2026-11-25T10:00", 60)
    away = {"starts_at": paris("2026-11-25 13:00"), "ends_at": paris("2026-11-26 12:00"), "label": "Formation"}
    world.do("marc", "2026-11-24 10:10", be_absent, world.yann.id, **away)
    assert proposals(world, "2026-11-25 10:00", "2026-11-25 13:30") == [(session, paris("2026-11-26 13:30"))]


def test_the_acceptance_window_is_working_days_too(world: World) -> None:
    number = a_ticket(world)
    world.do("clara", "2026-11-24 10:00", resolve, number, text="Corrigé.")
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement")
    view = world.see("diane", NOW, see_ticket, number)
    assert view.ticket.accept_until == paris("2026-12-02 10:00")
    assert world.see(SYSTEM, NOW, differences) == []


def test_two_managers_at_once_the_second_is_told(world: World) -> None:
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement", seen=0)
    other = SetSpecialHours(date(2026, 12, 24), ["09:00-12:00"], "Veille de Noël")
    refused(world, NewerEdition, "marc", NOW, edit_calendar, other, reason="Veille", seen=0)


@pytest.mark.parametrize(
    "edit",
    [
        SetWeek({}),
        SetWeek({"mon": ["12:00-25:00"]}),
        RemovePeriod("closures", 3),
        ChooseHolidays("GES", True, []),
        AddPeriod("closures", paris(NOW), paris(NOW) + timedelta(days=3000), "Pour toujours"),
        AddPeriod("closures", paris(NOW), paris(NOW) - timedelta(days=1), "À l’envers"),
    ],
)
def test_a_calendar_that_cannot_serve_is_refused(world: World, edit: object) -> None:
    refused(world, BadCalendar, "marc", NOW, edit_calendar, edit, reason="Essai")


def test_only_a_manager_edits(world: World) -> None:
    refused(world, Forbidden, "diane", NOW, edit_calendar, MOVING_DAY, reason="Essai")


def test_editions_pile_up_and_a_new_process_reads_them(world: World) -> None:
    for number, day in enumerate((26, 27), start=2):
        closure = AddPeriod("closures", paris(f"2026-11-{day} 09:00"), paris(f"2026-11-{day} 17:00"), "Inventaire")
        assert world.do("marc", NOW, edit_calendar, closure, reason="Inventaire").number == number
    reopened = type(world.desk).open(world.desk.settings)
    hours = reopened.hours
    reopened.close()
    assert [hours.is_open(paris(f"2026-11-{day} 10:00")) for day in (25, 26, 27)] == [True, False, False]
    with world.desk.database.reading() as session:
        assert [row.author for row in session.scalars(select(CalendarVersion).order_by(CalendarVersion.number))] == [
            "config/calendar.toml", "Marc", "Marc"
        ]  # fmt: skip
    assert datetime(2026, 11, 26, tzinfo=UTC).date() in [day for day, _ in hours.closed_days(date(2026, 11, 24), 9)]


def test_many_tickets_move_in_batches_each_in_its_own_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sla.desk.reschedule.BATCH", 2)
    numbers = [a_ticket(world, severity=severity) for severity in ("major", "minor", "major", "question", "major")]
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement")
    rounds = 0
    while fire_due(world.desk, paris(NOW)).count:
        rounds += 1
    assert rounds == 2
    assert {due(world, number, "resolution") for number in numbers[::2]} == {paris("2026-11-26 17:00")}
    assert world.see(SYSTEM, NOW, differences) == []


def told(world: World, number: int) -> list[tuple[str, datetime]]:
    """What was told of a ticket's resolution, and when."""
    with world.desk.database.reading() as session:
        wanted = select(Message.key, Message.created_at).where(Message.ticket_id == number).order_by(Message.created_at)
        rows = [(row.key, row.created_at) for row in session.execute(wanted)]
    return sorted({(key.split(":")[5], at) for key, at in rows if key.startswith(f"sla_level:{number}:resolution")})


def fire_until(world: World, last: str) -> None:
    """Every timer at its own instant."""
    while (due := next_due(world.desk.database)) is not None and due <= paris(last):
        fire_due(world.desk, due)


def test_every_level_of_a_deadline_moved_by_a_closure_is_told_once_in_its_time(world: World) -> None:
    """14 h from Tuesday at 9:00, Wednesday closed: half at Tuesday's closing, told at the next opening, on Thursday."""
    number = a_ticket(world)
    world.do("clara", "2026-11-24 09:10", answer, number, text="Je regarde.")
    world.do("marc", NOW, edit_calendar, MOVING_DAY, reason="Déménagement")
    fire_until(world, "2026-12-04 17:00")
    assert told(world, number) == [
        ("100", paris("2026-11-27 09:00")),
        ("50", paris("2026-11-26 09:00")),
        ("75", paris("2026-11-26 13:30")),
        ("90", paris("2026-11-26 15:36")),
    ]


def test_a_deadline_that_comes_sooner_is_told_sooner(world: World) -> None:
    """Open on Tuesday until 19:00: the 14 h end on Wednesday at 15:00."""
    number = a_ticket(world)
    world.do("clara", "2026-11-24 09:10", answer, number, text="Je regarde.")
    evening = AddPeriod("openings", paris("2026-11-24 17:00"), paris("2026-11-24 19:00"), "Bascule")
    world.do("marc", NOW, edit_calendar, evening, reason="Bascule")
    assert due(world, number, "resolution") == paris("2026-11-25 15:00")
    fire_until(world, "2026-12-04 17:00")
    assert told(world, number) == [
        ("100", paris("2026-11-25 15:00")),
        ("50", paris("2026-11-24 17:00")),
        ("75", paris("2026-11-25 10:30")),
        ("90", paris("2026-11-25 13:36")),
    ]


def test_an_opening_in_the_days_of_grace_brings_the_end_of_a_forfait_forward(world: World) -> None:
    """Acme's ends on Monday 4 January 2027. With Saturday the 9th open the five days are over then, and what is left
    goes on Monday the 11th at 9:00, not on Tuesday."""
    saturday = AddPeriod("openings", paris("2027-01-09 09:00"), paris("2027-01-09 12:00"), "Inventaire")
    world.do("marc", "2027-01-05 10:00", edit_calendar, saturday, reason="Inventaire")
    assert world.see(SYSTEM, "2027-01-05 10:00", differences) == []
    fire(world, "2027-01-11 08:59")
    assert balance(world) == 40
    fire(world, "2027-01-11 09:00")
    assert ledger(world) == [("purchase", 40), ("expiry", -40)]
    fire(world, "2027-01-12 09:00")
    assert ledger(world) == [("purchase", 40), ("expiry", -40)]


def closing(day: str) -> AddPeriod:
    return AddPeriod("closures", paris(f"{day} 09:00"), paris(f"{day} 17:00"), "Pont")


def test_what_happens_in_the_second_of_an_edit_is_folded_as_it_was_written(world: World) -> None:
    """A deposit, then two edits, at 10:20:00: the deadline was 25 November at 17:00, then a day later, then two."""
    number = a_ticket(world, NOW)
    for day in ("2026-11-25", "2026-11-26"):
        world.do("marc", NOW, edit_calendar, closing(day), reason="Pont")
    assert due(world, number, "resolution") == paris("2026-11-30 10:20")
    assert world.see(SYSTEM, NOW, differences) == []


def test_a_clock_that_was_set_right_counts_by_the_latest_edit(world: World) -> None:
    """An edit saved by a machine that was an hour ahead does not hide, for that hour, the one that comes after it."""
    a_ticket(world)
    world.do("marc", "2026-11-24 11:20", edit_calendar, closing("2026-11-25"), reason="Pont")
    world.do("marc", "2026-11-24 10:30", edit_calendar, closing("2026-11-26"), reason="Pont")
    number = a_ticket(world, "2026-11-24 10:40")
    assert due(world, number, "resolution") == paris("2026-11-30 10:40")
    assert world.see(SYSTEM, "2026-11-24 10:40", differences) == []
