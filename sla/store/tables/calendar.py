"""The desk's calendar and its targets, edition by edition."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sla.store.tables.row import Row


class CalendarVersion(Row):
    """One edition, in the shape of config/calendar.toml; the first is that file's, each later one holds from
    `saved_at`."""

    __tablename__ = "calendar_versions"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    saved_at: Mapped[datetime]
    author: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class TargetsVersion(Row):
    """What was promised from `since` on, until the next: the targets and the acceptance window that the service was
    started with, as `sla.contract.targets.kept` and `acceptance_days` say."""

    __tablename__ = "targets_versions"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    acceptance_days: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
