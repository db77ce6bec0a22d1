"""`ask_estimate`, `offer_estimate`, and what the clock makes of an offer: `remind_estimate`, `expire_estimate`.

Booklet, « Un temps estimatif de réalisation »: on request, before the work, where the perimeter is clearly defined. The
client approves it on the portal, in so many working days; beyond the four hours it goes to deployment instead.
"""

from datetime import timedelta

from sqlalchemy import select

from sla import wording
from sla.desk.beginning import begin
from sla.desk.coverage import line_of
from sla.desk.estimate_wait import close_offer, deciding, end_estimate_wait
from sla.desk.four_hours import is_over
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import clients_of, having, technician_of, tell, tell_client
from sla.desk.time_kept import bound_minutes
from sla.desk.timers import TimerKind, schedule
from sla.desk.typed import Reading, one_text, typed_minutes
from sla.errors import Both, EstimateBelowWork, OverFourHours
from sla.store.tables import Estimate, Event, Ticket
from sla.ticket.facts import Kind
from sla.ticket.states import OPEN


def ask_estimate(tx: Tx, number: int, *, text: str = "") -> Event:
    """The client wants to know how long before it agrees to the work."""
    reading = Reading()
    text = reading.text("text", text, 2000, required=False)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    event = record(tx, ticket, Kind.ESTIMATE_ASKED, text=text)
    people = technician_of(tx, ticket) or having(tx, "dispatcher")
    tell(tx, people, "estimate_asked", key=f"estimate_asked:{ticket.id}:{event.seq}", ticket=ticket, text=text)
    return event


def offer_estimate(
    tx: Tx, number: int, *, perimeter: str, minutes: int | str | None, transfer: bool = True
) -> Estimate:
    """`minutes`, for all the work on the ticket; None: the perimeter is not defined. Beyond the line's limit the ticket
    goes to deployment by itself, with the perimeter as its reason; `transfer` False asks first (OverFourHours)."""
    perimeter = one_text("perimeter", perimeter, 2000)
    time = None if minutes is None or minutes == "" else typed_minutes(minutes)
    ticket = ticket_in_sight(tx, number, lock=True)
    worked = bound_minutes(tx, ticket)
    if time is not None and time < worked:
        raise EstimateBelowWork("minutes", value=wording.amount(time * 60), worked=wording.amount(worked * 60))
    over = time is not None and is_over(tx, ticket, time)
    if over and not transfer:
        raise OverFourHours("minutes", value=wording.amount((time or 0) * 60), limit=_limit(tx, ticket))
    begin(tx, ticket)
    estimate = _new(tx, ticket, perimeter, time)
    record(tx, ticket, Kind.ESTIMATE_OFFERED, text=perimeter, estimate=estimate.id, minutes=time, over_limit=over)
    if time is None or over:
        end_estimate_wait(tx, ticket)  # for the offer before, which this replaces by none
    if over:
        estimate.state = "transferred"
        schedule(
            tx,
            TimerKind.ESCALATION,
            ticket.id,
            tx.now,
            due_at=tx.now,
            mark=f"estimate:{estimate.id}",
            data={"cause": "estimate"},
        )
    elif time is not None:
        _ask_client(tx, ticket, estimate)
    else:
        tell_client(tx, ticket, "estimate_undefined", key=f"estimate:{estimate.id}", estimate=estimate)
    return estimate


def _limit(tx: Tx, ticket: Ticket) -> Both:
    item = line_of(tx, ticket)
    limit = wording.amount((item.limit_minutes or 0) * 60)
    return Both(f"moins de {limit}", f"less than {limit}") if item.limit_exclusive else Both(limit, limit)


def _new(tx: Tx, ticket: Ticket, perimeter: str, minutes: int | None) -> Estimate:
    for older in tx.session.scalars(
        select(Estimate).where(Estimate.ticket_id == ticket.id, Estimate.state == "offered")
    ):
        close_offer(tx, older, "replaced")
    until = tx.hours.add_days(tx.now, tx.settings.work.estimate_valid_days)
    state = "offered" if minutes is not None else "undefined"
    estimate = Estimate(ticket_id=ticket.id, minutes=minutes, perimeter=perimeter, state=state)
    estimate.offered_at, estimate.valid_until = tx.now, until
    tx.session.add(estimate)
    tx.session.flush()
    return estimate


def _ask_client(tx: Tx, ticket: Ticket, estimate: Estimate) -> None:
    if ticket.waiting_for not in ("estimate", "forfait"):
        record(tx, ticket, Kind.WAITING_CLIENT, reason="estimate")
    reminded = tx.hours.add_days(tx.now, tx.settings.reminders.estimate_days)
    schedule(tx, TimerKind.ESTIMATE_REMINDER, estimate.id, reminded)
    after = estimate.valid_until + timedelta(seconds=1)  # answered at its very last instant, it is answered
    schedule(tx, TimerKind.ESTIMATE_END, estimate.id, estimate.valid_until, due_at=after)
    people = deciding(tx, ticket)
    tell(tx, people, "estimate_offered", key=f"estimate:{estimate.id}", ticket=ticket, estimate=estimate)
    names, key = " / ".join(each.name for each in people), f"estimate_asks:{estimate.id}"
    others = [each for each in clients_of(tx, ticket) if each not in people]
    if others:
        tell(tx, others, "estimate_to_approve", key=key, ticket=ticket, estimate=estimate, names=names)


def remind_estimate(tx: Tx, number: int) -> None:
    """Effect of the reminder's timer, while the offer is valid and the ticket goes on."""
    estimate = tx.session.get(Estimate, number)
    if estimate is None or estimate.state != "offered" or tx.now > estimate.valid_until:
        return
    ticket = ticket_in_sight(tx, estimate.ticket_id)
    if ticket.state not in OPEN:
        return
    people = deciding(tx, ticket)
    tell(tx, people, "estimate_reminder", key=f"estimate_reminder:{estimate.id}", ticket=ticket, estimate=estimate)


def expire_estimate(tx: Tx, number: int) -> Estimate | None:
    """Effect of the offer's end, unless it was answered: it is said, and support has the turn again."""
    estimate = tx.session.get(Estimate, number)
    if estimate is None:
        return None
    ticket = ticket_in_sight(tx, estimate.ticket_id, lock=True)
    tx.session.refresh(estimate)
    if estimate.state != "offered" or tx.now <= estimate.valid_until:
        return None
    close_offer(tx, estimate, "expired")
    if ticket.state not in OPEN:
        return estimate
    record(tx, ticket, Kind.ESTIMATE_EXPIRED, estimate=estimate.id, minutes=estimate.minutes)
    end_estimate_wait(tx, ticket)
    people = [*(technician_of(tx, ticket) or having(tx, "dispatcher")), *deciding(tx, ticket)]
    tell(tx, people, "estimate_expired", key=f"estimate_expired:{estimate.id}", ticket=ticket, estimate=estimate)
    return estimate
