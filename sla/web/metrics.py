"""`/metrics` for Prometheus, with a manager's API token: read from the tables, so that any process tells all of it."""

from collections.abc import Iterator

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from sla.desk.actor import SYSTEM
from sla.desk.keys import check_token
from sla.desk.measures import Lateness, Measures, measures, seconds_since
from sla.errors import BadCredentials
from sla.web.turn import the_desk

pages = Blueprint("metrics", __name__)


@pages.get("/metrics")
def metrics() -> Response:
    """`Authorization: Bearer` and the token of someone who may see it."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    desk = the_desk()
    try:
        who = desk.by(SYSTEM).see(check_token, secret.strip() if scheme.lower() == "bearer" else "")
    except BadCredentials:
        return Response("a token is needed\n", 401, {"WWW-Authenticate": 'Bearer realm="metrics"'}, "text/plain")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Shown(desk.by(who).see(measures)))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Shown(Collector):
    """One look at the tables, as gauges."""

    def __init__(self, seen: Measures) -> None:
        self.seen = seen

    def collect(self) -> Iterator[GaugeMetricFamily]:
        seen = self.seen
        yield _one("sla_timers_oldest_overdue_seconds", "How late the oldest due timer is", seen.oldest_overdue_s)
        if seen.looked_at is not None:
            silent = seconds_since(seen.looked_at, seen.at)
            yield _one("sla_alarm_silent_seconds", "Since a clock last looked at what is due", silent)
        yield _many(
            "sla_timers",
            "Timers by what is to become of them",
            "state",
            {"late": seen.late, "coming": seen.coming, "failed": seen.failed},
        )
        yield from _lateness("sla_timer_lateness_seconds", "Between due and fired, last 24 h", seen.timers)
        yield from _lateness("sla_message_lateness_seconds", "Between due and sent, last 24 h", seen.messages)
        stock = {channel: each.pending for channel, each in seen.stock.items()}
        yield _many("sla_outbox_pending", "Messages that wait", "channel", stock)
        failed = {channel: each.failed for channel, each in seen.stock.items()}
        yield _many("sla_outbox_failed", "Messages that failed", "channel", failed)
        ages = {channel: seconds_since(each.oldest_due_at, seen.at) for channel, each in seen.stock.items()}
        yield _many("sla_outbox_oldest_seconds", "How late the oldest waiting message is", "channel", ages)
        yield _many("sla_endpoints", "Webhook endpoints by state", "state", seen.endpoints)


def _one(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)


def _many(name: str, says: str, label: str, values: dict[str, float] | dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _lateness(name: str, says: str, seen: Lateness) -> Iterator[GaugeMetricFamily]:
    shares = {f"{share / 100:g}": value for share, value in seen.by_share.items() if value is not None}
    yield _many(name, says, "quantile", shares)
    yield _one(f"{name}_count", f"{says}: of how many", seen.count)
