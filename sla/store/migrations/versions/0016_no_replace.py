"""What only grows is kept from SQLite's REPLACE too"""

from alembic import op

from sla.store.migrations.append_only import guard_from_replace

revision = "no_replace"
down_revision = "answered_again"
branch_labels = None
depends_on = None

TABLES = (
    "events",
    "ledger",
    "debts",
    "time_entries",
    "calendar_versions",
    "predictions",
    "publisher_news",
    "first_answers",
)


def upgrade() -> None:
    for table in TABLES:
        guard_from_replace(op.get_bind(), table)


def downgrade() -> None:
    """The guard stays: a service of before never replaces a row."""
