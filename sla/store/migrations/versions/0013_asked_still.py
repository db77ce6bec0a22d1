"""What clients asked for before unanswered requests were reminded of is reminded of too"""

import sqlalchemy as sa
from alembic import op

from sla import wallclock
from sla.store.columns import Instant

revision = "asked_still"
down_revision = "asked_at"
branch_labels = None
depends_on = None

HOURS, REPORT = "hours_asked_still", "report_asked_still"
INSTANT = Instant(timezone=True)

events = sa.table("events", *(sa.column(n, sa.Integer) for n in ("ticket_id", "seq")), sa.column("kind", sa.String))
requests = sa.table("hours_requests", sa.column("id", sa.Integer), sa.column("state", sa.String))
timers = sa.table(
    "timers",
    *(sa.column(name, sa.Integer) for name in ("subject", "generation", "attempts")),
    *(sa.column(name, sa.String) for name in ("key", "kind", "state")),
    *(sa.column(name, INSTANT) for name in ("due_at", "next_at", "reached_at")),
    sa.column("data", sa.JSON),
)


def upgrade() -> None:
    """Due at once: each has waited for longer than support now leaves it."""
    connection = op.get_bind()
    for number in connection.scalars(sa.select(requests.c.id).where(requests.c.state == "pending")).all():
        _remind(HOURS, number, "", {})
    told = sa.select(events).where(events.c.kind.in_(("report_asked", "reported"))).order_by(events.c.seq)
    last = {row.ticket_id: row for row in connection.execute(told)}
    for number, row in last.items():
        if row.kind == "report_asked":
            _remind(REPORT, number, f"{row.seq}:", {"seq": row.seq})


def _remind(kind: str, subject: int, mark: str, data: dict[str, int]) -> None:
    now = wallclock.now()
    row = {"key": f"{kind}:{subject}:{mark}{now:%Y%m%dT%H%M%S}", "kind": kind, "subject": subject, "data": data}
    row |= dict.fromkeys(("due_at", "next_at", "reached_at"), now)
    op.get_bind().execute(sa.insert(timers).values(**row, generation=0, attempts=0, state="pending"))


def downgrade() -> None:
    op.get_bind().execute(sa.delete(timers).where(timers.c.kind.in_((HOURS, REPORT))))
