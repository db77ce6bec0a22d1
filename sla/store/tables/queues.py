"""What is due and what is to be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from sla.store.tables.row import Row, one_of


def _due(context: Any) -> datetime:
    at: datetime = context.get_current_parameters()["due_at"]
    return at


class Timer(Row):
    """Something due, written with its cause. `due_at` is when to act, and its lateness counts from there; `reached_at`
    the instant that it tells of; `next_at` when it is looked at, later than `due_at` once a try has failed."""

    __tablename__ = "timers"
    __table_args__ = (
        CheckConstraint(one_of("state", "pending", "fired", "cancelled", "failed"), name="timer_state"),
        Index(
            "ix_timers_pending",
            "next_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_timers_subject", "subject", "kind"),
        Index(
            "ix_timers_failed",
            "due_at",
            sqlite_where=text("state = 'failed'"),
            postgresql_where=text("state = 'failed'"),
        ),
        Index(
            "ix_timers_fired",
            "fired_at",
            sqlite_where=text("state = 'fired'"),
            postgresql_where=text("state = 'fired'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject: Mapped[int]
    generation: Mapped[int] = mapped_column(default=0)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    due_at: Mapped[datetime]
    reached_at: Mapped[datetime]
    next_at: Mapped[datetime] = mapped_column(default=_due)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    fired_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


def _written_at(context: Any) -> datetime:
    at: datetime = context.get_current_parameters()["created_at"]
    return at


class Message(Row):
    """One message to one recipient, written with its cause, sent later. `key` makes it once.

    `kind`: the text's name, or an event's. `recipient`: an address, a chat's name or an endpoint's host. `due_at`: when
    its cause was to act; its lateness counts from there. `token` grows with each claim, so that a worker whose lease
    was taken over marks nothing. `secret_until`: its body holds a secret of use until then, and is emptied once sent
    or parked. `attached`: the document that goes with it, as `notify.attachment` makes it when it leaves.
    `digest_id`: the message that it was folded into. `invitation`: an iCalendar object that
    goes with it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(one_of("state", "pending", "sent", "failed", "folded"), name="outbox_state"),
        CheckConstraint(one_of("channel", "mail", "webhook", "chat"), name="outbox_channel"),
        CheckConstraint("(state = 'folded') = (digest_id IS NOT NULL)", name="outbox_folded"),
        CheckConstraint("(channel = 'webhook') = (endpoint_id IS NOT NULL)", name="outbox_endpoint"),
        Index(
            "ix_outbox_pending",
            "next_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_outbox_ended", "state", "sent_at"),
        Index("ix_outbox_ticket", "ticket_id"),
        Index("ix_outbox_endpoint", "endpoint_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    channel: Mapped[str] = mapped_column(String(10), default="mail")
    kind: Mapped[str] = mapped_column(String(40), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    endpoint_id: Mapped[int | None] = mapped_column(ForeignKey("endpoints.id", name="fk_outbox_endpoint"))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(250))
    body: Mapped[str] = mapped_column(Text)
    invitation: Mapped[str | None] = mapped_column(Text)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    attached: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(default=_written_at)
    next_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    token: Mapped[int] = mapped_column(default=0)
    secret_until: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="pending")
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", name="fk_outbox_digest"))
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class Endpoint(Row):
    """Where signed events go. `events`: the kinds wanted, none meaning all. The secret is made of the service's key,
    `id` and `generation`, and kept nowhere; `fingerprint` tells whether it is still the one that was shown."""

    __tablename__ = "endpoints"
    __table_args__ = (
        CheckConstraint(one_of("state", "active", "stopped", "disabled"), name="endpoint_state"),
        CheckConstraint("generation >= 1", name="endpoint_generation"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    label: Mapped[str] = mapped_column(String(80))
    events: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(10), default="active")
    generation: Mapped[int] = mapped_column(default=1)
    rotated_at: Mapped[datetime | None]
    fingerprint: Mapped[str] = mapped_column(String(16), default="")
    created_at: Mapped[datetime]
    author: Mapped[str] = mapped_column(String(120))
    failing_since: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


class Heartbeat(Row):
    """A sign of life, one row a kind of it: `alarm`, when the clock last looked; `writable`, written to see whether the
    database takes it."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime | None]
    beats: Mapped[int] = mapped_column(default=0)
