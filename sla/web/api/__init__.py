"""The JSON API under /api: the same verbs and reads as the pages, for other software."""

from sla.web.api import (
    appointments,
    calendar,
    catalogue,
    compliance,
    endpoints,
    hours,
    jobs,
    moves,
    people,
    publisher,
    queue,
    readiness,
    slots,
    tickets,
    timing,
    tokens,
    truth,
)
from sla.web.api.blueprint import pages

__all__ = [
    "appointments",
    "calendar",
    "catalogue",
    "compliance",
    "endpoints",
    "hours",
    "jobs",
    "moves",
    "pages",
    "people",
    "publisher",
    "queue",
    "readiness",
    "slots",
    "tickets",
    "timing",
    "tokens",
    "truth",
]
