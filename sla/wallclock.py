"""The only place that asks what time it is; everything else is told."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, UTC, in whole seconds: the service's resolution."""
    return datetime.now(UTC).replace(microsecond=0)
