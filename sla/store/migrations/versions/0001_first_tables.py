"""The desk's first tables"""

import sqlalchemy as sa
from alembic import op

import sla.store.columns
from sla.store.migrations.append_only import guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "companies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "timers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("due_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("reached_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fired_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'fired', 'cancelled', 'failed')"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timers_pending",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index("ix_timers_subject", ["subject", "kind"], unique=False)

    op.create_table(
        "contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("level IN ('maintenance', 'tma')"),
        sa.CheckConstraint("last_day >= first_day"),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.create_index("ix_contracts_company", ["company_id"], unique=False)

    op.create_table(
        "forfaits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("balance_quarters", sa.Integer(), nullable=False),
        sa.Column("expired", sa.Boolean(), nullable=False),
        sa.Column("sold_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("sold_by", sa.String(length=120), nullable=False),
        sa.CheckConstraint("balance_quarters >= 0"),
        sa.CheckConstraint("hours > 0"),
        sa.CheckConstraint("last_day >= first_day"),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("forfaits", schema=None) as batch_op:
        batch_op.create_index("ix_forfaits_company", ["company_id", "last_day"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("portal_role", sa.String(length=20), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("(role = 'client') = (company_id IS NOT NULL)"),
        sa.CheckConstraint("(role = 'client') = (portal_role IS NOT NULL)"),
        sa.CheckConstraint("portal_role IS NULL OR portal_role IN ('requester', 'approver', 'account')"),
        sa.CheckConstraint("role IN ('client', 'technician', 'dispatcher', 'manager', 'deployment')"),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("email"),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_company", ["company_id"], unique=False)

    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("ends_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.CheckConstraint("ends_at > starts_at"),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index("ix_absences_technician", ["technician_id", "ends_at"], unique=False)

    op.create_table(
        "keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("created_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("used_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("revoked_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('sign_in', 'api')"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("requester_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("waiting_for", sa.String(length=40), nullable=True),
        sa.Column("technician_id", sa.Integer(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.Column("deposited_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("resolved_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("accept_until", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("answered_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("worked_minutes", sa.Integer(), nullable=False),
        sa.Column("awaiting", sa.Boolean(), nullable=False),
        sa.Column("due_clock", sa.String(length=20), nullable=True),
        sa.Column("due_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("left_s", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.CheckConstraint("level IN ('maintenance', 'tma', 'excluded')"),
        sa.CheckConstraint("severity IN ('blocking', 'major', 'minor', 'question')"),
        sa.CheckConstraint("worked_minutes >= 0"),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
        ),
        sa.ForeignKeyConstraint(
            ["requester_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tickets_awaiting",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("awaiting = 1"),
            postgresql_where=sa.text("awaiting"),
        )
        batch_op.create_index("ix_tickets_company", ["company_id", "deposited_at"], unique=False)
        batch_op.create_index("ix_tickets_requester", ["requester_id"], unique=False)
        batch_op.create_index(
            "ix_tickets_technician",
            ["technician_id"],
            unique=False,
            sqlite_where=sa.text("awaiting = 1"),
            postgresql_where=sa.text("awaiting"),
        )

    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("booked_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('callback', 'session')"),
        sa.CheckConstraint("state IN ('booked', 'held', 'missed', 'cancelled')"),
        sa.CheckConstraint("minutes > 0"),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index("ix_appointments_technician", ["technician_id", "starts_at"], unique=False)
        batch_op.create_index("ix_appointments_ticket", ["ticket_id"], unique=False)

    op.create_table(
        "clocks",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("target_s", sa.Integer(), nullable=False),
        sa.Column("spent_s", sa.Integer(), nullable=False),
        sa.Column("started_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("since", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("due_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("ended_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("overdue_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
        ),
        sa.PrimaryKeyConstraint("ticket_id", "name"),
    )
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.create_index("ix_clocks_started", ["name", "started_at"], unique=False)

    op.create_table(
        "estimates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("perimeter", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("offered_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("valid_until", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('offered', 'accepted', 'declined', 'questioned', 'undefined', 'replaced', 'transferred')"
        ),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0"),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("estimates", schema=None) as batch_op:
        batch_op.create_index("ix_estimates_ticket", ["ticket_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ticket_id", "seq"),
    )
    op.create_table(
        "interventions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("consumed_quarters", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0 AND consumed_quarters >= 0"),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ticket_id", "technician_id", "day"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=250), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("next_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed')"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_pending",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "predictions",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("expected_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("low_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("high_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("answered_at", sla.store.columns.Instant(timezone=True), nullable=True),
        sa.Column("error_s", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["tickets.id"],
        ),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    with op.batch_alter_table("predictions", schema=None) as batch_op:
        batch_op.create_index("ix_predictions_scored", ["answered_at"], unique=False)

    op.create_table(
        "debts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("quarters", sa.Integer(), nullable=False),
        sa.Column("at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.Column("forfait_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("quarters <> 0"),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
        ),
        sa.ForeignKeyConstraint(
            ["forfait_id"],
            ["forfaits.id"],
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["interventions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("debts", schema=None) as batch_op:
        batch_op.create_index("ix_debts_company", ["company_id"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forfait_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("quarters", sa.Integer(), nullable=False),
        sa.Column("at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind <> 'purchase' OR quarters > 0"),
        sa.CheckConstraint("kind IN ('purchase', 'consumption', 'correction', 'expiry')"),
        sa.CheckConstraint("kind NOT IN ('consumption', 'expiry') OR quarters < 0"),
        sa.CheckConstraint("quarters <> 0"),
        sa.ForeignKeyConstraint(
            ["forfait_id"],
            ["forfaits.id"],
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["interventions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_forfait", ["forfait_id", "id"], unique=False)
        batch_op.create_index("ix_ledger_intervention", ["intervention_id"], unique=False)

    op.create_table(
        "time_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("typed_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440"),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["interventions.id"],
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("time_entries", schema=None) as batch_op:
        batch_op.create_index("ix_time_entries_intervention", ["intervention_id"], unique=False)
        batch_op.create_index("ix_time_entries_technician", ["technician_id", "started_at"], unique=False)

    op.create_table(
        "calendar_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_at", sla.store.columns.Instant(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for table in ("events", "ledger", "debts", "time_entries", "calendar_versions"):
        guard(op.get_bind(), table)


def downgrade() -> None:
    op.drop_table("calendar_versions")
    with op.batch_alter_table("time_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_time_entries_technician")
        batch_op.drop_index("ix_time_entries_intervention")

    op.drop_table("time_entries")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_intervention")
        batch_op.drop_index("ix_ledger_forfait")

    op.drop_table("ledger")
    with op.batch_alter_table("debts", schema=None) as batch_op:
        batch_op.drop_index("ix_debts_company")

    op.drop_table("debts")
    with op.batch_alter_table("predictions", schema=None) as batch_op:
        batch_op.drop_index("ix_predictions_scored")

    op.drop_table("predictions")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_pending",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.drop_table("outbox")
    op.drop_table("interventions")
    op.drop_table("events")
    with op.batch_alter_table("estimates", schema=None) as batch_op:
        batch_op.drop_index("ix_estimates_ticket")

    op.drop_table("estimates")
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.drop_index("ix_clocks_started")

    op.drop_table("clocks")
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.drop_index("ix_appointments_ticket")
        batch_op.drop_index("ix_appointments_technician")

    op.drop_table("appointments")
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tickets_technician", sqlite_where=sa.text("awaiting = 1"), postgresql_where=sa.text("awaiting")
        )
        batch_op.drop_index("ix_tickets_requester")
        batch_op.drop_index("ix_tickets_company")
        batch_op.drop_index(
            "ix_tickets_awaiting", sqlite_where=sa.text("awaiting = 1"), postgresql_where=sa.text("awaiting")
        )

    op.drop_table("tickets")
    op.drop_table("keys")
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_index("ix_absences_technician")

    op.drop_table("absences")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index("ix_people_company")

    op.drop_table("people")
    with op.batch_alter_table("forfaits", schema=None) as batch_op:
        batch_op.drop_index("ix_forfaits_company")

    op.drop_table("forfaits")
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.drop_index("ix_contracts_company")

    op.drop_table("contracts")
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.drop_index("ix_timers_subject")
        batch_op.drop_index(
            "ix_timers_pending",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.drop_table("timers")
    op.drop_table("companies")
