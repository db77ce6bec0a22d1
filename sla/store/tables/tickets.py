"""A ticket: its history, and what is stored beside it for querying."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sla.store.tables.people import Company, Person
from sla.store.tables.row import Row, one_of


class Ticket(Row):
    """What is stored beside the history for querying; `tests/desk` folds everything again and compares."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_awaiting", "due_at", sqlite_where=text("awaiting = 1"), postgresql_where=text("awaiting")),
        Index("ix_tickets_company", "company_id", "deposited_at"),
        Index("ix_tickets_requester", "requester_id"),
        Index("ix_tickets_merged", "merged_into"),
        Index(
            "ix_tickets_technician",
            "technician_id",
            sqlite_where=text("awaiting = 1"),
            postgresql_where=text("awaiting"),
        ),
        CheckConstraint("worked_minutes >= 0"),
        CheckConstraint(one_of("level", "maintenance", "tma", "excluded")),
        CheckConstraint(one_of("severity", "blocking", "major", "minor", "question")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    requester_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    item: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    waiting_for: Mapped[str | None] = mapped_column(String(40))
    waiting_until: Mapped[datetime | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    pinned: Mapped[bool] = mapped_column(default=False)
    begun: Mapped[bool] = mapped_column(default=False)
    deposited_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    accept_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    worked_minutes: Mapped[int] = mapped_column(default=0)
    contested: Mapped[bool] = mapped_column(default=False)
    awaiting: Mapped[bool] = mapped_column(default=True)
    due_clock: Mapped[str | None] = mapped_column(String(20))
    due_at: Mapped[datetime | None]
    left_s: Mapped[int | None]
    seq: Mapped[int] = mapped_column(default=0)
    search: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[str | None] = mapped_column(String(80), unique=True)

    company: Mapped[Company] = relationship(lazy="raise_on_sql")
    requester: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[requester_id])
    technician: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[technician_id])


class Event(Row):
    """One fact of a ticket's history, in order of `seq`; append-only."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("ticket_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(30))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    author: Mapped[str] = mapped_column(String(120))
    public: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ClockRow(Row):
    """A ticket's clock as last folded; the fields of `sla.ticket.clock.Clock`."""

    __tablename__ = "clocks"
    __table_args__ = (Index("ix_clocks_started", "name", "started_at"),)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    mark: Mapped[str] = mapped_column(String(10))
    cycle: Mapped[int]
    generation: Mapped[int]
    target_s: Mapped[int]
    spent_s: Mapped[int]
    started_at: Mapped[datetime | None]
    since: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    cause: Mapped[str | None] = mapped_column(String(20))


class VerdictRow(Row):
    """What became of one promise; a clock that starts anew has another row. See `sla.ticket.verdict.Verdict`."""

    __tablename__ = "verdicts"
    __table_args__ = (
        CheckConstraint(one_of("mark", "met", "missed"), name="verdict_mark"),
        Index("ix_verdicts_at", "at"),
    )
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    clock: Mapped[str] = mapped_column(String(20), primary_key=True)
    cycle: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    cause: Mapped[str | None] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(20))
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Estimate(Row):
    """A time announced before the work; `minutes` is None when the perimeter is not defined."""

    __tablename__ = "estimates"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes > 0"),
        CheckConstraint(
            one_of("state", "offered", "accepted", "declined", "expired", "undefined", "replaced", "transferred")
        ),
        Index("ix_estimates_ticket", "ticket_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    minutes: Mapped[int | None]
    perimeter: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    offered_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Appointment(Row):
    """A callback that support owes, or a remote session, at an agreed instant. `sequence` counts its moves: what its
    invitation bears (RFC 5546, 2.1.4)."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint(one_of("kind", "callback", "session")),
        CheckConstraint(one_of("state", "booked", "held", "missed", "cancelled")),
        CheckConstraint("minutes > 0"),
        Index("ix_appointments_technician", "technician_id", "starts_at"),
        Index("ix_appointments_ticket", "ticket_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    technician_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    booked_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0)
