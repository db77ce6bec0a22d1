"""`sla verify` folds every ticket again: it finds nothing in an honest base, and names whatever was changed by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from sla.desk.actor import SYSTEM
from sla.desk.calls import call_back, cancel_call, hold_call, move_call
from sla.desk.comment import comment
from sla.desk.estimates import offer_estimate
from sla.desk.hours import buy_hours
from sla.desk.merge import merge
from sla.desk.office import Tx
from sla.desk.qualify import qualify
from sla.desk.resolve import resolve
from sla.desk.verify import CLOCKED, FOLDED, differences
from sla.desk.wait import wait_for_client, wait_until
from sla.desk.work import work
from sla.store.tables import Appointment, ClockRow, Forfait, Intervention, Ticket, Timer, VerdictRow
from tests.desk.kept import USAGE, balance, fire, in_hand
from tests.worlds import World, paris

NOW = "2026-06-01 15:00"


class Undone(Exception):
    """Takes back what a test has broken."""


@pytest.fixture
def busy(world: World) -> dict[str, int]:
    """A base in which every kind of row stands: tickets by what they do, and their calls."""
    found = {
        "running": in_hand(world),
        "asked": in_hand(world),
        "dated": in_hand(world),
        "tma": in_hand(world, item=USAGE),
    }
    found["resolved"], found["merged"] = in_hand(world), in_hand(world)
    world.do("clara", "2026-06-01 10:00", wait_for_client, found["asked"], text="Quelle version ?")
    world.do("julie", "2026-06-01 10:00", wait_until, found["dated"], day="2026-06-09")
    world.do("julie", "2026-06-01 10:10", comment, found["running"], text="Alors ?")
    world.do("clara", "2026-06-01 11:00", work, found["tma"], minutes=20)
    world.do("clara", "2026-06-01 11:00", resolve, found["resolved"], text="Fait.")
    world.do("diane", "2026-06-01 11:00", merge, found["merged"], into=found["running"], reason="Doublon")
    found["booked"], found["held"], found["off"] = (
        world.do("clara", "2026-06-01 11:10", call_back, found["running"], starts_at=f"2026-06-0{day}T14:00").id
        for day in (2, 3, 4)
    )
    world.do("clara", "2026-06-01 11:20", move_call, found["booked"], starts_at="2026-06-02T15:00")
    world.do("clara", "2026-06-01 11:30", hold_call, found["held"])
    world.do("clara", "2026-06-01 11:30", cancel_call, found["off"], reason="Réglé")
    asked = in_hand(world, item=USAGE)
    found["offer"] = world.do("clara", "2026-06-01 12:00", offer_estimate, asked, minutes=60, perimeter="Un état.").id
    fire(world, NOW)
    return found


def told_after(world: World, *statements: Any) -> list[str]:
    """What is named once these were run; they are taken back."""

    def broken() -> None:
        with world.desk.database.writing() as session:
            for statement in statements:
                assert session.execute(statement).rowcount >= 1  # type: ignore[attr-defined]
            found.extend(differences(Tx(world.desk, session, SYSTEM, paris(NOW))))
            raise Undone

    found: list[str] = []
    with pytest.raises(Undone):
        broken()
    return found


def other(value: object) -> object:
    """Something else of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value + timedelta(seconds=1) if isinstance(value, datetime) else None


WRONG = {
    "state": "declined",
    "level": "tma",
    "severity": "minor",
    "item": "x",
    "waiting_for": "x",
    "kind": "session",
    "due_clock": "deployment",
    "mark": "void",
    "cause": "x",
    "left_s": 1,
    **dict.fromkeys(("waiting_until", "resolved_at", "accept_until", "ended_at", "overdue_at"), paris(NOW)),
}


def wrong(column: str, value: object) -> object:
    return WRONG[column] if column in WRONG else other(value)


def test_hours_kept_for_the_client_and_given_to_the_next_forfait_are_accounted_for(world: World) -> None:
    """Requalified after the forfait that bore it has expired; what was kept comes with the next one."""
    number = in_hand(world, item=USAGE)
    world.do("clara", "2026-06-01 16:00", work, number, minutes=60)
    fire(world, "2027-01-12 09:00")
    world.do("diane", "2027-01-12 10:00", qualify, number, item="erreurs", reason="Un défaut.")
    assert world.see(SYSTEM, "2027-01-12 10:00", differences) == []
    pack = world.do("marc", "2027-01-12 11:00", buy_hours, world.companies["acme"], hours=10)
    assert balance(world, pack.id) == 44
    assert world.see(SYSTEM, "2027-01-12 11:00", differences) == []


def test_an_honest_base_differs_in_nothing(world: World, busy: dict[str, int]) -> None:
    assert world.see(SYSTEM, NOW, differences) == []
    for at in ("2026-06-01 17:00", "2026-06-02 15:15", "2026-06-03 12:00", "2026-06-09 09:00", "2026-06-20 12:00"):
        fire(world, at)
        assert world.see(SYSTEM, at, differences) == []


def test_each_column_of_a_ticket_that_was_changed_by_hand_is_named(world: World, busy: dict[str, int]) -> None:
    number = busy["running"]
    with world.desk.database.reading() as session:
        row = session.get_one(Ticket, number)
    for column in (*FOLDED, "seq"):
        value = busy["asked"] if column == "merged_into" else wrong(column, getattr(row, column))
        named = told_after(world, update(Ticket).where(Ticket.id == number).values({column: value}))
        assert [each for each in named if each.startswith(f"ticket {number}: {column} is ")], column


def test_each_column_of_a_clock_is_named_and_a_clock_that_is_gone(world: World, busy: dict[str, int]) -> None:
    number, name = busy["running"], "resolution"
    this = ClockRow.ticket_id == number, ClockRow.name == name
    with world.desk.database.reading() as session:
        row = session.get_one(ClockRow, (number, name))
    for column in CLOCKED:
        named = told_after(world, update(ClockRow).where(*this).values({column: wrong(column, getattr(row, column))}))
        assert [each for each in named if each.startswith(f"ticket {number}: {name}.{column} is ")], column
    assert f"ticket {number}: clock {name} is missing" in told_after(world, delete(ClockRow).where(*this))


def test_each_column_of_an_appointment_is_named(world: World, busy: dict[str, int]) -> None:
    with world.desk.database.reading() as session:
        row = session.get_one(Appointment, busy["booked"])
    for column in ("ticket_id", "kind", "state", "starts_at", "technician_id", "sequence"):
        value = {"state": "held"}.get(column) or wrong(column, getattr(row, column))
        named = told_after(world, update(Appointment).where(Appointment.id == row.id).values({column: value}))
        assert f"appointment {row.id}: {column} is " in " ".join(named), column
    gone = delete(Appointment).where(Appointment.id == row.id)
    assert f"appointment {row.id}: is missing" in " ".join(told_after(world, gone))


def test_a_verdict_that_is_gone_added_or_other_is_named(world: World, busy: dict[str, int]) -> None:
    this = VerdictRow.ticket_id == busy["resolved"], VerdictRow.clock == "resolution"
    named = f"ticket {busy['resolved']}: verdict resolution 1"
    assert f"{named} is missing" in told_after(world, delete(VerdictRow).where(*this))
    assert f"{named} has no history" not in told_after(world)
    assert f"ticket {busy['resolved']}: verdict resolution 9 has no history" in told_after(
        world, update(VerdictRow).where(*this).values(cycle=9)
    )
    assert f"{named}: mark is 'missed', its history says" in " ".join(
        told_after(world, update(VerdictRow).where(*this).values(mark="missed"))
    )


def test_timers_that_are_gone_too_many_or_at_another_instant_are_named(world: World, busy: dict[str, int]) -> None:
    mine = Timer.state == "pending", Timer.subject == busy["running"], Timer.kind == "sla_level"
    resolution = *mine, Timer.data["clock"].as_string() == "resolution"
    for share in (50, 75, 90, 100):
        gone = update(Timer).where(*resolution, Timer.data["share"].as_integer() == share).values(state="cancelled")
        assert f"resolution will not be told at {share} %" in " ".join(told_after(world, gone))
    later = update(Timer).where(*mine).values(due_at=paris("2026-07-01 09:00"))
    assert "its clock says" in " ".join(told_after(world, later))
    asleep = update(Timer).where(Timer.subject == busy["asked"], Timer.kind == "sla_level").values(state="pending")
    assert f"ticket {busy['asked']}: resolution is paused, and sla_level" in " ".join(told_after(world, asleep))
    for kind, subject in (("wait_ends", "dated"), ("acceptance_end", "resolved")):
        this = Timer.kind == kind, Timer.subject == busy[subject]
        assert f"timer {kind} is missing" in " ".join(told_after(world, delete(Timer).where(*this)))
        moved = update(Timer).where(*this).values(due_at=paris("2026-07-01 09:00"))
        assert f"timer {kind} is due" in " ".join(told_after(world, moved))
    for kind, number in (("expiry", world.forfait), ("estimate_end", busy["offer"])):
        this = Timer.kind == kind, Timer.subject == number
        assert f" {number}: nothing will end it on " in " ".join(told_after(world, delete(Timer).where(*this)))
        later = (
            update(Timer).where(*this).values(due_at=paris("2027-07-01 09:00"), reached_at=paris("2027-07-01 09:00"))
        )
        assert f" {number}: nothing will end it on " in " ".join(told_after(world, later))
    call = Timer.subject == busy["booked"], Timer.kind == "call_missed", Timer.state == "pending"
    assert "nothing will say that it is missed" in " ".join(told_after(world, delete(Timer).where(*call)))
    held = update(Timer).where(Timer.subject == busy["held"], Timer.kind == "call_missed").values(state="pending")
    assert f"appointment {busy['held']}: is held, and call_missed" in " ".join(told_after(world, held))


def test_sums_that_do_not_sum_are_named(world: World, busy: dict[str, int]) -> None:
    for table, column, said in (
        (Forfait, "balance_quarters", "its ledger sums to"),
        (Intervention, "minutes", "its stretches sum to"),
        (Intervention, "consumed_quarters", "its stretches make"),
    ):
        named = told_after(world, update(table).values({column: 7}))
        assert said in " ".join(named)
    consumed = told_after(world, update(Intervention).values(consumed_quarters=7))
    assert f"company {world.companies['acme']}: 7 quarters consumed, 2 taken from forfaits, 0 owed" in consumed
