"""How the clock and the outbox are doing, in figures: what a manager's page, `/metrics` and `/health` tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from sla.desk.office import Tx
from sla.notify.leases import OPEN
from sla.store.heartbeats import last_beat
from sla.store.tables import Endpoint, Message, Timer

WINDOW = timedelta(hours=24)
SAMPLE = 5000
SHARES = (50, 95, 99, 100)
CHANNELS = ("mail", "webhook", "chat")


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late the last day's were, the newest 5,000 at most. `by_share`: for each share in per cent, the seconds that
    so many do not exceed, 100 giving the longest; None where there was nothing."""

    count: int
    by_share: dict[int, float | None]


@dataclass(frozen=True, slots=True)
class Stock:
    """One channel's messages: how many wait and how many failed; since when the longest overdue should have left, not
    counting those whose endpoint was stopped."""

    pending: int
    failed: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Measures:
    """`late`: timers that are due and did not fire yet; `oldest_due_at` is that of the longest due among them.
    `looked_at`: when a clock of any process last looked; None if none ever did."""

    at: datetime
    looked_at: datetime | None
    oldest_due_at: datetime | None
    late: int
    coming: int
    failed: int
    timers: Lateness
    messages: Lateness
    stock: dict[str, Stock]
    endpoints: dict[str, int]

    @property
    def oldest_overdue_s(self) -> float:
        return seconds_since(self.oldest_due_at, self.at)

    @property
    def unsent(self) -> int:
        return sum(each.pending for each in self.stock.values())


def measures(tx: Tx) -> Measures:
    pending = Timer.state == literal("pending", literal_execute=True)
    late = func.count().filter(Timer.due_at <= tx.now)
    counts = select(func.min(Timer.due_at), late, func.count()).where(pending)
    oldest, overdue, waiting = tx.session.execute(counts).one()
    failed = tx.session.scalar(select(func.count()).select_from(Timer).where(Timer.state == "failed")) or 0
    fired = Timer.state == literal("fired", literal_execute=True)
    return Measures(
        tx.now,
        last_beat(tx.session),
        oldest if oldest is not None and oldest <= tx.now else None,
        overdue,
        waiting - overdue,
        failed,
        _lateness(tx, Timer.fired_at, Timer.due_at, fired),
        _lateness(tx, Message.sent_at, Message.due_at, Message.state == "sent"),
        {channel: _stock(tx, channel) for channel in CHANNELS},
        _endpoints(tx),
    )


def seconds_since(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at is not None else 0.0


def _lateness(tx: Tx, done: Any, due: Any, ended: ColumnElement[bool]) -> Lateness:
    newest = select(done, due).where(ended, done > tx.now - WINDOW).order_by(done.desc()).limit(SAMPLE)
    found = sorted(seconds_since(was_due, at) for at, was_due in tx.session.execute(newest))
    return Lateness(len(found), {share: quantile(found, share) for share in SHARES})


def quantile(ordered: Sequence[float], share: int) -> float | None:
    """The least value that `share` per cent of them do not exceed."""
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)] if ordered else None


def _stock(tx: Tx, channel: str) -> Stock:
    pending = Message.state == literal("pending", literal_execute=True)
    waiting = pending, Message.channel == channel
    count = tx.session.scalar(select(func.count()).select_from(Message).where(*waiting)) or 0
    oldest = tx.session.scalar(select(func.min(Message.due_at)).where(*waiting, OPEN))
    failed = select(func.count()).select_from(Message).where(Message.state == "failed", Message.channel == channel)
    return Stock(count, tx.session.scalar(failed) or 0, oldest)


def _endpoints(tx: Tx) -> dict[str, int]:
    counts = select(Endpoint.state, func.count()).group_by(Endpoint.state)
    found = {row[0]: row[1] for row in tx.session.execute(counts)}
    return {state: found.get(state, 0) for state in ("active", "stopped", "disabled")}
