"""Forfaits asked for, errors followed with the publisher, documents attached to mails"""

import sqlalchemy as sa
from alembic import op

import sla.store.columns
from sla.store.migrations.append_only import guard

revision = "hours_and_publisher"
down_revision = "work"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sla.store.columns.Instant(timezone=True)
    pending = sa.text("state = 'pending'")
    op.create_table(
        "hours_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answered_at", instant, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("forfait_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("hours > 0"),
        sa.CheckConstraint("state IN ('pending', 'sold', 'declined', 'withdrawn')"),
        sa.CheckConstraint("(state = 'sold') = (forfait_id IS NOT NULL)"),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"]),
        sa.ForeignKeyConstraint(["forfait_id"], ["forfaits.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_hours_requests_pending",
        "hours_requests",
        ["company_id"],
        unique=True,
        sqlite_where=pending,
        postgresql_where=pending,
    )
    op.create_table(
        "publisher_errors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", instant, nullable=False),
        sa.Column("next_at", instant, nullable=True),
        sa.Column("workaround", sa.Text(), nullable=False),
        sa.Column("no_workaround", sa.Text(), nullable=False),
        sa.Column("fixed_in", sa.String(length=60), nullable=False),
        sa.Column("fixed_at", instant, nullable=True),
        sa.CheckConstraint("state IN ('open', 'fixed')"),
        sa.CheckConstraint("(state = 'fixed') = (fixed_at IS NOT NULL)"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "publisher_links",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("error_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["error_id"], ["publisher_errors.id"]),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_index("ix_publisher_links_error", "publisher_links", ["error_id"])
    op.create_table(
        "publisher_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("error_id", sa.Integer(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('sent', 'chased', 'workaround', 'no_workaround', 'fixed')"),
        sa.ForeignKeyConstraint(["error_id"], ["publisher_errors.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_publisher_news_error", "publisher_news", ["error_id", "id"])
    guard(op.get_bind(), "publisher_news")
    op.add_column("outbox", sa.Column("attached", sa.JSON(), nullable=True))
