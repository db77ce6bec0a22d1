"""Time worked and prepaid hours."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from sla.store.tables.row import Row, one_of


class Intervention(Row):
    """The work of one technician on one ticket on one day; consumed once, by the started quarter-hour."""

    __tablename__ = "interventions"
    __table_args__ = (
        UniqueConstraint("ticket_id", "technician_id", "day"),
        CheckConstraint("minutes >= 0 AND consumed_quarters >= 0"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    technician_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date]
    minutes: Mapped[int] = mapped_column(default=0)
    consumed_quarters: Mapped[int] = mapped_column(default=0)


class TimeEntry(Row):
    """One stretch of an intervention, real minutes; append-only.

    One that `corrects` another stands in its place, 0 minutes taking it back; `own_error`: an adjustment that support
    bears itself. `reason` says why, of either.
    """

    __tablename__ = "time_entries"
    __table_args__ = (
        CheckConstraint("minutes >= 0 AND minutes <= 1440 AND (minutes > 0 OR corrects_id IS NOT NULL)"),
        UniqueConstraint("corrects_id"),
        Index("ix_time_entries_intervention", "intervention_id"),
        Index("ix_time_entries_technician", "technician_id", "started_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    technician_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    typed_at: Mapped[datetime]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("time_entries.id"))
    own_error: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")


class Stint(Row):
    """Work that is timed as it goes: `running`, then `logged` as a time entry; stopped by itself it is `to_confirm`,
    until its technician confirms it or drops it, with what was said of it until then. One runs a technician."""

    __tablename__ = "stints"
    __table_args__ = (
        CheckConstraint(one_of("state", "running", "to_confirm", "logged", "dropped")),
        CheckConstraint("(state = 'running') = (ended_at IS NULL)"),
        Index(
            "ix_stints_running",
            "technician_id",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index("ix_stints_technician", "technician_id", "started_at"),
        Index("ix_stints_ticket", "ticket_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    technician_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    own_error: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")


class Forfait(Row):
    """A prepaid pack. `balance_quarters` is the sum of its ledger, kept by the same transaction; never below zero."""

    __tablename__ = "forfaits"
    __table_args__ = (
        CheckConstraint("hours > 0"),
        CheckConstraint("balance_quarters >= 0"),
        CheckConstraint("last_day >= first_day"),
        Index("ix_forfaits_company", "company_id", "last_day"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    hours: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    balance_quarters: Mapped[int]
    expired: Mapped[bool] = mapped_column(default=False)
    sold_at: Mapped[datetime]
    sold_by: Mapped[str] = mapped_column(String(120))


class LedgerEntry(Row):
    """One movement of a forfait, in signed quarter-hours; append-only."""

    __tablename__ = "ledger"
    __table_args__ = (
        CheckConstraint(one_of("kind", "purchase", "consumption", "correction", "expiry")),
        CheckConstraint("quarters <> 0"),
        CheckConstraint("kind NOT IN ('consumption', 'expiry') OR quarters < 0"),
        CheckConstraint("kind <> 'purchase' OR quarters > 0"),
        Index("ix_ledger_forfait", "forfait_id", "id"),
        Index("ix_ledger_intervention", "intervention_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    forfait_id: Mapped[int] = mapped_column(ForeignKey("forfaits.id"))
    kind: Mapped[str] = mapped_column(String(20))
    quarters: Mapped[int]
    at: Mapped[datetime]
    day: Mapped[date]
    author: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"))


class Debt(Row):
    """Quarter-hours that an account has beside its forfaits; append-only, and its sum is what is owed, or below zero
    what is kept for the client.

    With `intervention_id`: above zero, worked and borne by no forfait; below, forgiven, or given back with no forfait
    to take it. With `forfait_id`: below zero, what that forfait has paid; above, what was kept and has come to it.
    """

    __tablename__ = "debts"
    __table_args__ = (CheckConstraint("quarters <> 0"), Index("ix_debts_company", "company_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    quarters: Mapped[int]
    at: Mapped[datetime]
    author: Mapped[str] = mapped_column(String(120))
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"))
    forfait_id: Mapped[int | None] = mapped_column(ForeignKey("forfaits.id"))


class HoursRequest(Row):
    """A forfait that a client asks for, until a sale answers it (`forfait_id`) or a manager says why not."""

    __tablename__ = "hours_requests"
    __table_args__ = (
        CheckConstraint("hours > 0"),
        CheckConstraint(one_of("state", "pending", "sold", "declined", "withdrawn")),
        CheckConstraint("(state = 'sold') = (forfait_id IS NOT NULL)"),
        Index(
            "ix_hours_requests_pending",
            "company_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    hours: Mapped[int]
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    author: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="pending")
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    forfait_id: Mapped[int | None] = mapped_column(ForeignKey("forfaits.id"))
