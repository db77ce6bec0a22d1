"""A ticket as its client reads it: what is promised, what is on offer, and who of the company may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from sla.calendar import BusinessCalendar, Stretch
from sla.desk.actor import PortalRole
from sla.desk.foresee import Promise, pause_of
from sla.desk.hours_card import Hours, own_hours
from sla.desk.office import Tx
from sla.desk.permits import APPROVING
from sla.desk.ticket_view import ClockView, TicketView, see_ticket
from sla.desk.unanswered import report_awaited
from sla.store.tables import Estimate, Person
from sla.ticket.clock import ClockName
from sla.ticket.facts import Kind


@dataclass(frozen=True, slots=True)
class ClientTicket:
    """`promise`: the first answer's, while it is owed. `offer`: the estimate that awaits a decision. `contacts`: ids of
    the company's people. `approvers`: names of those who decide for it; `may_decide`: the reader is one of them. `met`:
    names by number of those who hold its appointments."""

    view: TicketView
    promise: Promise | None
    offer: Estimate | None
    contacts: frozenset[int]
    approvers: Sequence[str]
    may_decide: bool
    hours: Hours
    met: Mapping[int, str]
    report_awaited: bool
    estimate_awaited: bool


def see_own_ticket(tx: Tx, number: int) -> ClientTicket:
    """For a contact; NotFound for what is out of its sight."""
    view = see_ticket(tx, number)
    query = select(Person).where(Person.company_id == view.ticket.company_id).order_by(Person.name)
    people = tx.session.scalars(query).all()
    deciding = [each.name for each in people if each.active and PortalRole(each.portal_role or "") in APPROVING]
    offer = view.estimate
    if offer is not None and (offer.state != "offered" or tx.now > offer.valid_until):
        offer = None
    contacts, may_decide = frozenset(each.id for each in people), tx.actor.portal_role in APPROVING
    return ClientTicket(
        view,
        _promise(tx, view),
        offer,
        contacts,
        deciding,
        may_decide,
        own_hours(tx),
        _met(tx, view),
        report_awaited(tx, number) is not None,
        _estimate_awaited(view),
    )


def _estimate_awaited(view: TicketView) -> bool:
    """Asked for, and none given since; that the perimeter is not defined is an answer too."""
    kinds = [each.kind for each in view.events if each.kind in (Kind.ESTIMATE_ASKED, Kind.ESTIMATE_OFFERED)]
    return kinds[-1:] == [Kind.ESTIMATE_ASKED]


def _met(tx: Tx, view: TicketView) -> Mapping[int, str]:
    held_by = {each.technician_id for each in view.appointments}
    query = select(Person.id, Person.name).where(Person.id.in_(held_by))
    return dict(tx.session.execute(query).all())


def _promise(tx: Tx, view: TicketView) -> Promise | None:
    """What was said before the deposit, said again: start, window, guarantee."""
    clock = next((each for each in view.clocks if each.name == ClockName.FIRST_RESPONSE), None)
    if clock is None or clock.started_at is None or clock.due_at is None or clock.ended_at is not None:
        return None
    found = view.expected.window if view.expected is not None else None
    low, high, confidence = (found.low, found.high, found.confidence) if found else (None, None, None)
    hours = tx.hours_of(view.ticket.level, view.ticket.severity)
    starts = hours.next_open(clock.started_at)
    note = "à la reprise du support" if starts > tx.now else ""
    ahead, change = _ahead(tx, hours, clock), view.expected.change if view.expected is not None else None
    told = low, high, confidence, clock.due_at, clock.target_s, ahead
    return Promise(starts, note, *told, pause=pause_of(tx, found), change=change)


def _ahead(tx: Tx, hours: BusinessCalendar, clock: ClockView) -> Sequence[Stretch]:
    return hours.explain(tx.now, clock.due_at) if clock.due_at is not None and clock.due_at > tx.now else []
