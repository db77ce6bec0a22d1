"""What a first answer's wait is counted from: when its ticket came to the queue, which may be after its deposit"""

from alembic import op

revision = "asked_at"
down_revision = "said_when_stopped"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE first_answers RENAME COLUMN deposited_at TO asked_at")


def downgrade() -> None:
    op.execute("ALTER TABLE first_answers RENAME COLUMN asked_at TO deposited_at")
