"""How long work took at this desk, from its own history: first answers, and what followed them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sla.contract.service_item import ServiceItem
from sla.contract.targets import Severity
from sla.desk.office import Tx
from sla.desk.scene import seconds
from sla.queue.expect.durations import FollowUps, Ratios
from sla.store.tables import Event, FirstAnswer, Person, Ticket
from sla.ticket.facts import Kind

LEARNED_FROM = 500
"""First answers."""
ENOUGH = 30
"""Below so many, nothing is supposed of what follows them."""
LONGEST_S = 4 * 3600.0
"""Whoever did nothing else for so long was not at that answer all the while."""
WORK = frozenset(
    {Kind.TAKEN, Kind.ANSWERED, Kind.CALL_HELD, Kind.SESSION_HELD, Kind.WORKED, Kind.WORKAROUND_GIVEN, Kind.RESOLVED}
)
AGAIN = frozenset({Kind.COMMENTED, Kind.RESUMED, Kind.ESTIMATE_ACCEPTED, Kind.ESTIMATE_DECLINED})
"""What ends a wait for the client."""


PaceOf = Callable[[int, ServiceItem], float]
"""Of a technician at a service item."""


@dataclass(slots=True)
class _Learned:
    """`acted`: when each author last did something; `sent`: since when each ticket is with its client."""

    answers: list[tuple[str, float]] = field(default_factory=list)
    acted: dict[int, datetime] = field(default_factory=dict)
    answered: dict[int, datetime] = field(default_factory=dict)
    followed: set[int] = field(default_factory=set)
    sent: dict[int, datetime] = field(default_factory=dict)
    pauses: dict[int, float] = field(default_factory=dict)


def past_work(tx: Tx, until: datetime) -> tuple[Ratios, FollowUps]:
    """What had happened before an instant.

    A first answer took as long as its author had done nothing else, from when it was awaited at the earliest; what
    followed took the time that was logged.
    """
    query = select(FirstAnswer).where(FirstAnswer.answered_at < until).order_by(FirstAnswer.answered_at.desc())
    firsts = {row.ticket_id: row for row in tx.session.scalars(query.limit(LEARNED_FROM))}
    if not firsts:
        return Ratios(), FollowUps()
    learned, pace = _Learned(), _paces(tx)
    for event in _events(tx, min(row.asked_at for row in firsts.values()), until):
        first = firsts.get(event.ticket_id)
        if first is not None:
            _learn(tx, learned, event, first, pace)
        if event.kind in WORK and event.author_id is not None:
            learned.acted[event.author_id] = event.at
    return Ratios.of(learned.answers), _follow_ups(tx, learned, pace)


def _events(tx: Tx, since: datetime, until: datetime) -> Iterator[Any]:
    columns = Event.ticket_id, Event.at, Event.kind, Event.author_id
    kinds = {*WORK, *AGAIN, Kind.WAITING_CLIENT}
    query = select(*columns).where(Event.at >= since, Event.at < until, Event.kind.in_(kinds))
    return iter(tx.session.execute(query.order_by(Event.at, Event.id)))


def _learn(tx: Tx, learned: _Learned, event: Any, first: FirstAnswer, pace: PaceOf) -> None:
    number = event.ticket_id
    if number not in learned.answered:
        if event.at == first.answered_at and event.kind != Kind.TAKEN and event.author_id is not None:
            learned.answered[number] = event.at
            _time(tx, learned, event, first, pace)
    elif event.kind == Kind.WAITING_CLIENT:
        learned.sent.setdefault(number, event.at)
    elif event.kind in AGAIN and number in learned.sent:
        learned.pauses.setdefault(number, seconds(tx, learned.sent[number], event.at))
    elif event.kind in WORK and event.at > first.answered_at:
        learned.followed.add(number)


def _time(tx: Tx, learned: _Learned, event: Any, first: FirstAnswer, pace: PaceOf) -> None:
    began = max(first.asked_at, learned.acted.get(event.author_id, first.asked_at))
    took = seconds(tx, began, event.at)
    line = tx.settings.catalogue.get(first.item)
    expected = tx.settings.plan.minutes(line, first.severity, responds=True) * 60 * pace(event.author_id, line)
    if 0 < took <= LONGEST_S:
        learned.answers.append((first.item, took / expected))


def _follow_ups(tx: Tx, learned: _Learned, pace: PaceOf) -> FollowUps:
    known = len(learned.answered)
    if known < ENOUGH:
        return FollowUps()
    plan = tx.settings.plan
    targets = {str(each): float(tx.targets.promise("maintenance", each).resolution) for each in Severity}
    expected = {line.code: plan.resolution_minutes[line.skill] * 60.0 for line in tx.settings.catalogue}
    pauses = [learned.pauses.get(number, 0.0) for number in learned.followed]
    ratios = Ratios.of(list(_worked(tx, learned.followed, expected, pace)))
    share = len(learned.followed) / known
    return FollowUps(share, sorted(pauses) or (0.0,), expected, targets, plan.resolution_weight, ratios)


def _worked(tx: Tx, numbers: set[int], expected: dict[str, float], pace: PaceOf) -> Iterator[tuple[str, float]]:
    columns = Ticket.item, Ticket.technician_id, Ticket.worked_minutes
    query = select(*columns).where(Ticket.id.in_(numbers), Ticket.worked_minutes > 0).order_by(Ticket.id)
    for item, who, minutes in tx.session.execute(query):
        yield item, minutes * 60 / (expected[item] * pace(who or 0, tx.settings.catalogue.get(item)))


def _paces(tx: Tx) -> PaceOf:
    """Slowness as configured; 1 for those whom desk.toml doesn't know, or who don't master it."""
    lines = {line.code: line for line in tx.settings.technicians}
    people = tx.session.execute(select(Person.id, Person.code).where(Person.code.in_(lines)))
    known = {number: lines[code or ""] for number, code in people}
    return lambda who, item: (known[who].pace(item) or 1.0) if who in known else 1.0
