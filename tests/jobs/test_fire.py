"""Firing: never early, each effect once, in order, and one timer's failure is its own."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from sla.calendar import BusinessCalendar
from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.calls import call_back
from sla.desk.deposit import deposit
from sla.desk.measures import measures
from sla.desk.office import Tx
from sla.desk.overdue import oldest_overdue
from sla.desk.timers import TimerKind, cancel, schedule
from sla.desk.verify import differences
from sla.desk.warn import warn
from sla.jobs.claim import PENDING
from sla.jobs.effects import EFFECTS
from sla.jobs.failure import DELAYS
from sla.jobs.fire import fire_due, next_due
from sla.store.tables import Message, Timer
from tests.jobs.rows import due, fire, timers, told
from tests.worlds import World, paris

TEN = "2026-11-24 10:00"


@pytest.fixture
def world(each_world: World) -> World:
    return each_world


@pytest.fixture
def error(world: World) -> int:
    facts = {"item": "erreurs", "severity": "major", "title": "OF bloqué", "description": "Erreur 12"}
    fire(world, TEN)  # what the furnished desk's own forfait had due
    return int(world.do("julie", TEN, deposit, **facts).id)


def write(world: World, kind: str, subject: int, at: str = TEN, **data: object) -> None:
    with world.desk.database.writing() as session:
        tx = Tx(world.desk, session, SYSTEM, paris(TEN))
        schedule(tx, kind, subject, paris(at), due_at=paris(at), data=data)  # type: ignore[arg-type]


def test_nothing_due_writes_nothing(world: World, error: int) -> None:
    assert fire_due(world.desk, paris("2026-11-24 10:59")).looked_at == 0
    assert next_due(world.desk.database) == paris("2026-11-24 11:00")


def test_a_poison_timer_is_put_off_and_the_rest_of_its_batch_takes_effect(world: World, error: int) -> None:
    write(world, "expiry_reminder", 999, "2026-11-24 10:30")  # its days are missing: KeyError
    fired = fire(world, "2026-11-24 11:00")
    assert (fired.count, fired.retried, fired.failed) == (1, 1, 0)
    assert told(world, f"sla_level:{error}:first_response") == ["Clara"]
    [poison] = [each for each in timers(world, "expiry_reminder") if each.subject == 999]
    assert (poison.state, poison.attempts, poison.error) == ("pending", 1, "KeyError: 'days'")
    assert (poison.due_at, poison.next_at) == (paris("2026-11-24 10:30"), paris("2026-11-24 11:01"))


def test_what_took_effect_at_its_second_try_is_late_since_it_was_due(
    world: World, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It failed at 11:00 on the dot and went through at 11:01: its lateness, its mail's and the manager's figure are a
    minute, and nobody calls its clock late meanwhile."""
    working = EFFECTS["sla_level"]
    monkeypatch.setitem(EFFECTS, "sla_level", lambda tx, timer: 1 / 0)
    assert fire(world, "2026-11-24 11:00").retried == 1
    assert world.see(SYSTEM, "2026-11-24 11:00:59", oldest_overdue) is None
    assert world.see(SYSTEM, "2026-11-24 11:00:59", measures).oldest_overdue_s == 59
    assert world.see(SYSTEM, "2026-11-24 11:00:59", differences) == []
    monkeypatch.setitem(EFFECTS, "sla_level", working)
    assert fire(world, "2026-11-24 11:01").lateness_s == 60
    [warned] = [each for each in timers(world, "sla_level", "fired") if each.data["clock"] == "first_response"]
    assert (warned.due_at, warned.fired_at) == (paris("2026-11-24 11:00"), paris("2026-11-24 11:01"))
    with world.desk.database.reading() as session:
        mail = session.scalars(select(Message).where(Message.key.startswith("sla_level"))).one()
    assert (mail.due_at, mail.created_at) == (warned.due_at, warned.fired_at)


def test_a_timer_taken_back_and_written_again_has_all_its_tries(world: World, error: int) -> None:
    write(world, "expiry_reminder", 999)
    fire(world, TEN)
    with world.desk.database.writing() as session:
        tx = Tx(world.desk, session, SYSTEM, paris(TEN))
        cancel(tx, TimerKind.EXPIRY_REMINDER, 999)
        schedule(tx, TimerKind.EXPIRY_REMINDER, 999, paris(TEN), due_at=paris(TEN))
    [again] = [each for each in timers(world, "expiry_reminder") if each.subject == 999]
    assert (again.state, again.attempts, again.error, again.next_at) == ("pending", 0, None, paris(TEN))


def test_after_its_last_try_it_is_parked_with_its_error_and_raised_to_the_manager(world: World, error: int) -> None:
    write(world, "escalation", 999)
    at = paris(TEN)
    for delay in (*DELAYS, timedelta()):
        fire(world, at)
        at += delay
    [poison] = [each for each in timers(world, "escalation") if each.subject == 999]
    assert (poison.state, poison.attempts, poison.fired_at) == ("failed", 5, None)
    assert told(world, f"timer_failed:{poison.id}") == ["Marc"]
    assert fire(world, at + timedelta(days=1)).failed == 0


def test_a_kind_that_this_version_does_not_know_stays_parked_and_is_raised_at_once(world: World, error: int) -> None:
    write(world, "renew_licence", 3)
    assert fire(world, TEN).failed == 1
    [kept] = timers(world, "renew_licence")
    assert kept.state == "failed"
    assert kept.error == "aucune action ne porte ce nom dans cette version : renew_licence"
    assert told(world, "timer_failed") == ["Marc"]


def test_what_a_failing_effect_wrote_is_taken_back(world: World, error: int) -> None:
    """A level of a clock that doesn't exist fails after its ticket was locked and read."""
    write(world, "sla_level", error, clock="no_such_clock", share=50, due_at="2026-11-24T12:00:00+01:00")
    assert fire(world, TEN).retried == 1
    assert told(world, "sla_level") == []


def test_an_effect_may_take_back_a_timer_of_its_own_batch(world: World, error: int) -> None:
    """A callback missed takes back its reminder: both were due in the outage, the earlier one first."""
    call = world.do("julie", "2026-11-24 10:05", call_back, error, starts_at="2026-11-24T14:00:00+01:00")
    with world.desk.database.writing() as session:
        query = select(Timer).where(Timer.kind == TimerKind.CALL_REMINDER)
        reminder = session.scalars(query).one()
        reminder.due_at = reminder.next_at = paris("2026-11-24 14:16")
    fire(world, "2026-11-24 14:20")
    assert told(world, f"call_missed:{call.id}") == ["Diane", "Clara"]
    assert told(world, f"call_reminder:{call.id}") == []
    assert [timer.state for timer in timers(world, "call_reminder")] == ["cancelled"]


def test_a_verb_that_is_rolled_back_leaves_no_timer(world: World, error: int) -> None:
    before = due(world, "sla_level")

    def half_way(tx: Tx) -> None:
        deposit(tx, item="erreurs", severity="major", title="Autre", description="x")
        raise RuntimeError("half-way")

    half_way.__name__ = "deposit"  # what the desk's permits know
    with pytest.raises(RuntimeError, match="half-way"):
        world.do("julie", TEN, half_way)
    assert due(world, "sla_level") == before
    assert told(world, "receipt") == ["Julie"]


def test_a_level_of_another_deadline_tells_nobody(world: World, error: int) -> None:
    """The deadline that runs decides: of one that has moved, a level that lies ahead again is not told yet."""
    with world.desk.database.writing() as session:
        tx = Tx(world.desk, session, SYSTEM, paris("2026-11-24 11:00"))
        assert not warn(tx, error, "first_response", 75, paris("2026-11-24 12:30"))
        assert not warn(tx, error, "next_response", 50, paris("2026-11-24 12:00"))
        assert warn(tx, error, "first_response", 50, paris("2026-11-24 12:00"))
    assert told(world, f"sla_level:{error}") == ["Clara"]


def test_after_three_days_down_all_that_is_overdue_fires_in_order_and_says_how_late(world: World, error: int) -> None:
    world.do("julie", "2026-11-24 10:05", call_back, error, starts_at="2026-11-24T14:00:00+01:00")
    awaited = sorted(t.due_at for kind in TimerKind for t in timers(world, kind, "pending"))
    back = paris("2026-11-27 11:00")
    overdue = [at for at in awaited if at <= back]
    fired = fire(world, back)
    assert fired.count == len(overdue)
    assert fired.lateness_s == (back - overdue[0]).total_seconds() == 3 * 86_400
    with world.desk.database.reading() as session:
        keys = list(session.scalars(text("SELECT key FROM outbox WHERE key LIKE 'sla_level%:100:%' ORDER BY id")))
        late = session.scalars(text("SELECT body FROM outbox WHERE key LIKE 'sla_level%:50:%' ORDER BY id")).first()
    assert [key.split(":")[2] for key in keys] == ["first_response"] * 3 + ["resolution"] * 3
    assert told(world, "call_reminder") == []  # nobody is reminded of a call of three days ago; it is raised as missed
    assert told(world, "call_missed") == ["Diane", "Clara"]
    assert "l’échéance du mardi 24 novembre à 12\u00a0h\u00a000 est dépassée" in str(late)


def test_a_clock_set_back_an_hour_fires_nothing_again_and_set_ahead_nothing_twice(world: World, error: int) -> None:
    fire(world, "2026-11-24 11:00")
    assert fire(world, "2026-11-24 10:00").looked_at == 0
    fire(world, "2026-11-24 12:00")
    assert fire(world, "2026-11-24 11:00").looked_at == 0
    fire(world, "2026-11-24 12:00")
    assert told(world, f"sla_level:{error}:first_response:1:20261124T110000:50") == ["Clara"]
    assert len(told(world, f"sla_level:{error}:first_response:1:20261124T110000:100")) == 3


@pytest.mark.parametrize(
    ("friday", "reached", "hours"),
    [("2026-03-27 17:00", "2026-03-29 06:00", 5), ("2026-10-23 17:00", "2026-10-25 06:00", 7)],
)
def test_on_both_nights_of_the_clock_change_a_timer_fires_at_its_instant(
    world: World, friday: str, reached: str, hours: int
) -> None:
    """Between Sunday's midnight and six o'clock there are five hours in March and seven in October."""
    midnight = paris(reached[:11] + "00:00")
    assert paris(reached) - midnight == timedelta(hours=hours)
    fire(world, friday)
    for hour in range(hours + 1):
        instant = midnight + timedelta(hours=hour)
        with world.desk.database.writing() as session:
            schedule(Tx(world.desk, session, SYSTEM, paris(friday)), TimerKind.HOURS_START, 9, instant, due_at=instant,
                     mark=str(hour))  # fmt: skip
    for hour in range(hours + 1):
        instant = midnight + timedelta(hours=hour)
        assert fire(world, instant - timedelta(seconds=1)).looked_at == 0
        assert fire(world, instant).count == 1
    assert fire(world, reached).looked_at == 0


def test_a_desk_that_opens_on_the_night_of_the_clock_change_warns_by_its_own_hours() -> None:
    """Half of four hours from midnight, Sunday 29 March 2026, is 03:00: the hour from two to three does not exist."""
    desk = BusinessCalendar("Europe/Paris", {"sun": [("00:00", "06:00")]})
    assert desk.add(paris("2026-03-29 00:00"), timedelta(hours=2)) == paris("2026-03-29 03:00")


def test_the_look_for_what_is_due_uses_the_index_of_what_is_pending(sqlite_world: World) -> None:
    """So an idle look costs the same with a million timers behind it."""
    query = select(Timer.next_at).where(PENDING, Timer.next_at <= paris(TEN)).order_by(Timer.next_at).limit(1)
    with sqlite_world.desk.database.reading() as session:
        seen: list[str] = []
        from_sqlite = session.connection().connection.driver_connection
        assert from_sqlite is not None
        from_sqlite.set_trace_callback(seen.append)
        session.scalar(query)
        from_sqlite.set_trace_callback(None)
        steps = session.execute(text("EXPLAIN QUERY PLAN " + seen[-1])).all()
    assert "ix_timers_pending" in str(steps)


def test_answering_races_no_warning(world: World, error: int) -> None:
    """Answered at 11:00 sharp, before the timer of that instant is looked at: it was taken back."""
    world.do("clara", "2026-11-24 11:00", answer, error, text="Je regarde.")
    assert fire(world, "2026-11-24 11:00").count == 0
