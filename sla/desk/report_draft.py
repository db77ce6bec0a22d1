"""What a report is begun from: the work noted, the sessions held, the perimeter agreed. The technician keeps what
the client is to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sla.store.tables import Estimate, Event
from sla.ticket.facts import Kind

TOLD = (Kind.WORKED, Kind.SESSION_HELD, Kind.CALL_HELD)


@dataclass(frozen=True, slots=True)
class Draft:
    """`notes`: internal ones, to draw on by hand; they are in none of the texts."""

    done: str
    perimeter: str
    notes: Sequence[Event]


def report_draft(events: Sequence[Event], estimate: Estimate | None) -> Draft:
    """Of what has happened since the last report. Nothing internal is put in but the note of each stretch of work,
    which says what was done."""
    last = max((event.seq for event in events if event.kind == Kind.REPORTED), default=0)
    since = [event for event in events if event.seq > last]
    said = dict.fromkeys(event.text.strip() for event in since if event.kind in TOLD and event.text)
    agreed = estimate.perimeter if estimate is not None and estimate.state == "accepted" else ""
    return Draft("\n".join(said), agreed, [event for event in since if event.kind == Kind.NOTED])
