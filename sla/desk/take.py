"""`take` and `take_next` (« au suivant »): a technician begins a ticket, and it is bound to them from then on."""

from sla.desk.awaiting import in_hand
from sla.desk.history import record, unchanged_since
from sla.desk.office import Tx
from sla.desk.queueing import queue, team, told
from sla.desk.sight import ticket_in_sight
from sla.errors import NotFound
from sla.queue.dispatch import Choice, choose
from sla.store.tables import Ticket
from sla.ticket.facts import Kind


def take(tx: Tx, number: int, *, seen_seq: int | None = None) -> Ticket:
    """Begin this ticket. `seen_seq` is the history's length that the page showed: if somebody was first, Overtaken."""
    ticket = ticket_in_sight(tx, number, lock=True)
    unchanged_since(tx, ticket, seen_seq)
    record(tx, ticket, Kind.TAKEN, technician=tx.actor.id)
    return ticket


def take_next(tx: Tx) -> tuple[Ticket, Choice]:
    """Begin what comes first for the technician who asks; NotFound when nothing waits that is theirs to do."""
    ticket, choice = _chosen(tx)
    reasons = [told(reason) for reason in choice.reasons]
    record(tx, ticket, Kind.TAKEN, technician=tx.actor.id, reasons=reasons)
    return ticket, choice


class TakenMeanwhile(Exception):
    """The ticket that was waited for is not what it was."""


def _chosen(tx: Tx) -> tuple[Ticket, Choice]:
    """What comes first, locked. Until it is, another technician may take it: then its lock is let go of, for tickets
    are locked by their numbers, and what comes first is looked at again."""
    while choice := next_for(tx, tx.actor.id or 0):
        try:
            with tx.session.begin_nested():
                ticket = ticket_in_sight(tx, choice.work.ticket, lock=True)
                if choice.work not in queue(tx):
                    raise TakenMeanwhile
        except TakenMeanwhile:
            continue
        return ticket, choice
    raise NotFound("ticket", value="au suivant")


def next_for(tx: Tx, technician_id: int) -> Choice | None:
    """What « au suivant » would give now; a ticket already in hand is not offered again."""
    people = team(tx)
    me = next((each for each in people if each.id == technician_id), None)
    if me is None:
        return None
    busy = in_hand(tx)
    waiting = [work for work in queue(tx, hand=busy) if work.ticket not in busy or work.busy_since is not None]
    return choose(me, waiting, tx.now, people, tx.settings.plan.rule)
