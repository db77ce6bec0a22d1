"""`chase_publisher`, `share_workaround`, `announce_fix`: what is asked of the publisher and what it answers, told to
every client that the error troubles, to each on its own ticket (booklet, « suivi du traitement jusqu’à leur
résolution »)."""

import re

from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.publisher_errors import follow_up_at, locked_with_tickets
from sla.desk.publisher_news import answer_waiting, go_on, keep, refuse_ended
from sla.desk.tell import tell_client
from sla.desk.typed import Reading
from sla.errors import Refused
from sla.store.tables import PublisherError, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import OPEN, State, allows

MOST_DAYS = 60
WHOLE = re.compile(r"[0-9]{1,4}")


class FollowUpFar(Refused):
    """`value` as it was typed, which may be no number."""

    code = "follow_up_far"
    fr = "« {value} » jours ouvrés ne conviennent pas à la prochaine relance : écrivez un nombre entier, de 1 à {most}."
    en = "“{value}” working days won’t do for the next follow-up: write a whole number, 1 to {most}."


def chase_publisher(tx: Tx, error: int, *, note: str, told: str = "", days: int | str | None = None) -> PublisherError:
    """What the publisher was asked or has said, for the team; `told`: what each waiting client reads; `days`: working
    days to the next follow-up."""
    reading = Reading()
    note = reading.text("note", note, 2000)
    told = reading.text("told", told, required=False)
    for field, text in (("note", note), ("told", told)):
        reading.no_secret(field, text)
    reading.finish()
    wanted = tx.settings.reminders.publisher_days if days in (None, "") else _days(days)
    found, tickets = locked_with_tickets(tx, error)
    refuse_ended(tx, found)
    keep(tx, found, "chased", note)
    follow_up_at(tx, found, tx.hours.add_days(tx.now, wanted))
    answer_waiting(tx, tickets, told)
    return found


def _days(typed: int | str | None) -> int:
    text = str(typed).strip()
    if not WHOLE.fullmatch(text) or not 1 <= int(text) <= MOST_DAYS:
        raise FollowUpFar("days", value=text[:20], most=MOST_DAYS)
    return int(text)


def share_workaround(tx: Tx, error: int, *, text: str, possible: bool = True) -> PublisherError:
    """The workaround, or why there is none, to every client whose ticket goes on; it stays with the error for those to
    come."""
    reading = Reading()
    text = reading.text("text", text)
    reading.no_secret("text", text)
    reading.finish()
    found, tickets = locked_with_tickets(tx, error)
    refuse_ended(tx, found)
    found.workaround, found.no_workaround = (text, "") if possible else ("", text)
    keep(tx, found, "workaround" if possible else "no_workaround", text)
    for ticket in tickets:
        if State(ticket.state) in OPEN:
            event = record(tx, ticket, Kind.WORKAROUND_GIVEN if possible else Kind.WORKAROUND_IMPOSSIBLE, text=text)
            key = f"workaround:{ticket.id}:{event.seq}"
            tell_client(tx, ticket, "workaround", key=key, text=text, possible=possible)
    return found


def announce_fix(tx: Tx, error: int, *, version: str, text: str = "") -> PublisherError:
    """Fixed in a version: each client is told on its own ticket, whatever became of it, and those that waited go on."""
    reading = Reading()
    version = reading.line("version", version, 60)
    text = reading.text("text", text, required=False)
    reading.no_secret("text", text)
    reading.finish()
    found, tickets = locked_with_tickets(tx, error)
    refuse_ended(tx, found)
    found.state, found.fixed_in, found.fixed_at = "fixed", version, tx.now
    follow_up_at(tx, found, None)
    keep(tx, found, "fixed", f"{version}\n{text}".strip())
    for ticket in tickets:
        if allows(State(ticket.state), Kind.ANSWERED):
            _tell_fix(tx, ticket, found, text)
    return found


def _tell_fix(tx: Tx, ticket: Ticket, error: PublisherError, text: str) -> None:
    fixed = f"L’éditeur a corrigé l’erreur {error.reference} dans la version {error.fixed_in}."
    event = record(tx, ticket, Kind.ANSWERED, text=f"{fixed}\n\n{text}".strip(), fixed_in=error.fixed_in)
    if ticket.state == State.WAITING_PUBLISHER:
        go_on(tx, ticket)
    facts = {"reference": error.reference, "version": error.fixed_in, "text": text}
    tell_client(tx, ticket, "publisher_fixed", key=f"publisher_fixed:{ticket.id}:{event.seq}", **facts)
