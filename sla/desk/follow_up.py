"""What the clock asks of support by itself: news from the publisher, and the report that the client waits for."""

from typing import Any

from sqlalchemy import select

from sla.contract.service_item import Coverage
from sla.desk.office import Tx
from sla.desk.publisher_errors import follow_up_at, locked_with_tickets
from sla.desk.publisher_news import still_waiting
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.desk.tell import person as person_of
from sla.desk.timers import TimerKind, schedule
from sla.store.tables import Event, Ticket, Timer
from sla.ticket.facts import Kind
from sla.ticket.states import State


def remind_publisher(tx: Tx, error: int) -> None:
    """Effect of the follow-up's timer, every so many working days until the error is fixed or closed (booklet, « suivi
    du traitement jusqu’à leur résolution »), in opening hours. Each technician is told once of all their tickets that
    wait for it; where none does any more, the dispatchers."""
    found, tickets = locked_with_tickets(tx, error)
    if found.next_at is None or tx.now < found.next_at:
        return
    opening = tx.hours.next_open(tx.now)
    if opening > tx.now:
        follow_up_at(tx, found, opening)
        return
    key, waiting = f"publisher:{error}:{tx.now:%Y%m%dT%H%M%S}", still_waiting(tickets)
    facts: dict[str, Any] = {"followed": found, "reference": found.reference, "since": found.opened_at}
    if not waiting:
        tell(tx, having(tx, "dispatcher"), "publisher_open", key=key, tickets=tickets, **facts)
    told = dict[int, list[Ticket]]()
    for ticket in waiting:
        for person in technician_of(tx, ticket) or having(tx, "dispatcher"):
            told.setdefault(person.id, []).append(ticket)
    for number, own in told.items():
        tell(tx, [person_of(tx, number)], "publisher_follow_up", key=key, ticket=own[0], others=own[1:], **facts)
    follow_up_at(tx, found, tx.hours.add_days(tx.now, tx.settings.reminders.publisher_days))


def await_report(tx: Tx, ticket: Ticket, seq: int) -> None:
    """TMA work that is done owes its report by the end of the next open day."""
    if ticket.level != Coverage.TMA or not ticket.worked_minutes:
        return
    day = tx.day_of(tx.hours.add_days(tx.now, tx.settings.work.report_due_days))
    closing = tx.hours.hours_of(day)[-1][1]
    schedule(tx, TimerKind.REPORT_DUE, ticket.id, closing, mark=str(seq), due_at=closing, data={"seq": seq})


def await_report_late(tx: Tx, ticket: Ticket, seq: int) -> None:
    """The same for work counted once the ticket is resolved, by the fact at `seq`; one reminder at a time is enough."""
    if ticket.state not in (State.RESOLVED, State.CLOSED):
        return
    pending = select(Timer.id).where(Timer.kind == TimerKind.REPORT_DUE, Timer.subject == ticket.id)
    if tx.session.scalars(pending.where(Timer.state == "pending").limit(1)).first() is None:
        await_report(tx, ticket, seq)


def remind_report(tx: Tx, number: int, seq: int) -> None:
    """Effect of the report's timer, of the fact at `seq`: owed if work has been done since the last report; an interim
    one said that the work goes on."""
    ticket = ticket_in_sight(tx, number)
    told = select(Event.kind, Event.data).where(Event.ticket_id == number, Event.kind.in_((Kind.WORKED, Kind.REPORTED)))
    rows = tx.session.execute(told.order_by(Event.seq.desc())).all()
    if next((kind for kind, data in rows if not data.get("interim")), None) == Kind.WORKED:
        people = technician_of(tx, ticket) or having(tx, "dispatcher")
        tell(tx, people, "report_due", key=f"report_due:{ticket.id}:{seq}", ticket=ticket)
