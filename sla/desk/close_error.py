"""`close_error`: an error at the publisher is followed no more, though nothing was fixed: why, or which other it is."""

from collections.abc import Iterable

from sla.desk.office import Tx
from sla.desk.publisher_errors import all_locked, follow_up_at, put_behind
from sla.desk.publisher_news import answer_waiting, go_on, keep, refuse_ended, still_waiting
from sla.desk.typed import Reading
from sla.errors import Both, NotFound, Refused
from sla.store.tables import PublisherError, Ticket


class NotTheSame(Refused):
    code, status = "not_the_same_error", 409
    fr = "L’erreur {reference} ne peut pas rejoindre celle-là\u00a0: {rule}. Choisissez-en une autre, encore ouverte."
    en = "The error {reference} can’t join that one: {rule}. Choose another, still open."


ITSELF = Both("c’est la même", "it is the same")
ENDED = Both("elle n’est plus suivie", "it is followed no more")


def close_error(tx: Tx, error: int, *, reason: str, into: int | None = None, told: str = "") -> PublisherError:
    """`into`: the open error that it is, under another reference; its tickets wait behind that one. Without, those that
    wait go on. `told`: what each of these clients reads; the reason is support's alone."""
    reading = Reading()
    reason = reading.text("reason", reason, 500)
    told = reading.text("told", told, required=False)
    for field, text in (("reason", reason), ("told", told)):
        reading.no_secret(field, text)
    reading.finish()
    if into is not None and tx.session.get(PublisherError, into) is None:
        raise NotFound("into", value=into)
    (found, tickets), *others = all_locked(tx, error, *(() if into in (None, error) else (into,)))
    refuse_ended(tx, found)
    if into == error:
        raise NotTheSame("into", reference=found.reference, rule=ITSELF)
    if others and others[0][0].state != "open":
        raise NotTheSame("into", reference=found.reference, rule=ENDED)
    waiting = still_waiting(tickets)
    answer_waiting(tx, waiting, told)
    found.state, found.closed_at, found.closed_because = "closed", tx.now, reason
    follow_up_at(tx, found, None)
    keep(tx, found, "closed", reason)
    for other, _ in others:
        _join(tx, found, other, tickets, reason)
    for ticket in waiting if into is None else ():
        go_on(tx, ticket)
    return found


def _join(tx: Tx, error: PublisherError, other: PublisherError, tickets: Iterable[Ticket], reason: str) -> None:
    error.merged_into = other.id
    for ticket in tickets:
        put_behind(tx, other, ticket)
    keep(tx, other, "sent", f"Erreur {error.reference}\u00a0: {reason}")
