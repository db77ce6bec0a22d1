"""Who the desk works for, who works at it, and the secrets they hold."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from sla.store.tables.row import Row, one_of


class Company(Row):
    __tablename__ = "companies"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]


class Contract(Row):
    """One level of service of a company; first and last day included."""

    __tablename__ = "contracts"
    __table_args__ = (
        CheckConstraint(one_of("level", "maintenance", "tma")),
        CheckConstraint("last_day >= first_day"),
        Index("ix_contracts_company", "company_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    level: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[date]
    last_day: Mapped[date]


class Person(Row):
    """Who can act. `code` names a technician as config/desk.toml does; `portal_role` is a contact's within its
    company."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint(one_of("role", "client", "technician", "dispatcher", "manager", "deployment")),
        CheckConstraint("portal_role IS NULL OR " + one_of("portal_role", "requester", "approver", "account")),
        CheckConstraint("(role = 'client') = (company_id IS NOT NULL)"),
        CheckConstraint("(role = 'client') = (portal_role IS NOT NULL)"),
        Index("ix_people_company", "company_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    portal_role: Mapped[str | None] = mapped_column(String(20))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    password: Mapped[str | None] = mapped_column(String(200))  # an argon2 hash
    language: Mapped[str] = mapped_column(String(2), default="fr")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Key(Row):
    """A secret handed out once and kept as its SHA-256: a sign-in link (used once) or an API token (until revoked)."""

    __tablename__ = "keys"
    __table_args__ = (CheckConstraint(one_of("purpose", "sign_in", "api")),)
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    label: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Feed(Row):
    """The secret address of a person's diary, kept as its SHA-256; good until it is revoked."""

    __tablename__ = "feeds"
    __table_args__ = (Index("ix_feeds_person", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Absence(Row):
    """When a technician is away; the desk's clocks go on, the plan works around it."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at"),
        Index("ix_absences_technician", "technician_id", "ends_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    technician_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    label: Mapped[str] = mapped_column(String(80))
