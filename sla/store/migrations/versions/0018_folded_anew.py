"""What histories say otherwise than when it was stored is folded anew as the service starts

Promises of cycles that were overwritten before verdicts were kept, and tickets that stay planned while a session is
booked, were stored with the next fact of each ticket only.
"""

from alembic import op

from sla.store.migrations.fold_anew import fold_anew, forget_all

revision = "folded_anew"
down_revision = "targets_kept"
branch_labels = None
depends_on = None


def upgrade() -> None:
    fold_anew(op.get_bind(), revision)


def downgrade() -> None:
    forget_all(op.get_bind())
