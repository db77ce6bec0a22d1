"""A ticket as support works on it: what its client has bought, who can be asked, which appointments are owed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from sla.contract.forfait import quarters_left, valid_on
from sla.desk.coverage import has_contract
from sla.desk.directory import Colleague, technicians
from sla.desk.ledger import forfaits_of, owed_by
from sla.desk.office import Tx
from sla.desk.owed_appointments import OwedAppointment, owed_appointments
from sla.desk.permits import SUPPORT
from sla.desk.publisher_errors import error_behind
from sla.desk.report_draft import Draft, report_draft
from sla.desk.tell import clients_of
from sla.desk.ticket_view import TicketView, see_ticket
from sla.desk.unanswered import report_awaited
from sla.errors import NotFound
from sla.store.tables import Forfait, Person, PublisherError


@dataclass(frozen=True, slots=True)
class SupportTicket:
    """`packs`: forfaits running today, the first to expire first; `left` and `owed` in quarter-hours. `contacts`:
    numbers of the company's own people; `readers`: who reads what is written to the client. `publisher`: the error
    that it waits, or waited, for."""

    view: TicketView
    packs: Sequence[Forfait]
    left: int
    owed: int
    maintained: bool
    contacts: frozenset[int]
    readers: Sequence[Person]
    technicians: Sequence[Colleague]
    appointments: Sequence[OwedAppointment]
    draft: Draft
    report_awaited: bool
    publisher: PublisherError | None


def see_support_ticket(tx: Tx, number: int) -> SupportTicket:
    """NotFound to a client, and for what is out of sight."""
    if tx.actor.is_client:
        raise NotFound("ticket", value=number)
    view = see_ticket(tx, number)
    company = view.ticket.company_id
    packs = valid_on(forfaits_of(tx, company), tx.today)
    return SupportTicket(
        view,
        packs,
        quarters_left(packs, tx.today),
        max(0, owed_by(tx, company)),
        has_contract(tx, company, tx.today),
        frozenset(tx.session.scalars(select(Person.id).where(Person.company_id == company))),
        clients_of(tx, view.ticket),
        technicians(tx),
        owed_appointments(tx, ticket=number) if tx.actor.role in SUPPORT else (),
        report_draft(view.events, view.estimate),
        report_awaited(tx, number) is not None,
        error_behind(tx, number) if tx.actor.role in SUPPORT else None,
    )
