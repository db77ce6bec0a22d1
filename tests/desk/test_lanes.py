"""The plan by technician: half-days, loads, absences, what other choices would cost."""

from collections.abc import Callable
from math import exp

import pytest

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.assign import assign
from sla.desk.awaiting import at_work
from sla.desk.calls import call_back, hold_call
from sla.desk.comment import comment
from sla.desk.deposit import deposit
from sla.desk.lanes import Lanes, lanes
from sla.desk.options import Options, options
from sla.desk.people import be_absent
from sla.desk.queueing import planned as planned_now
from sla.desk.queueing import situation
from sla.desk.running_work import start_work
from sla.desk.sessions import book_session
from sla.desk.take import next_for, take
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
    """Mehdi: 30 min worked, a call of 15 min, and what is left of the resolution (45 min at his pace of 1.1): of what
    he worked 15 min were beyond a first answer's, and he has been at it for a quarter of an hour since."""
    number = deposited(world)
    world.do("mehdi", "2026-11-24 10:00", work, number, minutes=30)
    world.do("diane", "2026-11-24 10:00", call_back, number, starts_at="2026-11-24T14:00", technician=world.mehdi.id)
    world.do("mehdi", "2026-11-24 10:05", answer, number, text="Je regarde.")
    mehdi = next(lane for lane in planned(world).lanes if lane.technician == world.mehdi.id)
    resolution_s = round(30 * 60 * 1.1) - 15 * 60
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


def choices(world: World, number: int, at: str = NOW) -> Options:
    found: Options = world.see("diane", at, options, number)
    return found


def test_whoever_masters_a_ticket_is_an_option_and_the_plan_suggests_one(world: World) -> None:
    number = deposited(world, item="mise_a_disposition")
    found = choices(world, number)
    assert {each.technician for each in found.each} == {world.mehdi.id, world.yann.id}
    assert found.suggested is not None
    assert found.suggested.start == paris(NOW)
    assert [reason.code for reason in found.reasons][:2] == ["masters", "gets_to_it"]


def test_a_choice_says_what_it_delays_and_what_it_breaks(world: World) -> None:
    """An error due at 11:15; an update due at 11:00 that only Mehdi masters while Yann is away. It is 10:40.

    Clara starts the error at once; Mehdi would take 16 min 30 s for it, which weighs more, and end the update at
    11:11:30, 11 min 30 s late. The error's four for 16 min 30 s, its slowness cubed, and 18 min 30 s of slack.
    """
    away = {"starts_at": "2026-11-24T09:00", "ends_at": "2026-11-24T17:00", "label": "RTT"}
    world.do("diane", "2026-11-24 09:00", be_absent, world.yann.id, **away)
    update = deposited(world, at="2026-11-24 08:50", item="mise_a_disposition")
    error = deposited(world, severity="blocking", at="2026-11-24 10:15")
    found = choices(world, error, "2026-11-24 10:40")
    assert found.suggested is not None
    assert (found.suggested.technician, found.suggested.delayed) == (world.clara.id, [])
    mehdi = next(each for each in found.each if each.technician == world.mehdi.id)
    assert (mehdi.margin_s, mehdi.delayed, mehdi.broken, mehdi.late_s) == (1110, [update], [update], 690)
    assert mehdi.terms == {
        "weight": 4.0,
        "work_s": 990,
        "slack_s": 1110,
        "pace": 1.1,
        "index": pytest.approx(4 / 16.5 / 1.1**3 * exp(-1110 / 10800), rel=1e-3),
    }


def test_a_pin_says_what_it_costs_the_others(world: World) -> None:
    """The same, pinned to Mehdi: the plan works around it, and the update's promise is in danger."""
    away = {"starts_at": "2026-11-24T09:00", "ends_at": "2026-11-24T17:00", "label": "RTT"}
    world.do("diane", "2026-11-24 09:00", be_absent, world.yann.id, **away)
    update = deposited(world, at="2026-11-24 08:50", item="mise_a_disposition")
    error = deposited(world, severity="blocking", at="2026-11-24 10:15")
    world.do("diane", "2026-11-24 10:39", assign, error, technician=world.mehdi.id)
    pinned = next(each for each in choices(world, error, "2026-11-24 10:40").each if each.technician == world.mehdi.id)
    assert (pinned.broken, pinned.late_s) == ([update], 690)
    plan = world.see("diane", "2026-11-24 10:40", planned_now)
    assert [slot.ticket for slot in plan.in_danger(paris("2026-11-24 10:40"))] == [update]


def test_promises_in_danger_have_hours_of_notice(world: World) -> None:
    """Clara alone, 45 min of heavier work before a major one of 15 min that is due at 11:00, 40 minutes from now."""
    for name in ("mehdi", "sandrine", "yann"):
        away = {"starts_at": "2026-11-24T09:00", "ends_at": "2026-11-24T17:00", "label": "RTT"}
        world.do("diane", "2026-11-24 09:00", be_absent, getattr(world, name).id, **away)
    for _ in range(3):
        deposited(world, severity="blocking", at="2026-11-24 10:10")
    threatened = deposited(world, at="2026-11-24 09:00")
    (threat,) = planned(world).threats
    assert (threat.ticket, threat.clock, threat.technician) == (threatened, "first_response", "Clara Fontaine")
    assert threat.end == paris("2026-11-24 11:20")
    assert (threat.due_at, threat.notice_s, threat.late_s) == (paris("2026-11-24 11:00"), 40 * 60, 20 * 60)


@pytest.mark.parametrize("begins", [take, start_work])
def test_what_an_absent_technician_was_at_is_planned_with_another(world: World, begins: Callable[..., object]) -> None:
    """Clara has taken it, or her timer runs on it, and she falls ill until Thursday; its first answer is due on Tuesday
    at 11:00. While she was there it was hers to finish first."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:20", begins, number)
    assert planned(world, "2026-11-24 09:30").planned[number] == "Clara Fontaine"
    away = {"starts_at": "2026-11-24T10:00", "ends_at": "2026-11-25T17:00", "label": "Maladie"}
    world.do("diane", "2026-11-24 10:00", be_absent, world.clara.id, **away)
    slot = world.see("diane", NOW, planned_now).slot(number)
    assert (slot.technician != world.clara.id, slot.start, slot.late_s) == (True, paris(NOW), 0)


def test_a_colleague_s_timer_does_not_make_the_owner_busy(world: World) -> None:
    """Mehdi looks at Clara's ticket: it is not what she is at."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:20", take, number)
    world.do("clara", "2026-11-24 09:30", answer, number, text="Je regarde.")
    other = deposited(world, title="Autre chose")
    world.do("clara", "2026-11-24 09:40", take, other)
    world.do("mehdi", "2026-11-24 09:50", start_work, number)
    assert set(world.see(SYSTEM, "2026-11-24 10:00", at_work)) == {other}


def test_what_only_awaits_a_call_keeps_nobody_busy(world: World) -> None:
    """Clara has answered and agreed on a call at 15:00: until then she is free, and what she does next is in hand; that
    call held, she is at it again."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:20", take, number)
    world.do("clara", "2026-11-24 09:30", answer, number, text="Je regarde.")
    call = world.do("clara", "2026-11-24 09:31", call_back, number, starts_at="2026-11-24T15:00").id
    assert world.see(SYSTEM, "2026-11-24 10:00", at_work) == {}
    alone(world)
    assert world.see("diane", "2026-11-24 10:00", planned_now).slot(number).start == paris("2026-11-24 15:15")
    other = deposited(world, title="Autre chose", at="2026-11-24 09:40")
    assert world.see("diane", "2026-11-24 09:40", planned_now).slot(other).start == paris("2026-11-24 09:40")
    world.do("clara", "2026-11-24 09:45", take, other)
    assert set(world.see(SYSTEM, "2026-11-24 10:00", at_work)) == {other}
    world.do("clara", "2026-11-24 15:10", hold_call, call, text="On a regardé ensemble.")
    assert world.see(SYSTEM, "2026-11-24 15:20", at_work) == {number: paris("2026-11-24 15:10")}


def test_planned_work_is_expected_after_its_session_and_an_owed_answer_before_it(world: World) -> None:
    """A session from 14:00 to 15:00 is agreed on at 9:30; the first answer, owed by 11:00, doesn't wait for it."""
    alone(world)
    number = deposited(world)
    agreed = {"starts_at": "2026-11-24T14:00", "technician": world.clara.id}
    world.do("diane", "2026-11-24 09:30", book_session, number, **agreed)
    assert world.see("clara", "2026-11-24 09:40", next_for, world.clara.id).work.ticket == number
    world.do("clara", "2026-11-24 09:50", answer, number, text="À 14 h.")
    assert world.see("diane", "2026-11-24 10:00", planned_now).slot(number).start == paris("2026-11-24 15:00")
    assert world.see("clara", "2026-11-24 10:00", next_for, world.clara.id) is None
    reasons = world.see("diane", "2026-11-24 10:00", options, number).reasons
    assert reasons[-1].facts == {"at": paris("2026-11-24 15:00")}
    assert world.see("clara", "2026-11-24 15:05", next_for, world.clara.id).work.ticket == number


def loaded(world: World, at: str = NOW) -> tuple[int, int]:
    """Clara's day, booked and available, in working minutes."""
    booked, available = next(lane for lane in planned(world, at).lanes if lane.technician == world.clara.id).today
    return booked // 60, available // 60


def alone(world: World) -> None:
    """Everyone but Clara is away."""
    away = {"starts_at": "2026-11-24T08:00", "ends_at": "2026-11-25T17:00", "label": "RTT"}
    for who in (world.mehdi, world.yann, world.sandrine):
        world.do("diane", "2026-11-24 08:30", be_absent, who.id, **away)


def test_work_around_a_call_does_not_count_the_call_twice(world: World) -> None:
    """Fifteen minutes of work begun at 10:00, a call of a quarter of an hour from 10:05: half an hour in all."""
    alone(world)
    number = deposited(world)
    world.do("diane", "2026-11-24 09:30", call_back, number, starts_at="2026-11-24T10:05", technician=world.clara.id)
    assert loaded(world, "2026-11-24 10:00") == (30, 420)


def test_time_away_in_the_midst_of_work_is_not_booked(world: World) -> None:
    """The same, with an hour at the dentist's."""
    alone(world)
    deposited(world)
    away = {"starts_at": "2026-11-24T10:05", "ends_at": "2026-11-24T11:05", "label": "Dentiste"}
    world.do("diane", "2026-11-24 08:30", be_absent, world.clara.id, **away)
    assert loaded(world, "2026-11-24 10:00") == (15, 360)


def test_what_a_client_wrote_since_is_owed_a_response_not_the_whole_resolution(world: World) -> None:
    """Clara answers at 9:20: 45 min of resolution are left, at half the weight. At 10:00 the client writes: a response
    of 15 min is owed, as much as a first one."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:10", take, number)
    world.do("clara", "2026-11-24 09:20", answer, number, text="Je regarde.")
    assert _work(world, number) == (45, 1.0)
    world.do("bruno", "2026-11-24 10:00", comment, number, text="Le message a changé.")
    assert _work(world, number) == (15, 2.0)


def test_what_was_worked_is_not_left_to_do(world: World) -> None:
    """Of half an hour that is logged 15 min were the first answer's: of 45 min, half an hour is left. Beyond the 45
    something is always left: 12 min."""
    number = deposited(world)
    world.do("clara", "2026-11-24 09:10", take, number)
    world.do("clara", "2026-11-24 09:20", answer, number, text="Je regarde.")
    world.do("clara", "2026-11-24 09:50", work, number, minutes=30)
    assert _work(world, number) == (30, 1.0)
    world.do("clara", "2026-11-24 10:20", work, number, minutes=30)
    assert _work(world, number) == (12, 1.0)


def _work(world: World, number: int) -> tuple[int, float]:
    found = next(each for each in world.desk.by(SYSTEM, paris(NOW)).see(situation).waiting if each.ticket == number)
    return found.minutes, found.weight
