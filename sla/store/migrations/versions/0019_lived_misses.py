"""Misses that were lived before an easier severity and a graver one again are no longer told as caused by the change

Folded anew as the service starts, unless all is already to be.
"""

import sqlalchemy as sa
from alembic import op

from sla import wallclock
from sla.store.columns import Instant

revision = "lived_misses"
down_revision = "folded_anew"
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
    waiting = timers.c.kind == REFOLD, timers.c.state == "pending", timers.c.key == f"{REFOLD}:{down_revision}"
    if connection.scalar(sa.select(tickets.c.id).limit(1)) is None:
        return
    if connection.scalar(sa.select(timers.c.key).where(*waiting)) is not None:
        return
    row = {"key": f"{REFOLD}:{revision}", "kind": REFOLD, "subject": 0, "data": {"after": 0}, "state": "pending"}
    row |= dict.fromkeys(("due_at", "next_at", "reached_at"), wallclock.now())
    connection.execute(sa.insert(timers).values(**row, generation=0, attempts=0))


def downgrade() -> None:
    op.get_bind().execute(sa.delete(timers).where(timers.c.key == f"{REFOLD}:{revision}"))
