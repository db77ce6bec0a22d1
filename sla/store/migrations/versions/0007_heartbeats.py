"""Signs of life that every process sees; failed timers are counted without reading the rest"""

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant

revision = "heartbeats"
down_revision = "predictions"
branch_labels = None
depends_on = None

FAILED = sa.text("state = 'failed'")


def upgrade() -> None:
    heartbeats = op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=True),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.bulk_insert(heartbeats, [{"name": "alarm", "beats": 0}, {"name": "writable", "beats": 0}])
    with op.batch_alter_table("timers") as timers:
        timers.create_index("ix_timers_failed", ["due_at"], sqlite_where=FAILED, postgresql_where=FAILED)


def downgrade() -> None:
    with op.batch_alter_table("timers") as timers:
        timers.drop_index("ix_timers_failed")
    op.drop_table("heartbeats")
