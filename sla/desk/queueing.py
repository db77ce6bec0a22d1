"""The plan of the desk at this instant, and a ticket's way into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sla.desk.actor import SYSTEM
from sla.desk.awaiting import AT_WORK, queue
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.predict import predict
from sla.desk.roster import LONGEST_APPOINTMENT, Holes, team
from sla.queue.dispatch import Reason, Technician, Work
from sla.queue.plan import Plan, explain, plan
from sla.store.tables import Prediction, Ticket
from sla.ticket.facts import Kind

__all__ = [
    "AT_WORK",
    "LONGEST_APPOINTMENT",
    "Holes",
    "Situation",
    "enqueue",
    "planned",
    "queue",
    "situation",
    "team",
    "told",
]


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is there, what waits, and the plan that follows at this instant: what board, portal and API share."""

    people: Sequence[Technician]
    waiting: Sequence[Work]
    plan: Plan


def situation(tx: Tx, arriving: int | None = None) -> Situation:
    people, waiting = team(tx), queue(tx, arriving)
    return Situation(people, waiting, plan(people, waiting, tx.now, tx.settings.plan.rule))


def planned(tx: Tx) -> Plan:
    """The plan as it stands at this instant."""
    return situation(tx).plan


def enqueue(tx: Tx, ticket: Ticket) -> Prediction | None:
    """Give the ticket the technician that the plan finds for it, with the reasons; nobody, if nobody masters it. What
    its client is told to expect is kept.

    Whoever caused it, the choice is the service's own.
    """
    tx.session.flush()
    stand = situation(tx, ticket.id)
    slot = stand.plan.slot(ticket.id)
    if slot is None:
        return None
    work = next(each for each in stand.waiting if each.ticket == ticket.id)
    reasons = explain(slot, work, stand.people, stand.plan, tx.now)
    data: dict[str, Any] = {"expected_start": slot.start.isoformat(), "expected_end": slot.end.isoformat()}
    record(
        tx.as_actor(SYSTEM),
        ticket,
        Kind.ASSIGNED,
        public=False,
        technician=slot.technician,
        reasons=[told(each) for each in reasons],
        **data,
    )
    return predict(tx, ticket)


def told(reason: Reason) -> dict[str, object]:
    """A reason as history keeps it: its code and its facts, instants as RFC 3339."""
    facts: dict[str, Any] = {
        key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in reason.facts.items()
    }
    return {"code": reason.code, **facts}
