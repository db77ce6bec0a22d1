"""A mark by which every ticket is folded anew as the service starts: what its history says now is stored then."""

import sqlalchemy as sa
from sqlalchemy import Connection

from sla import wallclock
from sla.store.columns import Instant

REFOLD = "refold"
INSTANT = Instant(timezone=True)

tickets = sa.table("tickets", sa.column("id", sa.Integer))
timers = sa.table(
    "timers",
    *(sa.column(name, sa.Integer) for name in ("subject", "generation", "attempts")),
    *(sa.column(name, sa.String) for name in ("key", "kind", "state")),
    *(sa.column(name, INSTANT) for name in ("due_at", "next_at", "reached_at")),
    sa.column("data", sa.JSON),
)


def fold_anew(connection: Connection, revision: str, *earlier: str) -> None:
    """`earlier`: revisions whose mark does for this one as well, where nobody has begun with it."""
    if connection.scalar(sa.select(tickets.c.id).limit(1)) is None:
        return
    marks = timers.c.kind == REFOLD, timers.c.state == "pending", timers.c.key.in_([_key(each) for each in earlier])
    if connection.scalar(sa.select(timers.c.key).where(*marks)) is not None:
        return
    row = {"key": _key(revision), "kind": REFOLD, "subject": 0, "data": {"after": 0}, "state": "pending"}
    row |= dict.fromkeys(("due_at", "next_at", "reached_at"), wallclock.now())
    connection.execute(sa.insert(timers).values(**row, generation=0, attempts=0))


def _key(revision: str) -> str:
    return f"{REFOLD}:{revision}"


def forget(connection: Connection, revision: str) -> None:
    connection.execute(sa.delete(timers).where(timers.c.key == _key(revision)))


def forget_all(connection: Connection) -> None:
    """For a version that knows no such timers."""
    connection.execute(sa.delete(timers).where(timers.c.kind == REFOLD))
