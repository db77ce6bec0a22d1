"""What clients were told to expect, and when the answer came; both only grow."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from sla.store.tables.row import Row, one_of


class Prediction(Row):
    """What a ticket could expect at an instant: when it came to the queue, at its deposit most often (`cause`
    deposited), and again when the queue has moved enough to change it (moved).

    `rule` is the predictor that was believed, `version` that of the rules. `low_at`, `high_at` and `confidence` are
    what the client read, None while too few answers were known. `said` and `offers` hold each predictor's quantiles,
    before and after calibration, in working seconds from `at`; `scene` what the queue looked like.
    """

    __tablename__ = "predictions"
    __table_args__ = (
        CheckConstraint(one_of("cause", "deposited", "moved")),
        CheckConstraint("low_at IS NULL OR low_at <= high_at"),
        Index("ix_predictions_ticket", "ticket_id", "id"),
        Index("ix_predictions_at", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    at: Mapped[datetime]
    cause: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(10))
    severity: Mapped[str] = mapped_column(String(20))
    expected_at: Mapped[datetime]
    low_at: Mapped[datetime | None]
    high_at: Mapped[datetime | None]
    confidence: Mapped[float | None]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    offers: Mapped[dict[str, Any]] = mapped_column(JSON)
    scene: Mapped[dict[str, Any]] = mapped_column(JSON)


class FirstAnswer(Row):
    """The first answer that a ticket got, one for each time that one was owed: again after a reopening that begins a
    new cycle. `asked_at`: when it came to the queue for it, its deposit most often; `wait_s`: working seconds of the
    desk since then; `backlog`: how many others awaited theirs then; `marks`: each predictor's (level, loss) of what it
    said then, none where nothing was predicted."""

    __tablename__ = "first_answers"
    __table_args__ = (
        CheckConstraint("wait_s >= 0"),
        Index("ix_first_answers_severity", "severity", "answered_at"),
        Index("ix_first_answers_at", "answered_at"),
    )
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    severity: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(primary_key=True)
    answered_at: Mapped[datetime]
    wait_s: Mapped[int]
    backlog: Mapped[int]
    marks: Mapped[dict[str, Any]] = mapped_column(JSON)
