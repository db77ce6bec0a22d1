"""A client's disagreement with who pays: kept, told to the dispatchers, and asked about again until it is answered."""

from sla.desk.history import life_of, record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, tell
from sla.desk.timers import TimerKind, schedule
from sla.errors import AlreadyDone, Both
from sla.store.tables import Ticket
from sla.ticket.facts import Kind

REMINDED_AFTER_DAYS = 1
"""Working days without a decision, after which the managers are told too."""


def disagree(tx: Tx, ticket: Ticket, reason: str) -> None:
    """AlreadyDone while an earlier disagreement awaits its answer."""
    if life_of(tx, ticket).contested:
        raise AlreadyDone(
            what=Both(
                "cette prise en charge est déjà contestée, un répartiteur s’en occupe",
                "this coverage is contested already, a dispatcher is looking into it",
            )
        )
    event = record(tx, ticket, Kind.CONTESTED, text=reason)
    tell(tx, having(tx, "dispatcher"), "contested", key=_key(ticket, event.seq), ticket=ticket, text=reason)
    schedule(
        tx,
        TimerKind.CONTESTED_STILL,
        ticket.id,
        tx.hours.add_days(tx.now, REMINDED_AFTER_DAYS),
        mark=str(event.seq),
        data={"seq": event.seq, "text": reason},
    )


def remind_contested(tx: Tx, number: int, seq: int, reason: str) -> None:
    """Effect of the timer: a disagreement that nobody has answered is told to the managers too."""
    ticket = ticket_in_sight(tx, number)
    if life_of(tx, ticket).contested:
        people = having(tx, "dispatcher", "manager")
        tell(tx, people, "contested", key=f"{_key(ticket, seq)}:still", ticket=ticket, text=reason)


def _key(ticket: Ticket, seq: int) -> str:
    return f"contested:{ticket.id}:{seq}"
