"""Dates that are agreed: waits until one, appointments that move, their invitations, and merged tickets"""

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant

revision = "agreed_dates"
down_revision = "heartbeats"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("waiting_until", Instant(timezone=True), nullable=True))
    op.execute("ALTER TABLE tickets ADD COLUMN merged_into INTEGER REFERENCES tickets (id)")
    op.create_index("ix_tickets_merged", "tickets", ["merged_into"])
    op.add_column("appointments", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("invitation", sa.Text(), nullable=True))
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("revoked_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_feeds_person", "feeds", ["person_id"])
