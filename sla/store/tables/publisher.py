"""Errors of the software that went up to its publisher, and what came back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sla.store.tables.row import Row, one_of


class PublisherError(Row):
    """One error under the publisher's reference, whatever the number of clients that it troubles. `key`: the reference
    as it is compared. `workaround`, or `no_workaround`: why there is none. An open one always has a date of its next
    follow-up; a closed one is followed no more, `merged_into` another or for the reason `closed_because`."""

    __tablename__ = "publisher_errors"
    __table_args__ = (
        CheckConstraint(one_of("state", "open", "fixed", "closed")),
        CheckConstraint("(state = 'fixed') = (fixed_at IS NOT NULL)"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)"),
        CheckConstraint("(state = 'open') = (next_at IS NOT NULL)"),
        CheckConstraint("merged_into IS NULL OR state = 'closed'"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    reference: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default="open")
    opened_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    workaround: Mapped[str] = mapped_column(Text, default="")
    no_workaround: Mapped[str] = mapped_column(Text, default="")
    fixed_in: Mapped[str] = mapped_column(String(60), default="")
    fixed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str] = mapped_column(Text, default="")
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("publisher_errors.id"))


class PublisherLink(Row):
    """A ticket that an error is behind."""

    __tablename__ = "publisher_links"
    __table_args__ = (Index("ix_publisher_links_error", "error_id"),)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    error_id: Mapped[int] = mapped_column(ForeignKey("publisher_errors.id"))
    linked_at: Mapped[datetime]


class PublisherNews(Row):
    """What was asked of the publisher, or learnt from it, and tickets that went to another error; for support alone,
    append-only."""

    __tablename__ = "publisher_news"
    __table_args__ = (
        CheckConstraint(one_of("kind", "sent", "chased", "workaround", "no_workaround", "fixed", "closed", "left")),
        Index("ix_publisher_news_error", "error_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    error_id: Mapped[int] = mapped_column(ForeignKey("publisher_errors.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    author: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
