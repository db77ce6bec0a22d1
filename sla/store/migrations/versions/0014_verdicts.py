"""What became of each promise, kept for every cycle of its clock and not only for the one that stands"""

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant

revision = "verdicts"
down_revision = "asked_still"
branch_labels = None
depends_on = None

# Of cycles that were overwritten nothing is stored: `sla verify` names them, their history has them.
STANDING = """
INSERT INTO verdicts (ticket_id, clock, cycle, mark, at, cause, level, severity, technician_id)
SELECT clocks.ticket_id, clocks.name, clocks.cycle,
       CASE WHEN clocks.overdue_at IS NULL THEN 'met' ELSE 'missed' END,
       COALESCE(clocks.overdue_at, clocks.ended_at),
       CASE WHEN clocks.cause = 'changed' AND clocks.mark <> 'void' THEN 'changed' END,
       tickets.level, tickets.severity, tickets.technician_id
FROM clocks JOIN tickets ON tickets.id = clocks.ticket_id
WHERE clocks.overdue_at IS NOT NULL OR clocks.mark = 'met'
"""


def upgrade() -> None:
    op.create_table(
        "verdicts",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("mark IN ('met', 'missed')", name="verdict_mark"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.ForeignKeyConstraint(["technician_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("ticket_id", "clock", "cycle"),
    )
    op.create_index("ix_verdicts_at", "verdicts", ["at"])
    op.execute(STANDING)


def downgrade() -> None:
    op.drop_table("verdicts")
