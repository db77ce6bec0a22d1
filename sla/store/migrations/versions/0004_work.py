"""Work timed as it goes, typed time put right, and estimates that run out"""

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant
from sla.store.migrations.append_only import guard

revision = "work"
down_revision = "outbox"
branch_labels = None
depends_on = None

STATES = "state IN ('offered', 'accepted', 'declined', 'expired', 'undefined', 'replaced', 'transferred')"
MINUTES = "minutes >= 0 AND minutes <= 1440 AND (minutes > 0 OR corrects_id IS NOT NULL)"
RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    _stints()
    if op.get_bind().dialect.name == "sqlite":
        _rebuild()
    else:
        _alter()


def _stints() -> None:
    op.create_table(
        "stints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("started_at", Instant(timezone=True), nullable=False),
        sa.Column("ended_at", Instant(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('running', 'to_confirm', 'logged', 'dropped')"),
        sa.CheckConstraint("(state = 'running') = (ended_at IS NULL)"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.ForeignKeyConstraint(["technician_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    only = {"sqlite_where": RUNNING, "postgresql_where": RUNNING}
    op.create_index("ix_stints_running", "stints", ["technician_id"], unique=True, **only)
    op.create_index("ix_stints_technician", "stints", ["technician_id", "started_at"])
    op.create_index("ix_stints_ticket", "stints", ["ticket_id"])


def _alter() -> None:
    op.drop_constraint("estimates_state_check", "estimates", type_="check")
    op.create_check_constraint(None, "estimates", STATES)
    op.add_column("time_entries", sa.Column("corrects_id", sa.Integer(), nullable=True))
    op.add_column("time_entries", sa.Column("own_error", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("time_entries", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.alter_column("time_entries", "own_error", server_default=None)
    op.alter_column("time_entries", "reason", server_default=None)
    op.create_foreign_key(None, "time_entries", "time_entries", ["corrects_id"], ["id"])
    op.create_unique_constraint(None, "time_entries", ["corrects_id"])
    op.drop_constraint("time_entries_minutes_check", "time_entries", type_="check")
    op.create_check_constraint(None, "time_entries", MINUTES)


def _rebuild() -> None:
    """SQLite changes no CHECK of a table that stands: each is made anew, filled, and put in the place of the old."""
    for table in ("estimates", "time_entries"):
        kept = ", ".join(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
        op.create_table(f"{table}_anew", *NEW[table])
        more = ", own_error, reason" if table == "time_entries" else ""
        values = ", 0, ''" if more else ""
        op.execute(f"INSERT INTO {table}_anew ({kept}{more}) SELECT {kept}{values} FROM {table} ORDER BY id")  # noqa: S608 - our own names
        op.drop_table(table)
        op.rename_table(f"{table}_anew", table)
    op.create_index("ix_estimates_ticket", "estimates", ["ticket_id"])
    op.create_index("ix_time_entries_intervention", "time_entries", ["intervention_id"])
    op.create_index("ix_time_entries_technician", "time_entries", ["technician_id", "started_at"])
    guard(op.get_bind(), "time_entries")


NEW: dict[str, list[sa.schema.SchemaItem]] = {
    "estimates": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("perimeter", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("offered_at", Instant(timezone=True), nullable=False),
        sa.Column("valid_until", Instant(timezone=True), nullable=False),
        sa.Column("answered_at", Instant(timezone=True), nullable=True),
        sa.CheckConstraint(STATES),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),
        sa.PrimaryKeyConstraint("id"),
    ],
    "time_entries": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=False),
        sa.Column("started_at", Instant(timezone=True), nullable=False),
        sa.Column("ended_at", Instant(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("typed_at", Instant(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("own_error", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(MINUTES),
        sa.UniqueConstraint("corrects_id"),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"]),
        sa.ForeignKeyConstraint(["technician_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["corrects_id"], ["time_entries.id"]),
        sa.PrimaryKeyConstraint("id"),
    ],
}


def downgrade() -> None:
    raise NotImplementedError("what was corrected can't be told by the tables before: restore a backup")
