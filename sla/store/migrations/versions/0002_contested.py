"""A ticket whose coverage the client contests"""

import sqlalchemy as sa
from alembic import op

revision = "contested"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("contested", sa.Boolean(), nullable=False, server_default=sa.false()))
