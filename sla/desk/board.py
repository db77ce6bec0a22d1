"""The board: what awaits, by working time left, and each technician's expected days. HTML and JSON share these
reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from sla.contract.service_item import at_level, near_limit
from sla.desk.office import Tx
from sla.desk.permits import SUPPORT
from sla.desk.queueing import planned
from sla.desk.search_words import words
from sla.desk.typed import searchable
from sla.errors import Forbidden
from sla.queue.plan import Plan
from sla.store.tables import ClockRow, Company, Person, Ticket

SHOWN = 200
WATCH_SHARE = 25
"""A clock is to be watched when this share of its target, or less, is left."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a board is narrowed to; None and empty mean all. `view`: one of VIEWS, « late » being late or soon to be."""

    view: str = "all"
    technician: int | None = None
    company: int | None = None
    severity: str | None = None
    level: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One ticket that awaits. `left_s`: working seconds to its nearest deadline, negative when late; while it is
    paused, what was left. `mark`: on_time, watch, late, paused, or none when no clock runs. `limit_minutes`: what its
    work may take, once that is near."""

    id: int
    title: str
    company: str
    severity: str
    level: str
    item: str
    state: str
    waiting_for: str | None
    technician_id: int | None
    technician: str | None
    pinned: bool
    begun: bool
    contested: bool
    deposited_at: datetime
    worked_minutes: int
    seq: int
    clock: str | None
    due_at: datetime | None
    left_s: int | None
    mark: str
    limit_minutes: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """`total` counts all that the filters let through, `rows` are the first of them; `counts` is by view,
    unfiltered."""

    now: datetime
    rows: Sequence[BoardRow]
    total: int
    counts: dict[str, int] = field(default_factory=dict)
    plan: Plan | None = None


def board(tx: Tx, filters: Filters = Filters(), *, with_plan: bool = True) -> Board:
    """The queue as it stands; for support only."""
    if tx.actor.role not in SUPPORT:
        raise Forbidden(role=tx.actor.role, action="board")
    query = _narrowed(tx, _awaiting(), filters)
    total = tx.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = [_row(tx, each) for each in tx.session.execute(query.limit(SHOWN))]
    return Board(tx.now, rows, total, counts(tx), planned(tx) if with_plan else None)


VIEWS = ("all", "late", "unassigned", "paused", "contested")


def counts(tx: Tx) -> dict[str, int]:
    """How many tickets each view holds, in one pass over what awaits."""
    columns = [func.count(), *(func.count().filter(_in_view(tx, view)) for view in VIEWS[1:])]
    query = select(*columns).select_from(Ticket).outerjoin(ClockRow, NEAREST)
    found = tx.session.execute(query.where(Ticket.awaiting)).one()
    return {view: int(number or 0) for view, number in zip(VIEWS, found, strict=True)}


def _in_view(tx: Tx, view: str) -> ColumnElement[bool]:
    if view == "late":
        return or_(Ticket.due_at < tx.now, *_soon(tx))
    if view == "unassigned":
        return Ticket.technician_id.is_(None)
    if view == "contested":
        return Ticket.contested.is_(True)
    return Ticket.state.in_(("waiting_client", "waiting_publisher"))


def _soon(tx: Tx) -> list[ColumnElement[bool]]:
    """Whether a clock is to be watched, asked of the database: one instant for each target that was ever promised."""
    promised = {size for version in tx.promised for size in version.targets.sizes}
    until = {size: tx.hours.add(tx.now, timedelta(seconds=size * WATCH_SHARE // 100)) for size in promised}
    return [and_(ClockRow.target_s == size, Ticket.due_at <= at) for size, at in sorted(until.items())]


TECHNICIAN = aliased(Person)
NEAREST = and_(ClockRow.ticket_id == Ticket.id, ClockRow.name == Ticket.due_clock)


def _awaiting() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Ticket.id,
            Ticket.title,
            Company.name.label("company"),
            Ticket.severity,
            Ticket.level,
            Ticket.item,
            Ticket.state,
            Ticket.waiting_for,
            Ticket.technician_id,
            TECHNICIAN.name.label("technician"),
            Ticket.pinned,
            Ticket.begun,
            Ticket.contested,
            Ticket.deposited_at,
            Ticket.worked_minutes,
            Ticket.seq,
            Ticket.due_clock.label("clock"),
            Ticket.due_at,
            Ticket.left_s,
            ClockRow.target_s,
        )
        .join(Company, Company.id == Ticket.company_id)
        .outerjoin(TECHNICIAN, TECHNICIAN.id == Ticket.technician_id)
        .outerjoin(ClockRow, NEAREST)
        .where(Ticket.awaiting)
        .order_by(Ticket.due_at.is_(None), Ticket.due_at, Ticket.left_s, Ticket.id)
    )


def _narrowed(tx: Tx, query: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
    if filters.view in VIEWS[1:]:
        query = query.where(_in_view(tx, filters.view))
    for column, wanted in (
        (Ticket.technician_id, filters.technician),
        (Ticket.company_id, filters.company),
        (Ticket.severity, filters.severity),
        (Ticket.level, filters.level),
    ):
        if wanted:
            query = query.where(column == wanted)
    asked = list(words(filters.text))
    names = tx.session.execute(select(Company.id, Company.name)).all() if asked else []
    for word in asked:
        owners = [company for company, name in names if word.text in searchable(name)]
        matches = Ticket.search.contains(word.text, autoescape=True) | Ticket.company_id.in_(owners)
        query = query.where(matches if word.number is None else matches | (Ticket.id == word.number))
    return query


def _row(tx: Tx, row: Row[*tuple[Any, ...]]) -> BoardRow:
    facts = dict(row._mapping)
    target, paused = facts.pop("target_s"), facts["left_s"]
    due_at = facts["due_at"]
    hours = tx.hours_of(facts["level"], facts["severity"], facts["clock"])
    left = int(hours.between(tx.now, due_at).total_seconds()) if due_at else paused
    mark = mark_of(tx.now, due_at, left, target)
    return BoardRow(**{**facts, "left_s": left}, mark=mark, limit_minutes=_limit_near(tx, facts))


def _limit_near(tx: Tx, facts: dict[str, Any]) -> int | None:
    line = at_level(tx.settings.catalogue.get(facts["item"]), facts["level"])
    return line.limit_minutes if near_limit(line, facts["worked_minutes"], tx.settings.work.warn_minutes) else None


def mark_of(now: datetime, due_at: datetime | None, left_s: int | None, target_s: int | None) -> str:
    """A clock's state in the words of the screens."""
    if due_at is None:
        return "paused" if left_s is not None else "none"
    if now > due_at:
        return "late"
    return "watch" if target_s and (left_s or 0) * 100 <= WATCH_SHARE * target_s else "on_time"
