"""From Maundy Thursday to the Wednesday after Easter 2027, at a desk where Good Friday (26 March) is worked, and at one
where it is not; in the night to Easter Sunday the clocks go forward. The alarm itself says when it looks, and looks at
no other instant.

A major error: 2 h to the first answer, 14 h to its resolution, warned of at 7 h, 10 h 30 and 12 h 36.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from sla import wallclock
from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.calendar_edits import ChooseHolidays
from sla.desk.calls import call_back, hold_call
from sla.desk.edit_calendar import edit_calendar
from sla.desk.hours import buy_hours
from sla.desk.office import Tx
from sla.desk.resolve import resolve
from sla.desk.take import take
from sla.desk.ticket_view import why
from sla.desk.timers import TimerKind, schedule
from sla.desk.verify import differences
from sla.desk.wait import wait_until
from sla.errors import UnfitInstant
from sla.jobs.alarm import Alarm
from sla.jobs.fire import fire_due, next_due
from sla.store.tables import Message, Timer
from tests.desk.kept import a_ticket, clock, refused, ticket, told
from tests.jobs.rows import fire, timers
from tests.worlds import PARIS, World, paris

WORKED, KEPT = "metropole", "57"
"""Sites: the law of Moselle keeps Good Friday."""


@pytest.fixture(params=[WORKED, KEPT])
def site(request: pytest.FixtureRequest, world: World) -> str:
    region: str = request.param
    if region != WORKED:
        world.do(
            "marc",
            "2027-01-04 09:00",
            edit_calendar,
            ChooseHolidays(region, good_friday=True, whit_monday_worked=()),
            reason="Site de Metz",
        )
    return region


@pytest.fixture
def until(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Time goes by up to an instant: from one that the alarm is set to on to the next, each timer at its own."""
    now = [paris("2027-03-25 15:00")]
    monkeypatch.setattr(wallclock, "now", lambda: now[0])
    fire(world, now[0])  # what the furnished desk had due
    alarm = Alarm(world.desk, channels=())
    alarm._scheduler.start(paused=True)  # it keeps what it is set to, and waits for a hand
    world.desk.after_commit.append(alarm.wake)
    alarm.look()

    def go(at: str) -> None:
        while (armed := alarm.armed_at) is not None and armed <= paris(at):
            now[0] = max(now[0], armed)
            alarm.look()
            assert next_due(world.desk.database) is None or alarm.armed_at == next_due(world.desk.database)
        now[0] = paris(at)

    yield go
    alarm.stop()
    with world.desk.database.reading() as session:
        since = select(Timer).where(Timer.state == "fired", Timer.fired_at > paris("2027-03-25 15:00"))
        assert [each.key for each in session.scalars(since) if each.fired_at != each.due_at] == []


Until = Callable[[str], None]


def mails(world: World, number: int, *kinds: str) -> list[tuple[str, str, list[str]]]:
    """What was left about a ticket: local instant, kind, to whom."""
    query = select(Message).where(Message.ticket_id == number, Message.kind.in_(kinds)).order_by(Message.id)
    found: dict[tuple[str, str], list[str]] = {}
    with world.desk.database.reading() as session:
        for each in session.scalars(query):
            at = f"{each.created_at.astimezone(PARIS):%a %d %H:%M}"
            found.setdefault((at, each.kind), []).append(each.recipient.partition("@")[0].partition(".")[0])
    return [(at, kind, sorted(people)) for (at, kind), people in found.items()]


def story(world: World, until: Until) -> int:
    """Deposited on Thursday at 16:00, answered at 16:30; the client is called back on Tuesday at 9:00."""
    number = a_ticket(world, "2027-03-25 16:00")
    until("2027-03-25 16:30")
    world.do("clara", "2027-03-25 16:30", take, number)
    world.do("clara", "2027-03-25 16:30", answer, number, text="Je vous rappelle mardi matin.")
    call = world.do("clara", "2027-03-25 16:40", call_back, number, starts_at="2027-03-30T09:00")
    until("2027-03-30 09:05")
    world.do("clara", "2027-03-30 09:05", hold_call, call.id)
    until("2027-03-31 17:00")
    return number


def test_reminders_and_warnings_leave_in_opening_hours_at_their_instants(world: World, until: Until, site: str) -> None:
    number = story(world, until)
    clara, both = ["clara"], ["clara", "julie"]
    if site == WORKED:
        assert mails(world, number, "sla_level", "call_reminder", "call_missed") == [
            ("Fri 26 16:00", "sla_level", clara),
            ("Fri 26 16:50", "call_reminder", both),
            ("Fri 26 17:00", "call_reminder", both),  # the first of Tuesday's, at the closing before it
            ("Tue 30 11:30", "sla_level", clara),
            ("Tue 30 14:36", "sla_level", ["clara", "diane"]),
            ("Tue 30 16:00", "sla_level", ["clara", "diane", "marc"]),
        ]
    else:
        assert mails(world, number, "sla_level", "call_reminder", "call_missed") == [
            ("Thu 25 16:50", "call_reminder", both),
            ("Thu 25 17:00", "call_reminder", both),
            ("Tue 30 16:00", "sla_level", clara),
            ("Wed 31 11:30", "sla_level", clara),
            ("Wed 31 14:36", "sla_level", ["clara", "diane"]),
            ("Wed 31 16:00", "sla_level", ["clara", "diane", "marc"]),
        ]


def test_the_deadline_counts_fourteen_hours_over_it_all_and_names_what_it_leaves_out(world: World, site: str) -> None:
    number = a_ticket(world, "2027-03-25 16:00")
    due = paris("2027-03-30 16:00" if site == WORKED else "2027-03-31 16:00")
    assert clock(world, number, "resolution").due_at == due
    _, found = world.see("julie", "2027-03-25 16:00", why, number, "resolution")
    assert sum(each.seconds for each in found.stretches if each.counted) == 14 * 3600
    named = [each.label for each in found.stretches if each.reason == "holiday"]
    assert named == (["Lundi de Pâques"] if site == WORKED else ["Vendredi saint", "Lundi de Pâques"])
    night = next(each for each in found.stretches if each.start <= paris("2027-03-28 01:30") < each.end)
    assert night.counted is False  # an hour of it never was


def test_what_comes_in_that_night_starts_on_tuesday(world: World, until: Until, site: str) -> None:
    """At 3:00 on Sunday, the instant after 1:59:59; the promise is Tuesday at 11:00, warned of from 10:00 on."""
    number = a_ticket(world, "2027-03-28 03:00")
    assert clock(world, number, "first_response").due_at == paris("2027-03-30 11:00")
    until("2027-03-30 11:00")
    warned = [at for at, _, _ in mails(world, number, "sla_level")]
    assert warned == ["Tue 30 10:00", "Tue 30 10:30", "Tue 30 10:48", "Tue 30 11:00"]


def test_the_hour_that_is_skipped_is_refused_by_name(world: World, site: str) -> None:
    number = a_ticket(world, "2027-03-25 16:00")
    refusal = refused(world, UnfitInstant, "clara", "2027-03-25 16:10", call_back, number, starts_at="2027-03-28T02:30")
    assert "cette heure n’existe pas ce jour-là" in refusal.sentence()


def test_a_date_chosen_within_it_goes_on_at_the_opening_after(world: World, until: Until, site: str) -> None:
    """« Lundi » is Easter Monday: the request goes on on Tuesday, with 13 h of its 14 left."""
    number = a_ticket(world, "2027-03-25 16:00")
    world.do("clara", "2027-03-25 17:00", wait_until, number, day="2027-03-29")
    until("2027-03-30 08:59")
    assert ticket(world, number).waiting_for == "date"
    until("2027-03-30 09:00")
    assert clock(world, number, "resolution").due_at == paris("2027-03-31 16:00")


def test_down_from_thursday_evening_to_tuesday_everything_is_told_once_and_late(world: World, site: str) -> None:
    """The service stops on Thursday at 16:45 and is back on Tuesday at 10:00; the call was missed meanwhile."""
    number = a_ticket(world, "2027-03-25 16:00")
    world.do("clara", "2027-03-25 16:30", take, number)
    world.do("clara", "2027-03-25 16:30", answer, number, text="Je vous rappelle mardi.")
    call = world.do("clara", "2027-03-25 16:40", call_back, number, starts_at="2027-03-30T09:00").id
    while fire_due(world.desk, paris("2027-03-30 10:00")).looked_at:
        pass
    assert told(world, f"call_reminder:{call}") == []  # it lies in the past
    assert sorted(told(world, f"call_missed:{call}")) == ["clara.fontaine", "diane"]
    half = [("Tue 30 10:00", "sla_level", ["clara"])]
    assert mails(world, number, "sla_level") == (half if site == WORKED else [])
    world.do("clara", "2027-03-30 10:30", resolve, number, text="Fait.")
    assert clock(world, number, "resolution").mark == "met"
    assert world.see(SYSTEM, "2027-03-30 10:30", differences) == []


def test_at_any_time_of_it_what_is_stored_is_the_fold(world: World, until: Until, site: str) -> None:
    story(world, until)
    assert world.see(SYSTEM, "2027-03-31 17:00", differences) == []


def test_through_the_night_the_alarm_is_set_to_each_hour_that_there_is(world: World, until: Until) -> None:
    """Five hours from Sunday's midnight to six: the one from two to three never was. A pack begins at Monday's
    midnight, which is 22:00 in UTC, an hour sooner than on Sunday."""
    midnight = paris("2027-03-28 00:00")
    world.do("marc", "2027-03-25 15:00", buy_hours, world.companies["bolt"], hours=10, first_day=date(2027, 3, 29))
    with world.desk.database.writing() as session:
        tx = Tx(world.desk, session, SYSTEM, paris("2027-03-25 15:00"))
        for hour in range(6):
            at = midnight + timedelta(hours=hour)
            schedule(tx, TimerKind.HOURS_START, 99, at, due_at=at, mark=str(hour))
    world.desk.committed()
    until("2027-03-29 00:00")
    instants = [each.fired_at or midnight for each in timers(world, TimerKind.HOURS_START, "fired")]
    fired = [at for at in instants if at >= midnight]
    named = [f"{at.astimezone(PARIS):%a %H:%M}" for at in fired]
    assert named == ["Sun 00:00", "Sun 01:00", "Sun 03:00", "Sun 04:00", "Sun 05:00", "Sun 06:00", "Mon 00:00"]
    assert fired[-1] == datetime(2027, 3, 28, 22, 0, tzinfo=UTC)
