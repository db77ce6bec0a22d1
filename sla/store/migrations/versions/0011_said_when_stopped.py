"""What was said of work when its timer was stopped, kept until its time is confirmed"""

import sqlalchemy as sa
from alembic import op

revision = "said_when_stopped"
down_revision = "publisher_followed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stints", sa.Column("own_error", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("stints", sa.Column("reason", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("stints", "reason")
    op.drop_column("stints", "own_error")
