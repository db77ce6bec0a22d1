"""What histories say otherwise than when it was stored is folded anew as the service starts

Promises of cycles that were overwritten before verdicts were kept, and tickets that stay planned while a session is
booked, were stored with the next fact of each ticket only.
"""

import sqlalchemy as sa
from alembic import op

from sla import wallclock
from sla.store.columns import Instant

revision = "folded_anew"
down_revision = "targets_kept"
branch_labels = None
depends_on = None

REFOLD = "refold"
INSTANT = Instant(timezone=True)

tickets = sa.table("tickets", sa.column("id", sa.Integer))
timers = sa.table(
    "timers",
    *(sa.column(name, sa.Integer) for name in ("subject", "generation", "attempts")),
    *(sa.column(name, sa.String) for name in ("key", "kind", "state")),
    *(sa.column(name, INSTANT) for name in ("due_at", "next_at", "reached_at")),
    sa.column("data", sa.JSON),
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.scalar(sa.select(tickets.c.id).limit(1)) is None:
        return
    row = {"key": f"{REFOLD}:{revision}", "kind": REFOLD, "subject": 0, "data": {"after": 0}, "state": "pending"}
    row |= dict.fromkeys(("due_at", "next_at", "reached_at"), wallclock.now())
    connection.execute(sa.insert(timers).values(**row, generation=0, attempts=0))


def downgrade() -> None:
    op.get_bind().execute(sa.delete(timers).where(timers.c.kind == REFOLD))
