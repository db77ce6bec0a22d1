"""Predictions that only grow, several a ticket, and the first answers that score them

What the earlier rule had kept holds no distribution and can't be scored by this one: it is dropped.
"""

import sqlalchemy as sa
from alembic import op

import sla.store.columns
from sla.store.migrations.append_only import guard

revision = "predictions"
down_revision = "hours_and_publisher"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("predictions")
    op.create_table(
        "predictions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("cause", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=10), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("expected_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("low_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("high_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("scene", sa.JSON(), nullable=False),
        sa.CheckConstraint("cause IN ('deposited', 'moved')"),
        sa.CheckConstraint("low_at IS NULL OR low_at <= high_at"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_predictions_ticket", "predictions", ["ticket_id", "id"])
    op.create_index("ix_predictions_at", "predictions", ["at"])
    op.create_table(
        "first_answers",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("deposited_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("wait_s", sa.Integer(), nullable=False),
        sa.Column("backlog", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.CheckConstraint("wait_s >= 0"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_index("ix_first_answers_severity", "first_answers", ["severity", "answered_at"])
    op.create_index("ix_first_answers_at", "first_answers", ["answered_at"])
    for table in ("predictions", "first_answers"):
        guard(op.get_bind(), table)
