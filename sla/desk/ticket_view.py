"""One ticket as its reader may see it: its history, its clocks with their explanation, and whose turn it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from sla.contract.service_item import ServiceItem
from sla.desk.board import mark_of
from sla.desk.history import life_of
from sla.desk.office import Tx
from sla.desk.predict import Expected, expect
from sla.desk.report import Worked, worked_on
from sla.desk.sight import ticket_in_sight
from sla.store.tables import Appointment, CalendarVersion, Estimate, Event, Ticket
from sla.ticket.clock import Clock, ClockName, Mark
from sla.ticket.explanation import Explanation, explain
from sla.ticket.facts import Kind
from sla.ticket.life import Life


@dataclass(frozen=True, slots=True)
class ClockView:
    """`mark`: on_time, watch, late, paused, met, missed, void. `left_s`: working seconds left now, negative when
    late."""

    name: str
    mark: str
    target_s: int
    spent_s: int
    left_s: int
    started_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class TicketView:
    """`events` are public ones for a client, all of them for support; `edited_because`: the reasons of the calendar's
    editions that moved its deadlines, by number."""

    ticket: Ticket
    item: ServiceItem
    life: Life
    events: Sequence[Event]
    clocks: Sequence[ClockView]
    appointments: Sequence[Appointment]
    estimate: Estimate | None
    worked: Sequence[Worked]
    expected: Expected | None
    edited_because: Mapping[int, str]


def see_ticket(tx: Tx, number: int) -> TicketView:
    """NotFound for what is out of sight. One query a kind of row, whatever the history's length."""
    ticket = ticket_in_sight(tx, number)
    life = life_of(tx, ticket)
    history = select(Event).where(Event.ticket_id == number).order_by(Event.seq)
    events = tx.session.scalars(history.where(Event.public) if tx.actor.is_client else history).all()
    booked = select(Appointment).where(Appointment.ticket_id == number).order_by(Appointment.starts_at)
    offers = select(Estimate).where(Estimate.ticket_id == number).order_by(Estimate.id.desc()).limit(1)
    expected = None
    if life.answered_at is None and ticket.due_clock is not None:
        expected = expect(tx, item=ticket.item, severity=ticket.severity, level=ticket.level, ticket=ticket)
    return TicketView(
        ticket,
        tx.settings.catalogue.get(ticket.item),
        life,
        events,
        [clock_view(tx, ticket, clock) for clock in life.clocks.values() if clock.mark is not Mark.IDLE],
        tx.session.scalars(booked).all(),
        tx.session.scalars(offers).one_or_none(),
        worked_on(tx, ticket),
        expected,
        _edited_because(tx, events),
    )


def _edited_because(tx: Tx, events: Sequence[Event]) -> Mapping[int, str]:
    numbers = {event.data["edition"] for event in events if event.kind == Kind.RESCHEDULED}
    if not numbers:
        return {}
    rows = tx.session.execute(select(CalendarVersion.number, CalendarVersion.reason))
    return {number: reason for number, reason in rows if number in numbers}


def clock_view(tx: Tx, ticket: Ticket, clock: Clock) -> ClockView:
    hours, spent = tx.hours_of(ticket.level, ticket.severity, clock.name), clock.spent_s
    if clock.mark is Mark.RUNNING and clock.since is not None:
        spent += max(0, int(hours.between(clock.since, tx.now).total_seconds()))
    left = clock.target_s - spent
    mark = str(clock.mark)
    if clock.mark is Mark.RUNNING:
        mark = mark_of(tx.now, clock.due_at, left, clock.target_s)
    return ClockView(
        clock.name, mark, clock.target_s, spent, left, clock.started_at, clock.due_at, clock.ended_at, clock.cause
    )


def why(tx: Tx, number: int, name: str) -> tuple[ClockView, Explanation]:
    """« Pourquoi cette échéance ? »: every stretch from the clock's start to its deadline, counted or skipped with its
    reason, in order."""
    ticket = ticket_in_sight(tx, number)
    hours = tx.hours_of(ticket.level, ticket.severity, name)
    history = tx.session.scalars(select(Event).where(Event.ticket_id == number).order_by(Event.seq))
    found = explain(history, tx.rules, hours, ClockName(name), tx.now)
    return clock_view(tx, ticket, found.clock), found
