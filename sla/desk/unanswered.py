"""What clients ask of support itself, a forfait or an interim report: reminded every so many working days until it is
answered."""

from sqlalchemy import select

from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import having, technician_of, tell
from sla.desk.timers import TimerKind, schedule
from sla.store.tables import Company, Event, HoursRequest
from sla.ticket.facts import Kind
from sla.ticket.states import State, allows


def await_hours(tx: Tx, request: int) -> None:
    at = tx.hours.add_days(tx.now, tx.settings.reminders.hours_asked_days)
    schedule(tx, TimerKind.HOURS_ASKED_STILL, request, at, mark=f"{at:%Y%m%dT%H%M%S}")


def remind_hours(tx: Tx, number: int) -> None:
    """Effect of the timer: whoever sells and whoever steers are told that the request still awaits its answer."""
    request = tx.session.get(HoursRequest, number)
    if request is None or request.state != "pending":
        return
    company = tx.session.get_one(Company, request.company_id)
    key = f"hours_asked:{number}:still:{tx.now:%Y%m%dT%H%M%S}"
    since, people = tx.day_of(request.asked_at), having(tx, "manager", "dispatcher")
    tell(tx, people, "hours_awaited", key=key, request=request, company=company, day=since)
    await_hours(tx, number)


def await_asked_report(tx: Tx, number: int, seq: int) -> None:
    """The report that was asked for by the fact at `seq`."""
    at = tx.hours.add_days(tx.now, tx.settings.reminders.report_asked_days)
    mark = f"{seq}:{at:%Y%m%dT%H%M%S}"
    schedule(tx, TimerKind.REPORT_ASKED_STILL, number, at, mark=mark, data={"seq": seq})


def remind_asked_report(tx: Tx, number: int, seq: int) -> None:
    """Effect of the timer: its technician and the dispatchers are told, unless a report has gone since."""
    ticket, asked = ticket_in_sight(tx, number), report_awaited(tx, number)
    if asked is None or asked.seq != seq or not allows(State(ticket.state), Kind.REPORT_ASKED):
        return
    key = f"report_asked:{number}:{seq}:still:{tx.now:%Y%m%dT%H%M%S}"
    people = technician_of(tx, ticket) + having(tx, "dispatcher")
    tell(tx, people, "report_awaited", key=key, ticket=ticket, day=tx.day_of(asked.at), text=asked.text)
    await_asked_report(tx, number, seq)


def report_awaited(tx: Tx, number: int) -> Event | None:
    """By which fact of a ticket a report was asked for, if none has been sent since."""
    kinds = Event.kind.in_((Kind.REPORT_ASKED, Kind.REPORTED))
    query = select(Event).where(Event.ticket_id == number, kinds).order_by(Event.seq.desc()).limit(1)
    last = tx.session.scalars(query).first()
    return last if last is not None and last.kind == Kind.REPORT_ASKED else None
