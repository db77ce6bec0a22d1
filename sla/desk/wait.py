"""`wait_for_client`, `wait_for_publisher`, `wait_until`, `resume`: whose turn it is, and the clocks that follow."""

from datetime import date, timedelta

from sqlalchemy import func, select

from sla.desk.beginning import begin
from sla.desk.both_tongues import day_said
from sla.desk.estimate_wait import await_decision_again
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.publisher_errors import link
from sla.desk.queueing import enqueue
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import at_work, clients_of, tell, tell_client
from sla.desk.timers import TimerKind, cancel, schedule
from sla.desk.typed import Reading, day_typed, one_text
from sla.errors import Both, IllegalMove, UnfitInstant, WaitsAlready
from sla.store.tables import Event, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State

LONGEST_WAIT_DAYS = 366
CAN_WAIT = (State.ASSIGNED, State.IN_PROGRESS, State.REOPENED, State.WAITING_CLIENT)
"""Where the next move is support's, or an answer's: a session keeps its own date, the publisher its own pace."""
WAITED = {
    "estimate": Both("la décision sur le temps estimatif", "the decision on the estimate"),
    "forfait": Both("un forfait d’heures", "prepaid hours"),
}
WITHIN_A_YEAR = Both("choisissez un jour après aujourd’hui, d’ici un an", "choose a day after today, within a year")


def wait_for_client(tx: Tx, number: int, *, text: str) -> Ticket:
    """Ask the client something: the question is a public answer, and the resolution clock stands until it replies."""
    text = one_text("text", text)
    ticket = ticket_in_sight(tx, number, lock=True)
    begin(tx, ticket)
    event = record(tx, ticket, Kind.ANSWERED, text=text)
    await_decision_again(tx, ticket, event)
    if ticket.waiting_for not in ("estimate", "forfait"):  # it waits for those all the same
        record(tx, ticket, Kind.WAITING_CLIENT, reason="question")
    tell_client(tx, ticket, "question", key=f"question:{ticket.id}:{event.seq}", text=text)
    return ticket


def wait_for_publisher(tx: Tx, number: int, *, reference: str, text: str = "") -> Ticket:
    """The error went up to the publisher under its `reference`, which links whoever else has it; the text, if any, is
    an answer to the client."""
    reading = Reading()
    reference = reading.line("reference", reference, 80)
    text = reading.text("text", text, required=False)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    begin(tx, ticket)
    if text:
        event = record(tx, ticket, Kind.ANSWERED, text=text)
        tell_client(tx, ticket, "answered", key=f"answer:{ticket.id}:{event.seq}", text=text)
    record(tx, ticket, Kind.WAITING_PUBLISHER, reason="publisher", reference=reference)
    link(tx, ticket, reference)
    return ticket


def wait_until(tx: Tx, number: int, *, day: date | str, text: str = "") -> Ticket:
    """The client chose a date: the resolution stands until that day opens, and goes on by itself. `day` may be closed:
    then it is the next opening."""
    reading = Reading()
    text = reading.text("text", text, 2000, required=False)
    reading.finish()
    chosen = _day_to_come(tx, day)
    ticket = ticket_in_sight(tx, number, lock=True)
    if (awaited := WAITED.get(ticket.waiting_for or "")) is not None:
        raise WaitsAlready(ticket=ticket.id, what=awaited)
    if ticket.state not in CAN_WAIT:
        raise IllegalMove(ticket=ticket.id, state=ticket.state, action=Kind.WAITING_CLIENT)
    begin(tx, ticket)
    until = tx.hours.next_open(tx.settings.midnight(chosen))
    event = record(tx, ticket, Kind.WAITING_CLIENT, text=text, reason="date", until=until.isoformat())
    schedule(tx, TimerKind.WAIT_ENDS, ticket.id, until, mark=str(event.seq), data={"seq": event.seq})
    people = at_work(tx, ticket) if tx.actor.is_client else clients_of(tx, ticket)
    tell(tx, people, "date_chosen", key=f"date_chosen:{ticket.id}:{event.seq}", ticket=ticket, until=until, text=text)
    return ticket


def _day_to_come(tx: Tx, day: date | str) -> date:
    chosen = day_typed(tx, "day", day)
    if not tx.today < chosen <= tx.today + timedelta(days=LONGEST_WAIT_DAYS):
        raise UnfitInstant("day", value=day_said(tx, chosen), rule=WITHIN_A_YEAR)
    return chosen


def end_wait(tx: Tx, number: int, seq: int) -> Ticket | None:
    """Effect of the chosen date's timer, of the wait at `seq`, if it still lasts. The clock goes on from that opening
    however late somebody looks; a desk that has closed meanwhile looks again at its next opening."""
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.waiting_for != "date" or ticket.waiting_until is None or not _is_the_last(tx, number, seq):
        return None
    if tx.hours.next_open(ticket.waiting_until) > tx.now:
        later = tx.hours.next_open(ticket.waiting_until)
        schedule(tx, TimerKind.WAIT_ENDS, number, later, mark=f"{seq}:{later:%Y%m%dT%H%M%S}", data={"seq": seq})
        return None
    last = select(func.max(Event.at)).where(Event.ticket_id == number)
    at = max(tx.hours.next_open(ticket.waiting_until), tx.session.scalars(last).one())
    record(tx, ticket, Kind.RESUMED, text="La date choisie est arrivée.", at=at)
    if ticket.technician_id is None:
        enqueue(tx, ticket)
    tell(tx, at_work(tx, ticket), "date_come", key=f"date_come:{ticket.id}:{seq}", ticket=ticket)
    return ticket


def _is_the_last(tx: Tx, number: int, seq: int) -> bool:
    waits = select(func.max(Event.seq)).where(Event.ticket_id == number, Event.kind == Kind.WAITING_CLIENT)
    return tx.session.scalar(waits) == seq


def resume(tx: Tx, number: int, *, text: str = "") -> Ticket:
    """Support ends the wait itself: the client rang back, or the publisher has answered. The client ends its own, for a
    date that it chose."""
    reading = Reading()
    text = reading.text("text", text, required=False)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    if tx.actor.is_client and ticket.waiting_for != "date":
        raise IllegalMove(ticket=ticket.id, state=ticket.state, action=Kind.RESUMED)
    record(tx, ticket, Kind.RESUMED, text=text, public=tx.actor.is_client)
    cancel(tx, TimerKind.WAIT_ENDS, ticket.id)
    if ticket.technician_id is None:
        enqueue(tx, ticket)
    if tx.actor.is_client:
        key = f"date_come:{ticket.id}:{ticket.seq}"
        tell(tx, at_work(tx, ticket), "date_come", key=key, ticket=ticket)
    return ticket
