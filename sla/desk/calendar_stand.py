"""The plan under one calendar, whether the one in force or one that is being edited, and what is promised meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from sla.calendar import BusinessCalendar
from sla.contract.targets import BREACH_SHARE
from sla.desk.office import Tx
from sla.queue.dispatch import Technician, Work
from sla.queue.plan import Plan, plan
from sla.store.tables import ClockRow, Ticket
from sla.ticket.life import ALWAYS


@dataclass(frozen=True, slots=True)
class Promised:
    """A ticket's nearest deadline under one calendar; `least` is the working time that should be left before it."""

    due_at: datetime
    clock: str
    least: timedelta
    hours: BusinessCalendar

    def margin(self, end: datetime) -> timedelta:
        return self.hours.between(end, self.due_at)

    def danger(self, end: datetime) -> int:
        """0: none; 1: too little left; 2: late."""
        if end > self.due_at:
            return 2
        return int(self.margin(end) < self.least)


@dataclass(frozen=True, slots=True)
class Stand:
    """Who is there, what waits, what is promised of it, and the plan, under one calendar."""

    people: Sequence[Technician]
    waiting: Mapping[int, Work]
    promised: Mapping[int, Promised]
    plan: Plan

    def late(self) -> set[int]:
        return {slot.ticket for slot in self.plan.slots if slot.late}


def stand_under(
    tx: Tx,
    hours: BusinessCalendar,
    waiting: Mapping[int, Work],
    people: Sequence[Technician],
    new: Mapping[tuple[int, str], datetime],
    left: int,
) -> Stand:
    """`new`: by ticket and clock, the deadlines that `hours` move; `left`: per cent of the promised time that must be
    left."""
    promised = _promised(tx, hours, list(waiting), new, left)
    works = {
        number: replace(work, due_at=promised[number].due_at if number in promised else None)
        for number, work in waiting.items()
    }
    return Stand(people, works, promised, plan(people, list(works.values()), tx.now, tx.settings.plan.rule))


def _promised(
    tx: Tx, hours: BusinessCalendar, tickets: Sequence[int], new: Mapping[tuple[int, str], datetime], left: int
) -> dict[int, Promised]:
    """Of each ticket the nearest of its running deadlines."""
    columns = ClockRow.ticket_id, ClockRow.name, ClockRow.due_at, ClockRow.target_s, Ticket.level, Ticket.severity
    query = select(*columns).join(Ticket, Ticket.id == ClockRow.ticket_id)
    query = query.where(ClockRow.ticket_id.in_(tickets), ClockRow.mark == "running", ClockRow.due_at.is_not(None))
    always = tx.targets.round_the_clock
    found: dict[int, Promised] = {}
    for ticket, clock, old, target_s, level, severity in tx.session.execute(query):
        due = new.get((ticket, clock), old)
        if due is None or (ticket in found and (found[ticket].due_at, found[ticket].clock) <= (due, clock)):
            continue
        counted = ALWAYS if (level, severity) in always else hours
        found[ticket] = Promised(due, clock, timedelta(seconds=target_s) * left / BREACH_SHARE, counted)
    return found
