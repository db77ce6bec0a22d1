"""What the clock asks of support by itself: news from the publisher, and the report that the client waits for."""

from sqlalchemy import select

from sla.contract.service_item import Coverage
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.desk.timers import TimerKind, schedule
from sla.store.tables import Event, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import State


def await_publisher(tx: Tx, ticket: Ticket) -> None:
    """Every so many working days until the wait ends (booklet, « suivi du traitement jusqu’à leur résolution »)."""
    at = tx.hours.add_days(tx.now, tx.settings.reminders.publisher_days)
    schedule(tx, TimerKind.PUBLISHER_FOLLOW_UP, ticket.id, at, mark=f"{at:%Y%m%dT%H%M%S}")


def remind_publisher(tx: Tx, number: int) -> None:
    """Effect of the follow-up's timer; another wait for the same ticket has its own date."""
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.state != State.WAITING_PUBLISHER:
        return
    sent = select(Event).where(Event.ticket_id == number, Event.kind == Kind.WAITING_PUBLISHER)
    last = tx.session.scalars(sent.order_by(Event.seq.desc()).limit(1)).one()
    if tx.now < tx.hours.add_days(last.at, tx.settings.reminders.publisher_days):
        return
    people = technician_of(tx, ticket) or having(tx, "dispatcher")
    reference = last.data.get("reference", "")
    key = f"publisher:{ticket.id}:{tx.now:%Y%m%dT%H%M%S}"
    tell(tx, people, "publisher_follow_up", key=key, ticket=ticket, reference=reference, since=last.at)
    await_publisher(tx, ticket)


def await_report(tx: Tx, ticket: Ticket, seq: int) -> None:
    """TMA work that is done owes its report by the end of the next open day."""
    if ticket.level != Coverage.TMA or not ticket.worked_minutes:
        return
    day = tx.day_of(tx.hours.add_days(tx.now, tx.settings.work.report_due_days))
    closing = tx.hours.hours_of(day)[-1][1]
    schedule(tx, TimerKind.REPORT_DUE, ticket.id, closing, mark=str(seq), due_at=closing, data={"seq": seq})


def remind_report(tx: Tx, number: int, seq: int) -> None:
    """Effect of the report's timer, of the resolution at `seq`: owed if work has been done since the last report."""
    ticket = ticket_in_sight(tx, number)
    told = select(Event.kind).where(Event.ticket_id == number, Event.kind.in_((Kind.WORKED, Kind.REPORTED)))
    last = tx.session.scalars(told.order_by(Event.seq.desc()).limit(1)).one_or_none()
    if last == Kind.WORKED:
        people = technician_of(tx, ticket) or having(tx, "dispatcher")
        tell(tx, people, "report_due", key=f"report_due:{ticket.id}:{seq}", ticket=ticket)
