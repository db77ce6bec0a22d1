"""Which targets were promised when"""

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant
from sla.store.migrations.append_only import guard

revision = "targets_kept"
down_revision = "no_replace"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "targets_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", Instant(timezone=True), nullable=False),
        sa.Column("acceptance_days", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    guard(op.get_bind(), "targets_versions")


def downgrade() -> None:
    op.drop_table("targets_versions")
