"""A first answer for each time that one is owed: after a reopening beyond its window too"""

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant
from sla.store.migrations.append_only import guard

revision = "answered_again"
down_revision = "verdicts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keyed_by("ticket_id", "asked_at")


def downgrade() -> None:
    """Refused by the database once a ticket has two."""
    _keyed_by("ticket_id")


def _keyed_by(*columns: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _made_anew(*columns)
    else:
        op.drop_constraint("first_answers_pkey", "first_answers", type_="primary")
        op.create_primary_key("first_answers_pkey", "first_answers", list(columns))


def _made_anew(*columns: str) -> None:
    """SQLite keeps a table's key for ever."""
    op.create_table(
        "first_answers_anew",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("asked_at", Instant(timezone=True), nullable=False),
        sa.Column("answered_at", Instant(timezone=True), nullable=False),
        sa.Column("wait_s", sa.Integer(), nullable=False),
        sa.Column("backlog", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.CheckConstraint("wait_s >= 0"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.PrimaryKeyConstraint(*columns),
    )
    op.execute(
        "INSERT INTO first_answers_anew (ticket_id, severity, item, asked_at, answered_at, wait_s, backlog, marks) "
        "SELECT ticket_id, severity, item, asked_at, answered_at, wait_s, backlog, marks FROM first_answers"
    )
    op.drop_table("first_answers")
    op.rename_table("first_answers_anew", "first_answers")
    op.create_index("ix_first_answers_severity", "first_answers", ["severity", "answered_at"])
    op.create_index("ix_first_answers_at", "first_answers", ["answered_at"])
    guard(op.get_bind(), "first_answers")
