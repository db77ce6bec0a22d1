"""Messages by channel, claimed with a fencing token, folded into digests; the endpoints of webhooks"""

import warnings

import sqlalchemy as sa
from alembic import op

from sla.store.columns import Instant

revision = "outbox"
down_revision = "contested"
branch_labels = None
depends_on = None

STATES = "state IN ('pending', 'sent', 'failed', 'folded')"
CHANNELS = "channel IN ('mail', 'webhook', 'chat')"
FOLDED = "(state = 'folded') = (digest_id IS NOT NULL)"
ENDPOINT = "(channel = 'webhook') = (endpoint_id IS NOT NULL)"


def upgrade() -> None:
    op.create_table(
        "endpoints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rotated_at", Instant(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("failing_since", Instant(timezone=True), nullable=True),
        sa.Column("stopped_at", Instant(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('active', 'stopped', 'disabled')", name="endpoint_state"),
        sa.CheckConstraint("generation >= 1", name="endpoint_generation"),
        sa.PrimaryKeyConstraint("id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("outbox_state_check", "outbox")
    _add_columns()
    op.execute("UPDATE outbox SET due_at = created_at")
    with warnings.catch_warnings():
        # SQLite makes the table anew, and the old condition, which has no name there, is meant to be left behind.
        warnings.filterwarnings("ignore", message="Unnamed CHECK constraint")
        _bind_columns()
    with op.batch_alter_table("timers") as timers:
        timers.create_index(
            "ix_timers_fired",
            ["fired_at"],
            sqlite_where=sa.text("state = 'fired'"),
            postgresql_where=sa.text("state = 'fired'"),
        )


def _add_columns() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("channel", sa.String(length=10), nullable=False, server_default="mail"))
        outbox.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default=""))
        outbox.add_column(sa.Column("endpoint_id", sa.Integer(), nullable=True))
        outbox.add_column(sa.Column("due_at", Instant(timezone=True), nullable=True))
        outbox.add_column(sa.Column("leased_until", Instant(timezone=True), nullable=True))
        outbox.add_column(sa.Column("token", sa.Integer(), nullable=False, server_default="0"))
        outbox.add_column(sa.Column("secret_until", Instant(timezone=True), nullable=True))
        outbox.add_column(sa.Column("digest_id", sa.Integer(), nullable=True))


def _bind_columns() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("due_at", existing_type=Instant(timezone=True), nullable=False)
        for column, kind in (
            ("channel", sa.String(length=10)),
            ("kind", sa.String(length=40)),
            ("token", sa.Integer()),
        ):
            outbox.alter_column(column, existing_type=kind, server_default=None)
        outbox.create_check_constraint("outbox_state", STATES)
        outbox.create_check_constraint("outbox_channel", CHANNELS)
        outbox.create_check_constraint("outbox_folded", FOLDED)
        outbox.create_check_constraint("outbox_endpoint", ENDPOINT)
        outbox.create_foreign_key("fk_outbox_endpoint", "endpoints", ["endpoint_id"], ["id"])
        outbox.create_foreign_key("fk_outbox_digest", "outbox", ["digest_id"], ["id"])
        outbox.create_index("ix_outbox_ended", ["state", "sent_at"])
        outbox.create_index("ix_outbox_ticket", ["ticket_id"])
        outbox.create_index("ix_outbox_endpoint", ["endpoint_id", "state"])


def downgrade() -> None:
    with op.batch_alter_table("timers") as timers:
        timers.drop_index("ix_timers_fired")
    op.execute("DELETE FROM outbox WHERE channel <> 'mail' OR state = 'folded'")
    with op.batch_alter_table("outbox") as outbox:
        for index in ("ix_outbox_endpoint", "ix_outbox_ticket", "ix_outbox_ended"):
            outbox.drop_index(index)
        outbox.drop_constraint("fk_outbox_digest", type_="foreignkey")
        outbox.drop_constraint("fk_outbox_endpoint", type_="foreignkey")
        for condition in ("outbox_state", "outbox_channel", "outbox_folded", "outbox_endpoint"):
            outbox.drop_constraint(condition, type_="check")
    columns = ("digest_id", "secret_until", "token", "leased_until", "due_at", "endpoint_id", "kind", "channel")
    with op.batch_alter_table("outbox") as outbox:
        for column in columns:
            outbox.drop_column(column)
        outbox.create_check_constraint("outbox_state_check", "state IN ('pending', 'sent', 'failed')")
    op.drop_table("endpoints")
