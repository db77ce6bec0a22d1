"""The plan by technician: half-days, loads, absences, what other choices would cost."""

from sla.desk.answer import answer
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from sla.desk.lanes import Lanes, lanes
from sla.desk.options import Options, options
from sla.desk.people import be_absent
from sla.desk.work import work
from tests.worlds import World, paris

NOW = "2026-11-24 10:20"


def deposited(world: World, at: str = "2026-11-24 09:00", who: str = "bruno", **given: str) -> int:
    facts = {"item": "erreurs", "severity": "major", "title": "Écran figé", "description": "Rien ne répond.", **given}
    return int(world.do(who, at, deposit, **facts).id)


def planned(world: World, at: str = NOW) -> Lanes:
    found: Lanes = world.see("diane", at, lanes)
    return found


def test_days_are_half_days_and_lunch_says_why(world: World) -> None:
    """Tuesday: two halves; its lunch is told; four open days are shown."""
    found = planned(world)
    today = found.days[0]
    assert [(half.part, half.start, half.end) for half in today.halves] == [
        ("morning", paris("2026-11-24 09:00"), paris("2026-11-24 12:30")),
        ("afternoon", paris("2026-11-24 13:30"), paris("2026-11-24 17:00")),
    ]
    assert [gap.label for gap in today.shut] == ["Déjeuner"]
    assert [day.day.day for day in found.days] == [24, 25, 26, 27]


def test_a_holiday_among_the_days_is_shown_with_its_name(world: World) -> None:
    """Wednesday 23 December: Christmas is a Friday, the next open days are the 24th, 28th and 29th."""
    found = planned(world, "2026-12-23 10:00")
    assert [day.day.day for day in found.days] == [23, 24, 25, 28, 29]
    assert [gap.label for gap in found.days[2].shut] == ["Noël"]
    assert not found.days[2].halves


def test_a_load_counts_what_was_done_what_is_booked_and_what_is_planned(world: World) -> None:
    """Mehdi: 30 min worked, a call of 15 min, and a planned first answer of 16 min 30 s (15 min at his pace of 1.1)."""
    number = deposited(world)
    world.do("mehdi", "2026-11-24 10:00", work, number, minutes=30)
    world.do("diane", "2026-11-24 10:00", call_back, number, starts_at="2026-11-24T14:00", technician=world.mehdi.id)
    world.do("mehdi", "2026-11-24 10:05", answer, number, text="Je regarde.")
    mehdi = next(lane for lane in planned(world).lanes if lane.technician == world.mehdi.id)
    resolution_s = round(45 * 60 * 1.1)
    assert mehdi.today == (30 * 60 + 15 * 60 + resolution_s, 7 * 3600)


def test_an_absence_takes_its_half_days_off_with_its_label(world: World) -> None:
    fields = {"starts_at": "2026-11-24T13:30", "ends_at": "2026-11-24T17:00", "label": "RTT"}
    world.do("diane", "2026-11-24 09:00", be_absent, world.clara.id, **fields)
    found = planned(world)
    index = [lane.technician for lane in found.lanes].index(world.clara.id or 0)
    morning, afternoon = found.days[0].halves
    assert (morning.cells[index].off, morning.cells[index].available_s) == (None, 12600)
    assert (afternoon.cells[index].off, afternoon.cells[index].available_s) == ("Absence\u00a0: RTT", 0)
    assert found.lanes[index].today[1] == 12600


def choices(world: World, number: int) -> Options:
    found: Options = world.see("diane", NOW, options, number)
    return found


def test_whoever_masters_a_ticket_is_an_option_and_the_plan_suggests_one(world: World) -> None:
    number = deposited(world, item="mise_a_disposition")
    found = choices(world, number)
    assert {each.technician for each in found.each} == {world.mehdi.id, world.yann.id}
    assert found.suggested is not None
    assert found.suggested.start == paris(NOW)
    assert [reason.code for reason in found.reasons][:2] == ["masters", "gets_to_it"]


def test_a_choice_says_what_it_delays_and_what_it_breaks(world: World) -> None:
    """An error due at 10:40; an update due at 10:41 that only Mehdi masters while Yann is away.

    Clara starts the error at once; Mehdi would take 16 min 30 s for it, and end the update at 10:51:30.
    """
    away = {"starts_at": "2026-11-24T09:00", "ends_at": "2026-11-24T17:00", "label": "RTT"}
    world.do("diane", "2026-11-24 09:00", be_absent, world.yann.id, **away)
    error = deposited(world, severity="blocking", at="2026-11-24 09:40")
    update = deposited(world, severity="blocking", at="2026-11-24 09:41", item="mise_a_disposition")
    found = choices(world, error)
    assert found.suggested is not None
    assert (found.suggested.technician, found.suggested.delayed) == (world.clara.id, [])
    mehdi = next(each for each in found.each if each.technician == world.mehdi.id)
    assert (mehdi.margin_s, mehdi.delayed, mehdi.broken) == (210, [update], [update])
