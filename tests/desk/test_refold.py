"""After any long sequence of verbs and timers, what is stored beside the history is what the history says."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from sla.desk.accept import accept, refuse
from sla.desk.actor import SYSTEM
from sla.desk.answer import answer
from sla.desk.assign import assign, unpin
from sla.desk.calls import call_back, cancel_call, hold_call, miss_call, move_call
from sla.desk.comment import comment
from sla.desk.correct_work import correct_work
from sla.desk.deposit import deposit
from sla.desk.escalate import decline, escalate
from sla.desk.estimate_decision import accept_estimate, decline_estimate, question_estimate
from sla.desk.estimates import ask_estimate, offer_estimate
from sla.desk.history import copy, store
from sla.desk.hours import buy_hours, correct_hours
from sla.desk.merge import merge
from sla.desk.note import note
from sla.desk.people import be_absent
from sla.desk.qualify import qualify
from sla.desk.readiness import BY_CODE, Readiness, set_readiness
from sla.desk.reopen import reopen
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.running_work import confirm_work, drop_work, start_work, stop_work
from sla.desk.sessions import book_session, hold_session, move_session
from sla.desk.take import take, take_next
from sla.desk.time_kept import stands
from sla.desk.verify import differences
from sla.desk.wait import resume, wait_for_client, wait_for_publisher, wait_until
from sla.desk.work import work
from sla.desk.work_around import work_around
from sla.errors import Refused
from sla.jobs.fire import fire_due
from sla.store.tables import (
    ClockRow,
    Company,
    Debt,
    Event,
    Forfait,
    Intervention,
    LedgerEntry,
    Row,
    Ticket,
    TimeEntry,
    Timer,
)
from sla.ticket.clock import Mark
from sla.ticket.fold import fold
from tests.worlds import World, paris

ITEMS = ("erreurs", "usage", "parametrage", "conseil", "informatique_reseau", "installation_questions", "etats")
SEVERITIES = ("blocking", "major", "minor", "question")
LEVELS = ("maintenance", "tma", "excluded")
CLIENTS, TECHNICIANS = ("julie", "alain", "agnes", "bruno", "sonia"), ("clara", "mehdi", "sandrine", "yann")
STEPS = 220


class Weeks:
    """Some weeks at a desk where anybody does anything at any time; what is refused is refused."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random, self.at = world, random.Random(seed), paris("2026-05-18 08:00")
        self.done = 0

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.at += timedelta(seconds=self.random.choice((60, 600, 1800, 3600, 7200, 20_000, 90_000)))
            while fire_due(self.world.desk, self.at).looked_at:
                pass
            try:
                self.act()
                self.done += 1
            except Refused:
                continue

    def act(self) -> None:
        who, verb, args, given = self.random.choice([self.client, self.support, self.support, self.steering])()
        self.world.do(who, self.at, verb, *args, **given)

    def number(self) -> int:
        with self.world.desk.database.reading() as session:
            return self.random.randint(1, (session.scalar(select(func.max(Ticket.id))) or 0) + 1)

    def later(self) -> datetime:
        return self.at + timedelta(hours=self.random.choice((1, 3, 20, 30)))

    def client(self) -> tuple[str, Callable[..., Any], tuple[int, ...], dict[str, Any]]:
        pick = self.random.choice
        ask = {"item": pick(ITEMS), "severity": pick(SEVERITIES), "title": "t", "description": "d"}
        acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
            (comment, {"text": "x"}),
            (accept, {"reservations": pick((True, False)), "text": "x"}),
            (refuse, {"text": "x"}),
            (reopen, {"text": "x"}),
            (call_back, {"starts_at": self.later()}),
            (move_call, {"starts_at": self.later()}),
            (cancel_call, {"reason": "x"}),
            (wait_until, {"day": (self.at + timedelta(days=pick((1, 3, 8)))).date()}),
            (resume, {}),
            (ask_estimate, {}),
            (accept_estimate, {}),
            (decline_estimate, {}),
            (question_estimate, {"text": "x"}),
        ]
        if self.random.random() < 0.3:
            return pick(CLIENTS), deposit, (), ask
        verb, given = pick(acts)
        return pick(CLIENTS), verb, (self.number(),), given

    def support(self) -> tuple[str, Callable[..., Any], tuple[int, ...], dict[str, Any]]:
        pick, who = self.random.choice, self.random.choice(TECHNICIANS)
        acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
            (answer, {"text": "x"}),
            (note, {"text": "x"}),
            (take, {}),
            (wait_for_client, {"text": "x"}),
            (wait_for_publisher, {"reference": "x"}),
            (resume, {}),
            (work, {"minutes": pick((1, 15, 16, 44, 100, 180))}),
            (work, {"minutes": pick((7, 61))}),
            (work, {"minutes": 20, "own_error": True, "reason": "x"}),
            (start_work, {"instead": pick((True, False))}),
            (stop_work, {}),
            (confirm_work, {"minutes": pick((None, 12))}),
            (drop_work, {}),
            (correct_work, {"minutes": pick((0, 5, 90)), "reason": "x", "own_error": pick((None, True, False))}),
            (set_readiness, {"answers": {pick(list(BY_CODE)): (pick(list(Readiness)), "x")}}),
            (work_around, {"text": "x", "possible": pick((True, False))}),
            (offer_estimate, {"perimeter": "x", "minutes": pick((None, 30, 240, 255))}),
            (resolve, {"text": "x"}),
            (report, {"done": "x"}),
            (escalate, {"reason": "x"}),
            (qualify, {"reason": "x", "severity": pick(SEVERITIES)}),
            (qualify, {"reason": "x", "item": pick(ITEMS)}),
            (hold_call, {}),
            (miss_call, {}),
            (cancel_call, {"reason": "x"}),
            (move_call, {"starts_at": self.later()}),
            (move_session, {"starts_at": self.later()}),
            (wait_until, {"day": (self.at + timedelta(days=pick((1, 3, 8)))).date()}),
            (merge, {"into": self.number(), "reason": "x"}),
            (book_session, {"starts_at": self.later()}),
            (hold_session, {}),
        ]
        if self.random.random() < 0.15:
            return who, take_next, (), {}
        verb, given = pick(acts)
        return who, verb, (self.number(),), given

    def steering(self) -> tuple[str, Callable[..., Any], tuple[int, ...], dict[str, Any]]:
        pick, world = self.random.choice, self.world
        technician = world.people[pick(TECHNICIANS)].id or 0
        day = {"starts_at": self.later(), "ends_at": self.later() + timedelta(hours=30), "label": "x"}
        acts: list[tuple[Callable[..., Any], tuple[int, ...], dict[str, Any]]] = [
            (assign, (self.number(),), {"technician": technician}),
            (unpin, (self.number(),), {}),
            (qualify, (self.number(),), {"reason": "x", "level": pick(LEVELS)}),
            (decline, (self.number(),), {"reason": "x"}),
            (be_absent, (technician,), day),
            (buy_hours, (pick((1, 2)),), {"hours": 10}),
            (correct_hours, (1,), {"quarters": pick((-3, 2)), "reason": "x"}),
        ]
        verb, args, given = pick(acts)
        return "marc", verb, args, given


def columns(row: Row, but: tuple[str, ...] = ()) -> dict[str, Any]:
    keys = [column.key for column in inspect(type(row)).columns]
    return {key: getattr(row, key) for key in keys if key not in but}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_weeks_of_anything_all_that_is_stored_follows_from_what_only_grows(world: World, seed: int) -> None:
    weeks = Weeks(world, seed)
    weeks.live(STEPS)
    assert weeks.done > STEPS / 4
    assert world.see(SYSTEM, weeks.at, differences) == []
    what_is_stored_is_the_fold_of_the_history(world)
    hours_add_up(world)
    only_deadlines_that_run_have_timers(world)


def what_is_stored_is_the_fold_of_the_history(world: World) -> None:
    with world.desk.database.reading() as session:
        tickets = list(session.scalars(select(Ticket)))
        for kept in tickets:
            history = list(session.scalars(select(Event).where(Event.ticket_id == kept.id).order_by(Event.seq)))
            assert [event.seq for event in history] == list(range(1, kept.seq + 1))
            assert [event.at for event in history] == sorted(event.at for event in history)
            life = fold(history, world.rules)
            told = Ticket(id=kept.id)
            store(told, life)
            given = ("id", "company_id", "requester_id", "title", "description", "seq", "search", "reference")
            assert columns(told, given) == columns(kept, given)
            for name, clock in life.clocks.items():
                row = session.get(ClockRow, (kept.id, name))
                if row is None:
                    assert clock.mark is Mark.IDLE
                    continue
                again = ClockRow(ticket_id=kept.id, name=name)
                copy(clock, again)
                assert columns(again) == columns(row)
        assert len(tickets) > 5


def hours_add_up(world: World) -> None:
    """A balance is its ledger's sum; and all that was consumed was taken from a forfait or is owed."""
    with world.desk.database.reading() as session:
        for pack in session.scalars(select(Forfait)):
            total = select(func.sum(LedgerEntry.quarters)).where(LedgerEntry.forfait_id == pack.id)
            assert pack.balance_quarters == session.scalar(total)
            assert pack.balance_quarters >= 0
        for each in session.scalars(select(Intervention)):
            minutes = select(func.coalesce(func.sum(TimeEntry.minutes), 0)).where(
                TimeEntry.intervention_id == each.id, stands()
            )
            charged = session.scalar(minutes.where(~TimeEntry.own_error)) or 0
            level = session.get_one(Ticket, each.ticket_id).level
            assert each.minutes == session.scalar(minutes)
            assert each.consumed_quarters == (-(-charged // 15) if level == "tma" else 0)
        for company in session.scalars(select(Company.id)):
            consumed = select(func.coalesce(func.sum(Intervention.consumed_quarters), 0)).join(
                Ticket, Ticket.id == Intervention.ticket_id
            )
            taken = select(func.coalesce(-func.sum(LedgerEntry.quarters), 0)).join(
                Forfait, Forfait.id == LedgerEntry.forfait_id
            )
            moved = (LedgerEntry.kind == "consumption") | LedgerEntry.intervention_id.is_not(None)
            owed = session.scalar(select(func.coalesce(func.sum(Debt.quarters), 0)).where(Debt.company_id == company))
            assert owed is not None
            assert owed >= 0
            paid = session.scalar(taken.where(Forfait.company_id == company, moved))
            assert session.scalar(consumed.where(Ticket.company_id == company)) == (paid or 0) + owed


def only_deadlines_that_run_have_timers(world: World) -> None:
    with world.desk.database.reading() as session:
        running = {
            (row.ticket_id, row.name, row.due_at.isoformat())
            for row in session.scalars(select(ClockRow).where(ClockRow.mark == "running"))
            if row.due_at is not None
        }
        pending = select(Timer).where(Timer.kind == "sla_level", Timer.state == "pending")
        waiting = {(t.subject, t.data["clock"], t.data["due_at"]) for t in session.scalars(pending)}
        breaches = select(Timer).where(Timer.kind == "sla_level", Timer.state.in_(("pending", "fired")))
        told = {
            (t.subject, t.data["clock"], t.data["due_at"]) for t in session.scalars(breaches) if t.data["share"] == 100
        }
        failed = select(func.count()).select_from(Timer).where((Timer.state == "failed") | (Timer.attempts > 1))
        assert waiting <= running <= told
        assert session.scalar(failed) == 0
