"""The time on a ticket as it stands at this instant, what runs included: real, what it will consume, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from sla.contract.service_item import Coverage, ServiceItem
from sla.desk.agreed_work import agreed_minutes, last_estimate, not_agreed
from sla.desk.coverage import has_contract, line_of
from sla.desk.ledger import left_on, owed_by
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import added_quarters, elapsed, running_of, stops_at
from sla.desk.stretches import adjusts
from sla.desk.time_kept import bound_minutes, stands
from sla.desk.unconfirmed import ToConfirm, unconfirmed
from sla.errors import NotFound, Refused
from sla.store.tables import Estimate, Intervention, Person, Stint, Ticket, TimeEntry


@dataclass(frozen=True, slots=True)
class Running:
    """A timer that goes on, of any technician."""

    technician: str
    started_at: datetime
    stops_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Logged:
    """A stretch as it stands; `mine`: the reader's own, whom it is for to correct."""

    entry: int
    technician: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    note: str
    own_error: bool
    reason: str
    mine: bool


@dataclass(frozen=True, slots=True)
class TimeSoFar:
    """`real`, `bound` (what the four hours bind) in minutes; `consumed`, `left`, `owed` in quarter-hours, as if every
    timer stopped now. `mine`: the reader's timer on this ticket; `elsewhere`: the ticket that it runs on instead.
    `agreed`: the minutes that the client accepted last; `refusal`: why work can't begin here; `adjusts`: the ticket has
    come back from acceptance."""

    ticket: Ticket
    item: ServiceItem
    real: int
    bound: int
    consumed: int
    left: int
    owed: int
    mine: Running | None
    others: Sequence[Running]
    elsewhere: int | None
    estimate: Estimate | None
    agreed: int | None
    maintained: bool
    refusal: Refused | None
    logged: Sequence[Logged]
    adjusts: bool
    warn_minutes: int

    @property
    def limited(self) -> bool:
        return self.ticket.level == Coverage.TMA

    @property
    def near_limit(self) -> bool:
        """Whether the technician is to be warned that the request may outgrow what TMA takes, or has."""
        return self.limited and self.item.limit_minutes is not None and self.bound >= self.warn_minutes

    @property
    def beyond_estimate(self) -> bool:
        return self.agreed is not None and self.bound > self.agreed


def time_on(tx: Tx, number: int) -> TimeSoFar:
    """For support; NotFound to a client."""
    if tx.actor.is_client:
        raise NotFound("ticket", value=number)
    ticket = ticket_in_sight(tx, number)
    stints = tx.session.execute(
        select(Stint, Person.name)
        .join(Person, Person.id == Stint.technician_id)
        .where(Stint.ticket_id == number, Stint.state == "running")
        .order_by(Stint.started_at)
    ).all()
    run = [(stint.technician_id == tx.actor.id, _running(tx, stint, name)) for stint, name in stints]
    consumed = select(func.coalesce(func.sum(Intervention.consumed_quarters), 0))
    so_far = int(tx.session.scalar(consumed.where(Intervention.ticket_id == number)) or 0)
    more = sum(added_quarters(tx, ticket, stint, tx.now) for stint, _ in stints)
    left, owed = left_on(tx, ticket.company_id, tx.today), max(0, owed_by(tx, ticket.company_id))
    running = sum(each.minutes for _, each in run)
    own = running_of(tx, tx.actor.id)
    return TimeSoFar(
        ticket,
        line_of(tx, ticket),
        ticket.worked_minutes + running,
        bound_minutes(tx, ticket) + running,
        so_far + more,
        max(0, left - more),
        owed + max(0, more - left),
        next((each for mine, each in run if mine), None),
        [each for mine, each in run if not mine],
        own.ticket_id if own is not None and own.ticket_id != number else None,
        last_estimate(tx, number),
        agreed_minutes(tx, ticket),
        has_contract(tx, ticket.company_id, tx.today),
        not_agreed(tx, ticket),
        _logged(tx, number),
        adjusts(tx, ticket),
        tx.settings.work.warn_minutes,
    )


def _running(tx: Tx, stint: Stint, name: str) -> Running:
    limit = stops_at(tx, stint.started_at)
    return Running(name, stint.started_at, limit, elapsed(stint, min(tx.now, limit)))


def _logged(tx: Tx, number: int) -> list[Logged]:
    rows = tx.session.execute(
        select(TimeEntry, Person.name)
        .join(Intervention, Intervention.id == TimeEntry.intervention_id)
        .join(Person, Person.id == TimeEntry.technician_id)
        .where(Intervention.ticket_id == number, stands())
        .order_by(TimeEntry.started_at)
    ).all()
    return [
        Logged(
            entry.id,
            name,
            entry.started_at,
            entry.ended_at,
            entry.minutes,
            entry.note,
            entry.own_error,
            entry.reason,
            entry.technician_id == tx.actor.id,
        )
        for entry, name in rows
    ]


@dataclass(frozen=True, slots=True)
class OwnTime:
    """A technician's: what runs now, and what waits for their word, the oldest first."""

    running: TimeSoFar | None
    to_confirm: Sequence[ToConfirm]


def own_time(tx: Tx) -> OwnTime:
    runs = running_of(tx, tx.actor.id)
    waiting = unconfirmed(tx, technician=tx.actor.id)
    return OwnTime(time_on(tx, runs.ticket_id) if runs is not None else None, waiting)
