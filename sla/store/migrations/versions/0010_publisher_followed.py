"""Errors at the publisher are followed until fixed or closed; what waited before they were kept is behind one

Tickets that already waited for the publisher when errors came to be kept had a follow-up of their own: its timer bears
the ticket's number, which has been read since as an error's.
"""

import unicodedata
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from sla import wallclock
from sla.store.columns import Instant
from sla.store.migrations.append_only import guard

revision = "publisher_followed"
down_revision = "next_try"
branch_labels = None
depends_on = None

Rows = list[dict[str, Any]]
INSTANT = Instant(timezone=True)
FOLLOW_UP = "publisher_follow_up"
TABLES = "publisher_errors", "publisher_links", "publisher_news"


def upgrade() -> None:
    connection, now = op.get_bind(), wallclock.now()
    meta = sa.MetaData()
    meta.reflect(connection, only=(*TABLES, "tickets", "events", "timers"))
    for table in meta.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.DateTime):
                column.type = INSTANT
    errors, links, news = ([dict(row) for row in _all(meta.tables[name])] for name in TABLES)
    for error in errors:
        error |= {"closed_at": None, "closed_because": "", "merged_into": None}
        if error["state"] == "open" and error["next_at"] is None:
            error["next_at"] = now  # its follow-up had stopped with the last ticket that waited
    timers = _all(sa.select(meta.tables["timers"]).where(meta.tables["timers"].c.kind == FOLLOW_UP))
    kept, misread = _sorted_out(timers, errors)
    waiting = _waiting(meta, {link["ticket_id"] for link in links})
    for sent in waiting:
        next_at = misread.get(sent["ticket_id"], now)
        error = _error_of(sent, errors, next_at)
        if error["id"] not in kept:
            error["next_at"] = min(error["next_at"], next_at)
        links.append({"ticket_id": sent["ticket_id"], "error_id": error["id"], "linked_at": sent["at"]})
        news.append(_sent(sent, error["id"], len(news) and max(each["id"] for each in news)))
    _tables_anew()
    for name, rows in zip(TABLES, (errors, links, news), strict=True):
        _fill(name, rows)
    _timers(meta.tables["timers"], errors, kept)


def _all(query: sa.Table | sa.Select[Any]) -> list[Any]:
    chosen = sa.select(query) if isinstance(query, sa.Table) else query
    return list(op.get_bind().execute(chosen.order_by(sa.text("1"))).mappings())


def _sorted_out(timers: list[Any], errors: Rows) -> tuple[set[int], dict[int, datetime]]:
    """Errors whose own follow-up is pending or parked, and by ticket the date of one that is a ticket's; the latter are
    taken back."""
    dates = {error["id"]: error["next_at"] for error in errors if error["state"] == "open"}
    live = [timer for timer in timers if timer["state"] in ("pending", "failed")]
    foreign = [timer for timer in live if dates.get(timer["subject"]) != timer["reached_at"]]
    if foreign:
        taken = sa.table("timers", sa.column("id", sa.Integer), sa.column("state", sa.String))
        back = sa.update(taken).where(taken.c.id.in_([timer["id"] for timer in foreign])).values(state="cancelled")
        op.get_bind().execute(back)
    pending = {timer["subject"]: timer["due_at"] for timer in foreign if timer["state"] == "pending"}
    return {timer["subject"] for timer in live if timer not in foreign}, pending


def _waiting(meta: sa.MetaData, linked: set[int]) -> list[Any]:
    """The fact by which each ticket without an error behind it came to wait for the publisher."""
    tickets, events = meta.tables["tickets"], meta.tables["events"]
    last = sa.select(events.c.ticket_id, sa.func.max(events.c.seq).label("seq"))
    last = last.where(events.c.kind == "waiting_publisher").group_by(events.c.ticket_id).subquery()
    query = sa.select(events.c.ticket_id, events.c.at, events.c.author, events.c.data)
    query = query.join(last, (last.c.ticket_id == events.c.ticket_id) & (last.c.seq == events.c.seq))
    query = query.join(tickets, tickets.c.id == events.c.ticket_id).where(tickets.c.state == "waiting_publisher")
    return [row for row in _all(query) if row["ticket_id"] not in linked]


def _error_of(sent: Any, errors: Rows, next_at: datetime) -> dict[str, Any]:
    """The error of its reference, which is open: somebody waits for it."""
    reference = (sent["data"] or {}).get("reference") or f"Ticket {sent['ticket_id']}"
    error = next((each for each in errors if each["key"] == _key(reference)), None)
    if error is None:
        error = {"id": max((each["id"] for each in errors), default=0) + 1, "key": _key(reference)}
        error |= {"reference": reference, "state": "open", "opened_at": sent["at"], "next_at": next_at}
        error |= dict.fromkeys(("workaround", "no_workaround", "fixed_in", "closed_because"), "")
        error |= dict.fromkeys(("fixed_at", "closed_at", "merged_into"))
        errors.append(error)
    elif error["state"] == "fixed":
        error |= {"state": "open", "fixed_at": None, "fixed_in": "", "next_at": next_at}
    error["opened_at"] = min(error["opened_at"], sent["at"])
    return error


def _key(reference: str) -> str:
    folded = unicodedata.normalize("NFKD", reference).casefold()
    return "".join(c for c in folded if c.isalnum() and not unicodedata.combining(c))[:80] or reference[:80]


def _sent(sent: Any, error: int, last: int) -> dict[str, Any]:
    told = {"at": sent["at"], "author": sent["author"], "text": f"Ticket nº\u00a0{sent['ticket_id']}"}
    return {"id": last + 1, "error_id": error, "kind": "sent", **told}


def _tables_anew() -> None:
    """Dropped and made again, which both databases do alike: SQLite changes no CHECK of a table that stands."""
    for name in reversed(TABLES):
        op.drop_table(name)
    op.create_table(
        "publisher_errors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("workaround", sa.Text(), nullable=False),
        sa.Column("no_workaround", sa.Text(), nullable=False),
        sa.Column("fixed_in", sa.String(length=60), nullable=False),
        sa.Column("fixed_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'fixed', 'closed')"),
        sa.CheckConstraint("(state = 'fixed') = (fixed_at IS NOT NULL)"),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)"),
        sa.CheckConstraint("(state = 'open') = (next_at IS NOT NULL)"),
        sa.CheckConstraint("merged_into IS NULL OR state = 'closed'"),
        sa.ForeignKeyConstraint(["merged_into"], ["publisher_errors.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "publisher_links",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("error_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["error_id"], ["publisher_errors.id"]),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_index("ix_publisher_links_error", "publisher_links", ["error_id"])
    op.create_table(
        "publisher_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("error_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('sent', 'chased', 'workaround', 'no_workaround', 'fixed', 'closed', 'left')"),
        sa.ForeignKeyConstraint(["error_id"], ["publisher_errors.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_publisher_news_error", "publisher_news", ["error_id", "id"])
    guard(op.get_bind(), "publisher_news")


def _fill(name: str, rows: Rows) -> None:
    if not rows:
        return
    connection, meta = op.get_bind(), sa.MetaData()
    table = sa.Table(name, meta, autoload_with=connection)
    for column in table.columns:
        if isinstance(column.type, sa.DateTime):
            column.type = INSTANT
    connection.execute(sa.insert(table), rows)
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        serial = sa.func.pg_get_serial_sequence(name, "id")
        connection.execute(sa.select(sa.func.setval(serial, max(row["id"] for row in rows))))


def _timers(timers: sa.Table, errors: Rows, kept: set[int]) -> None:
    """One for each open error that has none, due on its date."""
    connection = op.get_bind()
    for error in errors:
        if error["state"] != "open" or error["id"] in kept:
            continue
        at = error["next_at"]
        key = f"{FOLLOW_UP}:{error['id']}:{at:%Y%m%dT%H%M%S}"
        connection.execute(sa.delete(timers).where(timers.c.key == key))
        row = {"key": key, "kind": FOLLOW_UP, "subject": error["id"], "due_at": at, "next_at": at, "reached_at": at}
        connection.execute(sa.insert(timers).values(**row, generation=0, data={}, state="pending", attempts=0))


def downgrade() -> None:
    raise NotImplementedError("what was closed can't be told by the tables before: restore a backup")
