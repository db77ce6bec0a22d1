"""The clock and the outbox: how late they are, what failed, and trying it again."""

from typing import Any, Literal

from pydantic import Field

from sla.desk.measures import Lateness, Measures, measures
from sla.desk.outbox_view import messages
from sla.desk.retry import retry, retry_all
from sla.web.api import asked
from sla.web.api.blueprint import NUMBER, pages
from sla.web.api.typed_json import Moment, QueryNumber, Told, Wanted
from sla.web.turn import turn

AT_MOST = 200


class LatenessTold(Told):
    """Seconds, of what was done in the last 24 hours; null where that is nothing."""

    count: int
    half_s: float | None
    p95_s: float | None
    p99_s: float | None
    most_s: float | None

    @classmethod
    def of(cls, seen: Lateness) -> "LatenessTold":
        half, p95, p99, most = seen.by_share.values()
        return cls(count=seen.count, half_s=half, p95_s=p95, p99_s=p99, most_s=most)


class StockTold(Told):
    """Messages of one channel that wait and that failed; since when the longest overdue should have left."""

    pending: int
    failed: int
    oldest_due_at: Moment | None


class MeasuresTold(Told):
    """`looked_at`: when the clock last did. `timers_late`: due, not fired yet; `oldest_due_at`: of the oldest."""

    at: Moment
    looked_at: Moment | None
    oldest_due_at: Moment | None
    timers_late: int
    timers_coming: int
    timers_failed: int
    timer_lateness: LatenessTold
    message_lateness: LatenessTold
    outbox: dict[str, StockTold]

    @classmethod
    def of(cls, seen: Measures) -> "MeasuresTold":
        return cls(
            at=seen.at,
            looked_at=seen.looked_at,
            oldest_due_at=seen.oldest_due_at,
            timers_late=seen.late,
            timers_coming=seen.coming,
            timers_failed=seen.failed,
            timer_lateness=LatenessTold.of(seen.timers),
            message_lateness=LatenessTold.of(seen.messages),
            outbox={channel: StockTold.model_validate(each) for channel, each in seen.stock.items()},
        )


class MessageTold(Told):
    """`kind`: the text's name, or the event's. `body` is empty where it holds or held a secret."""

    id: int
    channel: str
    kind: str
    recipient: str
    subject: str
    body: str
    ticket_id: int | None
    endpoint_id: int | None
    digest_id: int | None
    state: str
    attempts: int
    created_at: Moment
    due_at: Moment
    next_at: Moment
    sent_at: Moment | None
    error: str | None

    @classmethod
    def of(cls, message: Any) -> "MessageTold":
        facts = {name: getattr(message, name) for name in cls.model_fields}
        return cls(**{**facts, "body": message.body if message.secret_until is None else ""})


class MessagesTold(Told):
    """The newest first; `following`: what `before` to ask for the next page with, null at the end."""

    messages: list[MessageTold]
    following: int | None


class MessagesWanted(Wanted):
    state: Literal["pending", "sent", "failed", "folded"] | None = None
    channel: Literal["mail", "webhook", "chat"] | None = None
    ticket: QueryNumber | None = None
    before: QueryNumber | None = None
    limit: QueryNumber = Field(50, le=AT_MOST)


class TriedTold(Told):
    """What is due anew."""

    id: int
    state: str
    attempts: int


class CountTold(Told):
    count: int


@pages.get("/measures")
@pages.output(MeasuresTold)
def clock_and_outbox() -> Any:
    """How late the clock is, what waits and what failed; for a manager."""
    return MeasuresTold.of(turn().see(measures))


@pages.get("/messages")
@pages.input(MessagesWanted, location="query")
@pages.output(MessagesTold)
def outbox(query_data: MessagesWanted) -> Any:
    """What was sent, waits or failed; for a manager."""
    facts = {**dict(query_data), "limit": query_data.limit + 1}
    found = turn().see(messages, **facts)
    shown = found[: query_data.limit]
    following = shown[-1].id if len(found) > len(shown) else None
    return MessagesTold(messages=[MessageTold.of(each) for each in shown], following=following)


@pages.post(f"/<any(timers, messages):queue>/<{NUMBER}:number>/retry")
@pages.input(asked.Nothing)
@pages.output(TriedTold)
@pages.doc(operation_id="retry")
def retry_one(queue: str, number: int, json_data: asked.Nothing) -> Any:
    """Try what failed again, now."""
    return TriedTold.model_validate(turn().do(retry, queue, number))


@pages.post("/<any(timers, messages):queue>/retry_all")
@pages.input(asked.Nothing)
@pages.output(CountTold)
@pages.doc(operation_id="retry_all")
def retry_failed(queue: str, json_data: asked.Nothing) -> Any:
    """Try everything that failed again, now."""
    return CountTold(count=turn().do(retry_all, queue))
