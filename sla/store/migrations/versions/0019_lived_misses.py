"""Misses that were lived before an easier severity and a graver one again are no longer told as caused by the change

Folded anew as the service starts, unless all is already to be.
"""

from alembic import op

from sla.store.migrations.fold_anew import fold_anew, forget

revision = "lived_misses"
down_revision = "folded_anew"
branch_labels = None
depends_on = None


def upgrade() -> None:
    fold_anew(op.get_bind(), revision, down_revision)


def downgrade() -> None:
    forget(op.get_bind(), revision)
