"""What is kept of an error at the publisher, and told to those that wait for it, each on its own ticket."""

from collections.abc import Iterable

from sla import wording
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.desk.tell import tell_client
from sla.errors import AlreadyDone, Both
from sla.store.tables import PublisherError, PublisherNews, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State


def keep(tx: Tx, error: PublisherError, kind: str, text: str) -> None:
    tx.session.add(PublisherNews(error_id=error.id, at=tx.now, kind=kind, author=tx.actor.name, text=text))
    tx.session.flush()


def still_waiting(tickets: Iterable[Ticket]) -> list[Ticket]:
    return [ticket for ticket in tickets if ticket.state == State.WAITING_PUBLISHER]


def answer_waiting(tx: Tx, tickets: Iterable[Ticket], text: str) -> None:
    """The same answer to each that waits; none if there is nothing to say."""
    for ticket in still_waiting(tickets) if text else ():
        event = record(tx, ticket, Kind.ANSWERED, text=text)
        tell_client(tx, ticket, "answered", key=f"answer:{ticket.id}:{event.seq}", text=text)


def go_on(tx: Tx, ticket: Ticket) -> None:
    """The publisher is waited for no more."""
    record(tx, ticket, Kind.RESUMED, public=False)
    if ticket.technician_id is None:
        enqueue(tx, ticket)


def refuse_ended(tx: Tx, error: PublisherError) -> None:
    """AlreadyDone for an error that is fixed or closed, with the day and the version or the reason."""
    ended = error.fixed_at or error.closed_at
    if ended is None:
        return
    french, english = (wording.full_date(tx.day_of(ended), lang) for lang in ("fr", "en"))
    if error.state == "fixed":
        fr = f"l’erreur {error.reference} est corrigée depuis le {french}, dans la version {error.fixed_in}"
        en = f"the error {error.reference} has been fixed since {english}, in version {error.fixed_in}"
    else:
        fr = f"l’erreur {error.reference} est fermée depuis le {french}\u00a0: {error.closed_because}"
        en = f"the error {error.reference} has been closed since {english}: {error.closed_because}"
    raise AlreadyDone(what=Both(fr, en))
