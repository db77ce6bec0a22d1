"""The day on which hours run out at the pace of the last ninety days: foretold, and told fifteen working days ahead."""

from datetime import date, timedelta

from sla.desk.hours import buy_hours, correct_hours
from sla.desk.hours_card import own_hours
from sla.desk.outlook import Outlook
from sla.desk.work import work
from tests.desk.kept import USAGE, a_ticket, due, fire, told
from tests.worlds import World, paris

DAYS = [date(2026, 6, 1) + timedelta(days=n) for n in range(14)]


def worked_for_two_weeks(world: World) -> None:
    """A quarter-hour each of the ten open days from Monday 1 June; Clara's."""
    number = a_ticket(world, "2026-06-01 08:00", item=USAGE)
    for day in DAYS:
        if day.weekday() < 5:
            world.do("clara", f"{day} 12:00", work, number, minutes=15)


def outlook(world: World, at: str) -> Outlook | None:
    found: Outlook | None = world.see("agnes", at, own_hours).outlook
    return found


def test_two_weeks_of_past_foretell_the_day(world: World) -> None:
    """30 quarters are left on Monday 15 June, at one a day: the thirtieth open day is 27 July, 14 July being none."""
    worked_for_two_weeks(world)
    assert outlook(world, "2026-06-12 18:00") is None
    found = outlook(world, "2026-06-15 09:00")
    assert found is not None
    assert (found.day, found.low, found.high) == (date(2026, 7, 27),) * 3
    assert (found.since, found.open_days, found.weekly_tenths) == (date(2026, 6, 1), 10, 50)
    assert (found.unused.middle, found.likely) == (0, 1.0)
    world.do("clara", "2026-06-15 12:00", work, a_ticket(world, "2026-06-15 08:00", item=USAGE), minutes=15)
    today = outlook(world, "2026-06-15 12:00")
    assert today is not None
    assert (today.open_days, today.weekly_tenths) == (10, 50)  # a day is of the past once it is over
    assert not found.settled  # eight times in ten is said from forty open days on


def test_it_is_told_fifteen_working_days_ahead_once_for_a_forfait(world: World) -> None:
    """29 are left once the 15th has had its own: until 24 July; fifteen open days before it is Thursday 2 July."""
    worked_for_two_weeks(world)
    number = a_ticket(world, "2026-06-15 08:00", item=USAGE)
    world.do("clara", "2026-06-15 12:00", work, number, minutes=15)
    assert due(world, "runs_out", world.companies["acme"]) == [paris("2026-07-02 09:00")]
    fire(world, "2026-06-30 12:00")
    assert told(world, "runs_out:") == []


def test_a_reminder_that_falls_due_tells_who_answers_and_the_manager(world: World) -> None:
    """Five quarters are left, at two thirds of one a day: it is due at once, and told once."""
    number = a_ticket(world, "2026-06-01 08:00")
    for day in DAYS:
        if day.weekday() < 5:
            world.do("clara", f"{day} 12:00", work, number, minutes=60)
    world.do("marc", "2026-06-15 09:00", correct_hours, world.forfait, quarters=-20, reason="Pour voir")
    usage = a_ticket(world, "2026-06-15 08:00", item=USAGE)
    world.do("clara", "2026-06-15 10:00", work, usage, minutes=120)
    world.do("clara", "2026-06-16 12:00", work, usage, minutes=100)
    fire(world, "2026-06-16 12:00")
    assert sorted(told(world, f"runs_out:{world.companies['acme']}:{world.forfait}")) == ["agnes", "alain", "marc"]
    world.do("clara", "2026-06-17 12:00", work, a_ticket(world, "2026-06-17 08:00", item=USAGE), minutes=15)
    fire(world, "2026-06-17 12:00")
    assert len(told(world, f"runs_out:{world.companies['acme']}:{world.forfait}")) == 3


def test_a_new_forfait_puts_the_day_off(world: World) -> None:
    worked_for_two_weeks(world)
    before = outlook(world, "2026-06-15 09:00")
    world.do("marc", "2026-06-15 09:00", buy_hours, world.companies["acme"], hours=20)
    after = outlook(world, "2026-06-15 09:00")
    assert before is not None
    assert after is not None
    assert before.day is not None
    assert after.day is not None
    assert after.day > before.day
