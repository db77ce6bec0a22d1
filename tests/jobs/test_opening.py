"""Reminders leave while support is open, whatever closed it or woke the clock. 1 June 2026 is a Monday."""

from sla.desk.calendar_edits import AddPeriod
from sla.desk.calls import call_back
from sla.desk.edit_calendar import edit_calendar
from sla.desk.resolve import resolve
from sla.desk.running_work import start_work
from sla.jobs.fire import fire_due, next_due
from tests.desk.kept import balance, due, fire, in_hand, ledger, told
from tests.jobs.rows import timers
from tests.worlds import World, paris


def resolved(world: World) -> int:
    """On Monday at 10:00: its acceptance is reminded on Thursday, 4 June, at 10:00."""
    number = in_hand(world)
    world.do("clara", "2026-06-01 10:00", resolve, number, text="Fait.")
    assert due(world, "acceptance_reminder", number) == [paris("2026-06-04 10:00")]
    return number


def closed(world: World, begin: str, end: str) -> None:
    edit = AddPeriod("closures", paris(begin), paris(end), "Inventaire")
    world.do("marc", "2026-06-02 09:00", edit_calendar, edit, reason="Inventaire")


def test_a_reminder_due_on_a_day_that_was_closed_since_waits_for_the_opening_and_is_not_late(world: World) -> None:
    """The forfait ends on 4 January: sixty days ahead is Thursday, 5 November, and the desk is closed until Monday."""
    closed(world, "2026-11-05 00:00", "2026-11-07 00:00")
    fire(world, "2026-11-05 09:00")
    [sixty, *_] = timers(world, "expiry_reminder", "pending")
    assert (sixty.data, sixty.attempts, sixty.due_at) == ({"days": 60}, 0, paris("2026-11-09 09:00"))
    assert next_due(world.desk.database) == paris("2026-11-09 09:00")
    fire(world, "2026-11-09 08:59")
    assert told(world, "expiring") == []
    assert fire_due(world.desk, paris("2026-11-09 09:00")).lateness_s == 0
    assert told(world, "expiring") == ["agnes", "marc"]


def test_after_an_outage_that_ends_at_night_a_reminder_waits_for_the_opening_and_says_how_late_it_is(
    world: World,
) -> None:
    resolved(world)
    fired = fire_due(world.desk, paris("2026-06-05 03:00"))
    assert fired.waiting == 1
    [waiting] = timers(world, "acceptance_reminder")
    assert (waiting.due_at, waiting.next_at) == (paris("2026-06-04 10:00"), paris("2026-06-05 09:00"))
    assert fire_due(world.desk, paris("2026-06-05 09:00")).lateness_s == 23 * 3600
    assert told(world, "acceptance_reminder") == ["julie"]


def test_what_was_due_by_the_closing_still_leaves_a_moment_after_it(world: World) -> None:
    number = in_hand(world)
    world.do("clara", "2026-06-01 16:59:59", resolve, number, text="Fait.")
    fire(world, "2026-06-04 17:00:02")
    assert told(world, "acceptance_reminder") == ["julie"]


def test_a_call_is_reminded_by_the_hours_that_a_closure_leaves(world: World) -> None:
    """The first of Friday, reminded on Thursday at closing: 17:00, and 12:30 once that afternoon is closed."""
    number = in_hand(world)
    call = world.do("clara", "2026-06-01 10:00", call_back, number, starts_at="2026-06-05T09:30").id
    assert due(world, "call_reminder", call) == [paris("2026-06-04 17:00"), paris("2026-06-05 09:20")]
    closed(world, "2026-06-04 13:30", "2026-06-04 17:00")
    assert due(world, "call_reminder", call) == [paris("2026-06-04 12:30"), paris("2026-06-05 09:20")]
    fire(world, "2026-06-04 12:30")
    again = AddPeriod("closures", paris("2026-06-05 09:00"), paris("2026-06-05 09:15"), "Réunion")
    world.do("marc", "2026-06-04 14:00", edit_calendar, again, reason="Réunion")
    assert due(world, "call_reminder", call) == [paris("2026-06-05 09:20")]
    assert told(world, f"call_reminder:{call}") == ["clara.fontaine", "julie"]


def test_time_to_confirm_is_reminded_of_at_the_opening_after_an_outage(world: World) -> None:
    """Left at Monday's closing, it is asked for on Wednesday at 9:00; nothing looks until Friday at 3:00."""
    number = in_hand(world)
    world.do("clara", "2026-06-01 16:00", start_work, number)
    fire(world, "2026-06-01 17:00")
    assert fire_due(world.desk, paris("2026-06-05 03:00")).waiting == 1
    assert told(world, "work_unconfirmed") == []
    fire(world, "2026-06-05 09:00")
    assert told(world, "work_unconfirmed") == ["clara.fontaine"]


def test_a_forfait_does_not_expire_before_its_working_days_have_passed_whatever_was_closed_since(world: World) -> None:
    """It ends on Monday 4 January 2027; the desk is then closed until the 18th, so its five days end on Friday the
    22nd: what is left is gone at the opening of Monday the 25th, not of the 12th."""
    assert due(world, "expiry", world.forfait) == [paris("2027-01-12 09:00")]
    closed(world, "2027-01-05 00:00", "2027-01-16 00:00")
    fire(world, "2027-01-12 09:00")
    assert due(world, "expiry", world.forfait) == [paris("2027-01-25 09:00")]
    fire(world, "2027-01-25 08:59")
    assert balance(world) == 40
    fire(world, "2027-01-25 09:00")
    assert (balance(world), ledger(world)[-1]) == (0, ("expiry", -40))
