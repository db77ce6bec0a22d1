"""`work_around`: a workaround for a blocking error, or the reason why there is none (booklet, « Lors d’erreurs
logiciel »)."""

from sla.desk.beginning import begin
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import tell_client
from sla.desk.typed import one_text
from sla.store.tables import Event
from sla.ticket.facts import Kind


def work_around(tx: Tx, number: int, *, text: str, possible: bool = True) -> Event:
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    begin(tx, ticket)
    event = record(tx, ticket, Kind.WORKAROUND_GIVEN if possible else Kind.WORKAROUND_IMPOSSIBLE, text=text)
    tell_client(tx, ticket, "workaround", key=f"workaround:{ticket.id}:{event.seq}", text=text, possible=possible)
    return event
