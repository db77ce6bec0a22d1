"""When a timer is looked at next, apart from when it was due: a try that failed does not make it less late"""

import warnings

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant

revision = "next_try"
down_revision = "agreed_dates"
branch_labels = None
depends_on = None

STATES = "state IN ('pending', 'fired', 'cancelled', 'failed')"
PENDING = sa.text("state = 'pending'")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("timers_state_check", "timers")
    op.drop_index("ix_timers_pending", "timers")
    op.add_column("timers", sa.Column("next_at", Instant(timezone=True), nullable=True))
    op.execute("UPDATE timers SET next_at = due_at")
    with warnings.catch_warnings():
        # SQLite makes the table anew, and the old condition, which has no name there, is meant to be left behind.
        warnings.filterwarnings("ignore", message="Unnamed CHECK constraint")
        with op.batch_alter_table("timers") as timers:
            timers.alter_column("next_at", existing_type=Instant(timezone=True), nullable=False)
            timers.create_check_constraint("timer_state", STATES)
    op.create_index("ix_timers_pending", "timers", ["next_at"], sqlite_where=PENDING, postgresql_where=PENDING)


def downgrade() -> None:
    op.drop_index("ix_timers_pending", "timers")
    with op.batch_alter_table("timers") as timers:
        timers.drop_column("next_at")
    op.create_index("ix_timers_pending", "timers", ["due_at"], sqlite_where=PENDING, postgresql_where=PENDING)
