"""Before an edit of the calendar is saved: which promises the plan could then no longer keep, and who could."""

from dataclasses import replace

import pytest

from sla.contract.service_item import Coverage
from sla.contract.targets import Severity
from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.calendar_danger import Danger, Endangered, Entrusted
from sla.desk.calendar_edits import AddPeriod
from sla.desk.deposit import deposit
from sla.desk.edit_calendar import edit_calendar, preview_edit
from sla.desk.people import be_absent
from sla.desk.sessions import book_session
from sla.desk.targets_kept import KeptTargets
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"
SATURDAY = AddPeriod("openings", paris("2026-11-28 09:00"), paris("2026-11-28 17:00"), "Samedi travaillé")


def danger(world: World, edit: AddPeriod, at: str = NOW) -> Danger:
    found: Danger = world.see("marc", at, preview_edit, edit).danger
    return found


def closed(start: str, end: str) -> AddPeriod:
    return AddPeriod("closures", paris(f"2026-11-24 {start}"), paris(f"2026-11-24 {end}"), "Coupure de courant")


def claras(world: World, severity: str = "minor", back: str = "2026-11-30 09:00") -> int:
    """Bruno's ticket of Tuesday 24 November at 9:00, answered, and pinned to Clara, who is away until an instant."""
    facts = {"item": "erreurs", "severity": severity, "title": "Écart de stock", "description": "Un écart."}
    number = int(world.do("bruno", "2026-11-24 09:00", deposit, **facts).id)
    world.do("clara", "2026-11-24 09:10", answer, number, text="Je regarde.")
    world.do("diane", "2026-11-24 09:20", assign, number, technician=world.clara.id, reason="Elle connaît le dossier")
    away = {"starts_at": paris("2026-11-24 10:00"), "ends_at": paris(back), "label": "Congés"}
    world.do("marc", "2026-11-24 09:30", be_absent, world.clara.id, **away)
    return number


def test_a_saturday_that_opens_brings_a_deadline_before_its_technician_is_back(world: World) -> None:
    """35 h from Tuesday at 9:00 end on Monday 30 at 17:00, and with Saturday on Saturday at 16:00; Clara is
    back on Monday. Mehdi, at 1.1 times the 45 min of such work, would be done today."""
    number = claras(world)
    found = danger(world, SATURDAY)
    assert found.count == 1
    assert found.found == [
        Endangered(
            number, "Bolt", "Écart de stock", "resolution", "Clara Fontaine",
            old_due=paris("2026-11-30 17:00"), old_end=paris("2026-11-30 09:45"),
            due_at=paris("2026-11-28 16:00"), end=paris("2026-11-30 09:45"), margin_s=-105 * 60,
            proposal=Entrusted(world.mehdi.id or 0, "Mehdi Haddad", paris("2026-11-24 11:14:30"), 0),
        )
    ]  # fmt: skip


def round_the_clock(world: World) -> None:
    """Blocking errors are promised in elapsed time, whatever the desk's hours: a workaround in 4 h."""
    targets = world.desk.settings.targets
    maintenance = targets.levels[Coverage.MAINTENANCE]
    always = {**maintenance, Severity.BLOCKING: replace(maintenance[Severity.BLOCKING], always=True)}
    levels = {**targets.levels, Coverage.MAINTENANCE: always}
    settings = replace(world.desk.settings, targets=replace(targets, levels=levels))
    world.desk.settings, world.desk.targets = settings, KeptTargets(settings.targets, settings.acceptance_days)


def test_a_closure_takes_the_work_s_time_and_none_of_a_promise_kept_round_the_clock(world: World) -> None:
    """Due at 13:00 still. Clara, back at 11:30, would have worked until 12:15: closed from 11:00 to 13:30, until 14:15.
    Mehdi has 40 min before it and needs 49 min 30 s: late too, like anyone."""
    round_the_clock(world)
    number = claras(world, "blocking", back="2026-11-24 11:30")
    (found,) = danger(world, closed("11:00", "13:30")).found
    assert (found.ticket, found.clock, found.old_due, found.due_at) == (
        number, "workaround", paris("2026-11-24 13:00"), paris("2026-11-24 13:00")
    )  # fmt: skip
    assert (found.old_end, found.end) == (paris("2026-11-24 12:15"), paris("2026-11-24 14:15"))
    assert (found.margin_s, found.proposal) == (-75 * 60, None)


def test_a_promise_kept_in_the_last_tenth_of_its_time_is_in_danger(world: World) -> None:
    """Of 4 h, 24 min should be left. Open over lunch, and closed from 11:45 on for 20 min: done at 12:35, with 25 min
    left; for 21 min and 30 s: 23 min and 30 s."""
    round_the_clock(world)
    number = claras(world, "blocking", back="2026-11-24 11:30")
    lunch = AddPeriod("openings", paris("2026-11-24 12:30"), paris("2026-11-24 13:30"), "Bascule")
    world.do("marc", "2026-11-24 10:00", edit_calendar, lunch, reason="Bascule")
    assert danger(world, closed("11:45", "12:05")).count == 0
    found = danger(world, closed("11:45", "12:06:30"))
    assert [(each.ticket, each.margin_s) for each in found.found] == [(number, 23 * 60 + 30)]
    assert found.left_share == 10
    (one,) = found.found
    assert one.proposal is not None
    assert (one.proposal.name, one.proposal.end) == ("Mehdi Haddad", paris("2026-11-24 11:14:30"))


def test_what_was_late_already_is_not_put_in_danger_by_the_edit(world: World) -> None:
    """Clara is back on Tuesday 1 December, after Monday's deadline: a Saturday brings it nearer, and breaks nothing."""
    claras(world, back="2026-12-01 09:00")
    assert danger(world, SATURDAY).found == []


def test_a_closure_that_moves_deadline_and_work_alike_endangers_nothing(world: World) -> None:
    claras(world)
    wednesday = AddPeriod("closures", paris("2026-11-25 09:00"), paris("2026-11-25 17:00"), "Déménagement")
    found = danger(world, wednesday)
    assert (found.count, found.planned) == (0, 1)


def test_the_replacement_of_a_broken_appointment_takes_its_technician_s_time(world: World) -> None:
    """A session from 10:30 to 11:30, then the work until 12:15, for 13:00. Closed until 11:00, the session goes on
    until 12:00, and the work over lunch."""
    round_the_clock(world)
    number = claras(world, "blocking", back="2026-11-24 10:30")
    other = {"item": "erreurs", "severity": "question", "title": "Démonstration", "description": "Une question."}
    ticket = int(world.do("bruno", "2026-11-24 09:00", deposit, **other).id)
    booked = {"starts_at": paris("2026-11-24 10:30"), "technician": world.clara.id, "minutes": 60}
    world.do("diane", "2026-11-24 10:00", book_session, ticket, **booked)
    impact = world.see("marc", NOW, preview_edit, closed("10:30", "11:00"))
    assert [each.proposal for each in impact.broken] == [paris("2026-11-24 11:00")]
    assert [(each.ticket, each.old_end, each.end) for each in impact.danger.found] == [
        (number, paris("2026-11-24 12:15"), paris("2026-11-24 13:45"))
    ]


def test_work_waits_for_the_session_that_is_moved(world: World) -> None:
    """The same, where the session is on the ticket itself and Yann's: Clara's work waits for it."""
    round_the_clock(world)
    number = claras(world, "blocking", back="2026-11-24 10:30")
    booked = {"starts_at": paris("2026-11-24 10:30"), "technician": world.yann.id, "minutes": 60}
    world.do("diane", "2026-11-24 10:00", book_session, number, **booked)
    found = danger(world, closed("10:30", "11:00")).found
    assert [(each.ticket, each.old_end, each.end) for each in found] == [
        (number, paris("2026-11-24 12:15"), paris("2026-11-24 13:45"))
    ]


def test_only_the_most_urgent_are_planned(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sla.desk.calendar_danger.REACH", 1)
    claras(world)
    facts = {"item": "erreurs", "severity": "blocking", "title": "Arrêt", "description": "Rien ne part."}
    world.do("bruno", "2026-11-24 10:00", deposit, **facts)
    found = danger(world, SATURDAY)
    assert (found.planned, found.count) == (1, 0)
