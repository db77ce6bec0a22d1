"""Errors that went up to the publisher: one under its reference, behind as many tickets as it troubles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sla.desk.office import Tx
from sla.desk.publisher_news import keep
from sla.desk.sight import PEOPLE, ticket_in_sight
from sla.desk.timers import TimerKind, cancel, schedule
from sla.desk.typed import searchable
from sla.errors import NotFound
from sla.store.tables import PublisherError, PublisherLink, PublisherNews, Ticket


@dataclass(frozen=True, slots=True)
class FollowedError:
    """`tickets`: those that it is behind, the oldest first. `news`: what was asked and learnt, the newest first."""

    error: PublisherError
    tickets: Sequence[Ticket]
    news: Sequence[PublisherNews]

    @property
    def waiting(self) -> int:
        return sum(ticket.state == "waiting_publisher" for ticket in self.tickets)


def publisher_errors(tx: Tx, *, state: str = "open") -> list[FollowedError]:
    """Open ones by their next follow-up, fixed or closed ones the last first; for support."""
    ended = {"fixed": PublisherError.fixed_at.desc(), "closed": PublisherError.closed_at.desc()}
    query = select(PublisherError).where(PublisherError.state == state)
    query = query.order_by(ended.get(state, PublisherError.next_at), PublisherError.id)
    return [FollowedError(error, _tickets(tx, error.id), ()) for error in tx.session.scalars(query)]


def publisher_error(tx: Tx, number: int) -> FollowedError:
    """NotFound for a number that no error has."""
    error = tx.session.get(PublisherError, number)
    if error is None:
        raise NotFound("error", value=number)
    news = select(PublisherNews).where(PublisherNews.error_id == number).order_by(PublisherNews.id.desc())
    return FollowedError(error, _tickets(tx, number), tx.session.scalars(news).all())


def error_behind(tx: Tx, ticket: int) -> PublisherError | None:
    query = select(PublisherError).join(PublisherLink, PublisherLink.error_id == PublisherError.id)
    return tx.session.scalars(query.where(PublisherLink.ticket_id == ticket)).one_or_none()


def _tickets(tx: Tx, error: int) -> Sequence[Ticket]:
    query = select(Ticket).options(*PEOPLE).join(PublisherLink, PublisherLink.ticket_id == Ticket.id)
    return tx.session.scalars(query.where(PublisherLink.error_id == error).order_by(Ticket.id)).all()


class LinkedMeanwhile(Exception):
    """The tickets that were locked are no longer those behind the error."""


Locked = tuple[PublisherError, list[Ticket]]
"""An error and the tickets that it is behind."""


def locked_with_tickets(tx: Tx, number: int) -> Locked:
    return all_locked(tx, number)[0]


def all_locked(tx: Tx, *numbers: int) -> list[Locked]:
    """Errors with their tickets, locked as a wait locks them: tickets first. A ticket that was linked while an error
    was waited for is waited for too, its locks let go of before."""
    while True:
        linked = _linked(tx, numbers)
        try:
            with tx.session.begin_nested():
                tickets = {each: ticket_in_sight(tx, each, lock=True) for each in linked}
                errors = {each: _locked(tx, each) for each in sorted(numbers)}
                if _linked(tx, numbers) != linked:
                    raise LinkedMeanwhile
        except LinkedMeanwhile:
            continue
        return [(errors[number], [tickets[each] for each in linked if linked[each] == number]) for number in numbers]


def _linked(tx: Tx, errors: Sequence[int]) -> dict[int, int]:
    """Ticket → error, by ticket."""
    query = select(PublisherLink.ticket_id, PublisherLink.error_id).where(PublisherLink.error_id.in_(errors))
    return {row.ticket_id: row.error_id for row in tx.session.execute(query.order_by(PublisherLink.ticket_id))}


def _locked(tx: Tx, number: int) -> PublisherError:
    query = select(PublisherError).where(PublisherError.id == number).with_for_update()
    error = tx.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if error is None:
        raise NotFound("error", value=number)
    return error


def link(tx: Tx, ticket: Ticket, reference: str) -> PublisherError:
    """The error of that reference, known or new, now behind this ticket; the error that was behind it until then keeps
    its own follow-up. One that was fixed or closed is open again: it troubles somebody here."""
    next_at = tx.hours.add_days(tx.now, tx.settings.reminders.publisher_days)
    error = _known(tx, reference) or _made(tx, reference, next_at)
    former = put_behind(tx, error, ticket)
    if former is not None:
        keep(tx, former, "left", f"Ticket nº\u00a0{ticket.id}, suivi sous {error.reference}")
    if error.state != "open":
        error.fixed_at, error.fixed_in, error.closed_at, error.closed_because = None, "", None, ""
        error.state = "open"
        follow_up_at(tx, error, next_at)
    keep(tx, error, "sent", f"Ticket nº\u00a0{ticket.id}")
    return error


def put_behind(tx: Tx, error: PublisherError, ticket: Ticket) -> PublisherError | None:
    """Which other error was behind it until now."""
    linked = tx.session.get(PublisherLink, ticket.id)
    if linked is None:
        linked = PublisherLink(ticket_id=ticket.id, error_id=error.id)
        tx.session.add(linked)
    former, linked.error_id, linked.linked_at = linked.error_id, error.id, tx.now
    return tx.session.get_one(PublisherError, former) if former != error.id else None


def _known(tx: Tx, reference: str) -> PublisherError | None:
    """Locked; a reference that was merged into another is that other."""
    query = select(PublisherError.id, PublisherError.merged_into)
    row = tx.session.execute(query.where(PublisherError.key == _key(reference))).one_or_none()
    while row is not None and row.merged_into is not None:
        row = tx.session.execute(query.where(PublisherError.id == row.merged_into)).one()
    if row is None:
        return None
    error = _locked(tx, row.id)
    return error if error.merged_into is None else _known(tx, reference)  # merged while it was waited for


def _made(tx: Tx, reference: str, next_at: datetime) -> PublisherError:
    error = PublisherError(key=_key(reference), reference=reference, opened_at=tx.now, state="open", next_at=next_at)
    error.workaround = error.no_workaround = error.fixed_in = error.closed_because = ""
    try:
        with tx.session.begin_nested():
            tx.session.add(error)
            tx.session.flush()
    except IntegrityError:  # somebody else sent the same reference in the same instant
        found = _known(tx, reference)
        if found is None:
            raise
        return found
    follow_up_at(tx, error, next_at)
    return error


def _key(reference: str) -> str:
    """« CEG-4711 », « ceg 4711 » and « CEG4711 » are one reference."""
    return "".join(char for char in searchable(reference) if char.isalnum())[:80] or reference[:80]


def follow_up_at(tx: Tx, error: PublisherError, at: datetime | None) -> None:
    """Ask the publisher again then, and no sooner; None: no more, its state says why."""
    error.next_at = at
    cancel(tx, TimerKind.PUBLISHER_FOLLOW_UP, error.id)
    tx.session.flush()
    if at is not None:
        schedule(tx, TimerKind.PUBLISHER_FOLLOW_UP, error.id, at, mark=f"{at:%Y%m%dT%H%M%S}")
