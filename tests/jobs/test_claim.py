"""On PostgreSQL a timer is claimed together with what it is about, and the clock waits for nobody. 24 November 2026 is
a Tuesday."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select, text

from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.calls import call_back, hold_call
from sla.desk.deposit import deposit
from sla.desk.hours import correct_hours
from sla.desk.office import Tx
from sla.desk.timers import SUBJECTS, About, TimerKind, about, schedule
from sla.jobs.claim import claim
from sla.jobs.effects import EFFECTS
from sla.jobs.fire import Fired, fire_due
from sla.store.tables import Timer
from tests.desk.at_once import at_once, half_way, meanwhile
from tests.jobs.rows import due, fire, timers, told
from tests.worlds import World, paris

TEN, ELEVEN = "2026-11-24 10:00", "2026-11-24 11:00"


@pytest.fixture
def errors(pg_world: World) -> list[int]:
    """Two of julie's, each warned at 11:00 that half of its first answer's time is used."""
    fire(pg_world, TEN)
    facts = {"item": "erreurs", "severity": "major", "description": "Erreur 12"}
    return [int(pg_world.do("julie", TEN, deposit, title=title, **facts).id) for title in ("OF bloqué", "Stock faux")]


def warned(world: World, number: int) -> list[str]:
    return told(world, f"sla_level:{number}:first_response")


def test_a_ticket_that_somebody_answers_is_passed_over_and_its_timer_is_theirs_to_take_back(
    pg_world: World, errors: list[int]
) -> None:
    first, second = errors
    with half_way(pg_world, "clara", "2026-11-24 10:59", answer, first, text="Je regarde."):
        assert fire_due(pg_world.desk, paris(ELEVEN)).count == 1
        assert (warned(pg_world, first), warned(pg_world, second)) == ([], ["Mehdi"])
    assert fire_due(pg_world.desk, paris(ELEVEN)).looked_at == 0
    assert warned(pg_world, first) == []


def test_what_was_passed_over_fires_once_it_is_free(pg_world: World, errors: list[int]) -> None:
    with pg_world.desk.database.writing() as session:
        session.execute(text("SELECT 1 FROM tickets WHERE id = :id FOR UPDATE"), {"id": errors[0]})
        assert fire_due(pg_world.desk, paris(ELEVEN)).count == 1
    assert fire_due(pg_world.desk, paris(ELEVEN)).count == 1
    assert warned(pg_world, errors[0]) == ["Clara"]


def test_timers_of_tickets_that_somebody_acts_on_hide_none_that_come_after_them(
    pg_world: World, errors: list[int]
) -> None:
    """Three of the first ticket's are due before the second's, and no more than two are read at a time."""
    with pg_world.desk.database.writing() as session:
        tx = Tx(pg_world.desk, session, SYSTEM, paris(TEN))
        for mark in "abc":
            schedule(tx, TimerKind.EXPECTATION, errors[0], paris(TEN), due_at=paris(TEN), mark=mark)
    with half_way(pg_world, "clara", "2026-11-24 10:59", answer, errors[0], text="Je regarde."):
        assert fire_due(pg_world.desk, paris(ELEVEN), limit=2).count == 1
        assert fire_due(pg_world.desk, paris(ELEVEN), limit=2).looked_at == 0
    assert warned(pg_world, errors[1]) == ["Mehdi"]


def test_two_processes_share_what_is_due(pg_world: World, errors: list[int]) -> None:
    """While one has half of it in hand, the other gets the other half, and no more."""
    with pg_world.desk.database.writing() as session:
        mine = {timer.subject for timer in claim(session, paris(ELEVEN), 1)}
        assert fire_due(pg_world.desk, paris(ELEVEN)) == Fired(count=1)
    [other] = set(errors) - mine
    assert len(warned(pg_world, other)) == 1


@pytest.mark.parametrize("kind", TimerKind)
def test_each_kind_says_what_it_is_about(kind: TimerKind) -> None:
    assert kind in EFFECTS
    assert about(kind) in About
    assert about("gone_since") is About.SEVERAL


def test_a_call_is_claimed_with_its_ticket(pg_world: World, errors: list[int]) -> None:
    """Held at 11:00 sharp while its reminder is due: the reminder is passed over, then taken back."""
    at = "2026-11-24T11:05:00+01:00"
    call = pg_world.do("diane", TEN, call_back, errors[0], starts_at=at, technician=pg_world.clara.id).id
    assert SUBJECTS[TimerKind.CALL_REMINDER] is About.APPOINTMENT
    [reminder] = [each for each in due(pg_world, TimerKind.CALL_REMINDER) if each < paris("2026-11-24 12:00")]
    with half_way(pg_world, "clara", "2026-11-24 10:40", hold_call, call, text="Vu."):
        fire_due(pg_world.desk, reminder)
    fire(pg_world, reminder)
    assert told(pg_world, f"call_reminder:{call}") == []
    assert [timer.state for timer in timers(pg_world, TimerKind.CALL_REMINDER)] == ["cancelled"]


def test_an_account_that_is_being_corrected_is_passed_over(pg_world: World, errors: list[int]) -> None:
    with pg_world.desk.database.writing() as session:
        tx = Tx(pg_world.desk, session, SYSTEM, paris(TEN))
        schedule(tx, TimerKind.LOW_BALANCE, pg_world.forfait, paris(TEN), due_at=paris(TEN), data={"share": 25})
    with half_way(pg_world, "marc", TEN, correct_hours, pg_world.forfait, quarters=-4, reason="Geste"):
        assert fire_due(pg_world.desk, paris(TEN)).looked_at == 0
    assert fire_due(pg_world.desk, paris(TEN)).count == 1


def test_an_effect_that_finds_a_lock_held_gives_way_and_counts_as_no_try(
    pg_world: World, errors: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it needs beside its subject: it waits a moment, leaves its timer as it was, and the rest of the batch goes
    on."""

    def needs_the_other(tx: Tx, timer: Timer) -> None:
        tx.session.execute(text("SELECT 1 FROM tickets WHERE id = :id FOR UPDATE"), {"id": errors[1]})

    monkeypatch.setitem(EFFECTS, "low_balance", needs_the_other)
    with pg_world.desk.database.writing() as session:
        tx = Tx(pg_world.desk, session, SYSTEM, paris(TEN))
        schedule(tx, TimerKind.LOW_BALANCE, pg_world.forfait, paris(TEN), due_at=paris(TEN), data={"share": 25})
    with half_way(pg_world, "clara", ELEVEN, answer, errors[1], text="Je regarde."):
        assert fire_due(pg_world.desk, paris(ELEVEN)) == Fired(count=1)
    with pg_world.desk.database.reading() as session:
        timer = session.scalars(select(Timer).where(Timer.kind == "low_balance", Timer.state == "pending")).one()
        assert (timer.attempts, timer.error) == (0, None)
    assert fire_due(pg_world.desk, paris(ELEVEN) + timedelta(seconds=1)).count == 1


def test_effects_that_find_a_lock_held_keep_nobody_waiting_for_long_and_hide_none_that_come_after_them(
    pg_world: World, errors: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven are due before a warning, and each needs what somebody acts on: a few are tried at a time."""
    tried: list[int] = []

    def needs_the_other(tx: Tx, timer: Timer) -> None:
        tried.append(timer.id)
        tx.session.execute(text("SELECT 1 FROM tickets WHERE id = :id FOR UPDATE"), {"id": errors[1]})

    monkeypatch.setitem(EFFECTS, "low_balance", needs_the_other)
    monkeypatch.setattr("sla.jobs.fire.GIVE_WAY_MS", 20)
    with pg_world.desk.database.writing() as session:
        tx = Tx(pg_world.desk, session, SYSTEM, paris(TEN))
        for mark in "abcdefg":
            schedule(tx, TimerKind.LOW_BALANCE, pg_world.forfait, paris(TEN), due_at=paris(TEN), mark=mark)
    with half_way(pg_world, "clara", ELEVEN, answer, errors[1], text="Je regarde."):
        assert fire_due(pg_world.desk, paris(ELEVEN)).looked_at == 0
        assert len(tried) == 5
        assert fire_due(pg_world.desk, paris(ELEVEN)).count == 1
    assert warned(pg_world, errors[0]) == ["Clara"]
    [later] = {timer.next_at - paris(ELEVEN) for timer in timers(pg_world, "low_balance", "pending")}
    assert later == timedelta(seconds=1)
    assert fire_due(pg_world.desk, paris(ELEVEN) + later) == Fired(count=7, lateness_s=3601)


def test_the_clock_and_those_who_act_never_stand_in_each_others_way(pg_world: World) -> None:
    """Sixteen tickets warned at 11:00, answered by eight hands at that instant, and two processes that fire: every
    warning was sent, or taken back by its answer; nobody is refused."""
    fire(pg_world, TEN)
    facts = {"item": "erreurs", "severity": "major", "description": "Erreur 12"}
    numbers = [int(pg_world.do("julie", TEN, deposit, title=f"OF {n}", **facts).id) for n in range(16)]

    def answers(mine: list[int]) -> Callable[[], object]:
        return lambda: [pg_world.do("clara", ELEVEN, answer, number, text="Je regarde.") and None for number in mine]

    firing = [Thread(target=fire, args=(pg_world, ELEVEN)) for _ in range(2)]
    for thread in firing:
        thread.start()
    assert at_once([answers(numbers[n::8]) for n in range(8)]) == [[None, None]] * 8
    for thread in firing:
        thread.join()
    fire(pg_world, ELEVEN)
    for timer in timers(pg_world, "sla_level"):
        if timer.data["clock"] == "first_response" and timer.data["share"] == 50:
            assert (timer.state, len(warned(pg_world, timer.subject))) in {("fired", 1), ("cancelled", 0)}


def test_an_edit_of_the_calendar_keeps_the_clock_waiting_and_not_the_other_way_round(
    pg_world: World, errors: list[int]
) -> None:
    """Timers fire by one calendar: those who share it end first."""
    with pg_world.desk.database.writing() as session:
        session.execute(text("SELECT pg_advisory_xact_lock(5459010)"))
        firing, _ = meanwhile(lambda: fire_due(pg_world.desk, paris(ELEVEN)))
        assert [warned(pg_world, number) for number in errors] == [[], []]
    firing.join()
    assert [warned(pg_world, number) for number in errors] == [["Clara"], ["Mehdi"]]
