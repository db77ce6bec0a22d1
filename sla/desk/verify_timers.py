"""The timers that a ticket's history asks for, against those that are pending."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from sla.contract.targets import BREACH_SHARE
from sla.desk.office import Tx
from sla.desk.promises import level_mark
from sla.desk.reminder_days import expires_at
from sla.desk.timers import TimerKind
from sla.store.tables import Estimate, Forfait, PublisherError, PublisherLink, Ticket, Timer
from sla.ticket.clock import Clock, Mark
from sla.ticket.life import Life
from sla.ticket.states import OPEN, State

Pending = Mapping[tuple[str, int], Sequence[Timer]]
"""By kind and subject."""


def pending_timers(tx: Tx) -> Pending:
    found: dict[tuple[str, int], list[Timer]] = {}
    for timer in tx.session.scalars(select(Timer).where(Timer.state.in_(("pending", "failed"))).order_by(Timer.due_at)):
        found.setdefault((timer.kind, timer.subject), []).append(timer)
    return found


def differing_timers(tx: Tx, number: int, life: Life, timers: Pending) -> Iterable[str]:
    levels = timers.get((TimerKind.SLA_LEVEL, number), ())
    for clock in life.clocks.values():
        mine = [timer for timer in levels if timer.data.get("clock") == clock.name]
        yield from _levels(tx, number, life, clock, mine)
    if life.waiting_for == "date" and life.waiting_until is not None:
        yield from _one(tx, number, TimerKind.WAIT_ENDS, life.waiting_until, timers)
    if life.state is State.RESOLVED and life.accept_until is not None and life.accept_until > tx.now:
        yield from _one(tx, number, TimerKind.ACCEPTANCE_END, life.accept_until, timers)


def _one(tx: Tx, number: int, kind: TimerKind, at: datetime, timers: Pending) -> Iterable[str]:
    """One timer of that kind is pending, not after the instant at which it is to be sent."""
    found = timers.get((kind, number), ())
    send_at = tx.hours.next_open(at)
    if not found:
        yield f"ticket {number}: timer {kind} is missing, its history asks for it at {send_at.isoformat()}"
    elif all(timer.due_at > send_at for timer in found):
        is_ = found[0].due_at.isoformat()
        yield f"ticket {number}: timer {kind} is due {is_}, its history says {send_at.isoformat()}"


def _levels(tx: Tx, number: int, life: Life, clock: Clock, mine: Sequence[Timer]) -> Iterable[str]:
    """A clock that does not run warns of nothing; one that runs has a timer for each level that is still to be told.

    The timers of the deadline before a closure stand until the first of them falls due and writes the new ones.
    """
    waiting = [timer for timer in mine if timer.state == "pending"]
    if clock.mark is not Mark.RUNNING or clock.due_at is None:
        yield from (f"ticket {number}: {clock.name} is {clock.mark}, and {timer.key} is pending" for timer in waiting)
        return
    hours = tx.hours_of(life.level, life.severity, clock.name)
    deadline = clock.due_at.isoformat()
    older = [timer for timer in waiting if timer.data.get("due_at") != deadline]
    for share in (*tx.settings.targets.warning_shares, BREACH_SHARE):
        reached = clock.reaches(share, hours)
        if reached is None or hours.next_open(reached) <= tx.now:
            continue
        send_at, key = hours.next_open(reached), f"sla_level:{number}:{level_mark(clock, share, clock.due_at)}"
        exact = [timer for timer in mine if timer.key == key]
        if not exact and not any(timer.due_at <= send_at for timer in older):
            yield f"ticket {number}: {clock.name} will not be told at {share} %, due {send_at.isoformat()}"
        for timer in exact:
            looks_again = timer.due_at < send_at and not hours.is_open(timer.due_at)  # closed since: it waits
            if (timer.due_at, timer.reached_at) != (send_at, reached) and not looks_again:
                yield f"ticket {number}: {key} is due {timer.due_at.isoformat()}, its clock says {send_at.isoformat()}"


def differing_follow_ups(tx: Tx, timers: Pending) -> Iterable[str]:
    """An error that the publisher still has is asked about on its date; one that is fixed or closed is not. Whoever
    waits for the publisher waits for an error that it has."""
    behind = select(PublisherLink.ticket_id).join(PublisherError).where(PublisherError.state == "open")
    waiting = select(Ticket.id).where(Ticket.state == State.WAITING_PUBLISHER, Ticket.id.not_in(behind))
    for number in tx.session.scalars(waiting.order_by(Ticket.id)):
        yield f"ticket {number} waits for the publisher, which has no open error of it"
    for error in tx.session.scalars(select(PublisherError).order_by(PublisherError.id)):
        found = timers.get((TimerKind.PUBLISHER_FOLLOW_UP, error.id), ())
        if error.next_at is None:
            yield from (f"publisher error {error.id} is {error.state}, and {timer.key} is pending" for timer in found)
        elif not any(timer.reached_at == error.next_at for timer in found):
            yield f"publisher error {error.id}: its follow-up of {error.next_at.isoformat()} has no timer"


def differing_ends(tx: Tx, timers: Pending) -> Iterable[str]:
    """What runs until a day to come ends by itself then: forfaits that have not expired, offers that stand."""
    for pack in tx.session.scalars(select(Forfait).where(~Forfait.expired).order_by(Forfait.id)):
        end = expires_at(tx, pack)
        found = timers.get((TimerKind.EXPIRY, pack.id), ())
        if end > tx.now and not any(timer.due_at <= end for timer in found):
            yield f"forfait {pack.id}: nothing will end it on {end.isoformat()}"
    offered = select(Estimate).join(Ticket).where(Estimate.state == "offered", Ticket.state.in_(OPEN))
    for offer in tx.session.scalars(offered.where(Estimate.valid_until >= tx.now).order_by(Estimate.id)):
        found = timers.get((TimerKind.ESTIMATE_END, offer.id), ())
        if not any(timer.reached_at == offer.valid_until for timer in found):
            yield f"estimate {offer.id}: nothing will end it on {offer.valid_until.isoformat()}"
