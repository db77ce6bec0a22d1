"""Errors that went up to the publisher: one under its reference, behind as many tickets as it troubles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sla.desk.office import Tx
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


def publisher_errors(tx: Tx, *, fixed: bool = False) -> list[FollowedError]:
    """Open ones by their next follow-up, or fixed ones, the last first; for support."""
    query = select(PublisherError).where(PublisherError.state == ("fixed" if fixed else "open"))
    undated = PublisherError.next_at.is_(None)
    order = (PublisherError.fixed_at.desc(),) if fixed else (undated, PublisherError.next_at, PublisherError.id)
    return [FollowedError(error, _tickets(tx, error.id), ()) for error in tx.session.scalars(query.order_by(*order))]


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


def locked_with_tickets(tx: Tx, number: int) -> tuple[PublisherError, list[Ticket]]:
    """The error and the tickets that it is behind, locked as a wait locks them: tickets first. A ticket that was
    linked while the error was waited for is waited for too, its locks let go of before."""
    while True:
        linked = _linked(tx, number)
        try:
            with tx.session.begin_nested():
                tickets = [ticket_in_sight(tx, each, lock=True) for each in linked]
                error = _locked(tx, number)
                if _linked(tx, number) != linked:
                    raise LinkedMeanwhile
                return error, tickets
        except LinkedMeanwhile:
            continue


def _linked(tx: Tx, error: int) -> Sequence[int]:
    query = select(PublisherLink.ticket_id).where(PublisherLink.error_id == error)
    return tx.session.scalars(query.order_by(PublisherLink.ticket_id)).all()


def _locked(tx: Tx, number: int) -> PublisherError:
    query = select(PublisherError).where(PublisherError.id == number).with_for_update()
    error = tx.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if error is None:
        raise NotFound("error", value=number)
    return error


def link(tx: Tx, ticket: Ticket, reference: str) -> PublisherError:
    """The error of that reference, known or new, now behind this ticket. One that was fixed is open again: the fix did
    not hold here."""
    error = _known(tx, reference) or _made(tx, reference)
    linked = tx.session.get(PublisherLink, ticket.id)
    if linked is None:
        linked = PublisherLink(ticket_id=ticket.id)
        tx.session.add(linked)
    linked.error_id, linked.linked_at = error.id, tx.now
    error.state, error.fixed_at, error.fixed_in = "open", None, ""
    keep(tx, error, "sent", f"Ticket nº\u00a0{ticket.id}")
    if error.next_at is None:
        follow_up_at(tx, error, tx.hours.add_days(tx.now, tx.settings.reminders.publisher_days))
    return error


def _known(tx: Tx, reference: str) -> PublisherError | None:
    query = select(PublisherError).where(PublisherError.key == _key(reference)).with_for_update()
    return tx.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _made(tx: Tx, reference: str) -> PublisherError:
    error = PublisherError(key=_key(reference), reference=reference, opened_at=tx.now, state="open")
    error.workaround = error.no_workaround = error.fixed_in = ""
    try:
        with tx.session.begin_nested():
            tx.session.add(error)
            tx.session.flush()
    except IntegrityError:  # somebody else sent the same reference in the same instant
        found = _known(tx, reference)
        if found is None:
            raise
        return found
    return error


def _key(reference: str) -> str:
    """« CEG-4711 », « ceg 4711 » and « CEG4711 » are one reference."""
    return "".join(char for char in searchable(reference) if char.isalnum())[:80] or reference[:80]


def keep(tx: Tx, error: PublisherError, kind: str, text: str) -> None:
    tx.session.add(PublisherNews(error_id=error.id, at=tx.now, kind=kind, author=tx.actor.name, text=text))
    tx.session.flush()


def follow_up_at(tx: Tx, error: PublisherError, at: datetime | None) -> None:
    """Ask the publisher again then, and no sooner; None: no more."""
    cancel(tx, TimerKind.PUBLISHER_FOLLOW_UP, error.id)
    tx.session.flush()
    error.next_at = at
    if at is not None:
        schedule(tx, TimerKind.PUBLISHER_FOLLOW_UP, error.id, at, mark=f"{at:%Y%m%dT%H%M%S}")
