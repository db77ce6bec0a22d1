"""`deposit`: a request becomes a ticket, with its coverage, its promises, its technician and its receipt.

Booklet, « Comment fonctionne le Portail d’Assistance Client », 1.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from sla.contract.decision import Decision, Outcome
from sla.contract.targets import Severity
from sla.desk.actor import SYSTEM, Role
from sla.desk.coverage import coverage_decided
from sla.desk.disagreement import disagree
from sla.desk.history import record
from sla.desk.hours_awaited import await_hours
from sla.desk.keys import digest
from sla.desk.office import Tx
from sla.desk.queueing import enqueue
from sla.desk.tell import having, person, tell, tell_client
from sla.desk.typed import TITLE, Reading, searchable
from sla.errors import NotFound, SentBefore
from sla.store.tables import Event, Person, Ticket
from sla.ticket.facts import Kind

SAME_WORDS_MINUTES = 10
NO_CONTRACT = "Aucun contrat de maintenance actif : un répartiteur décide de la suite."


class Sent(NamedTuple):
    """What makes a deposit the same as another."""

    requester: int
    item: str
    severity: str
    title: str
    description: str
    contest: str


def deposit(
    tx: Tx,
    *,
    item: str,
    severity: str,
    title: str,
    description: str,
    requester_id: int | None = None,
    once: str | None = None,
    contest: str = "",
) -> Ticket:
    """A contact deposits for itself; support deposits for a caller, named by `requester_id`, who is answered
    already. `contest`: why the client disagrees with who pays; a dispatcher then decides. `once` is a key of the
    sender's: a form or request sent twice with it gives one ticket; SentBefore where it says something else by then."""
    reading = Reading()
    title = reading.line("title", title, TITLE)
    description = reading.text("description", description)
    item = reading.choice("item", item, {each.code for each in tx.settings.catalogue})
    severity = reading.choice("severity", severity, set(Severity))
    contest = reading.text("contest", contest, 2000, required=False)
    reading.finish()
    who = _requester(tx, requester_id)
    reference = f"once:{tx.actor.id}:{digest(once)[:32]}" if once else None
    sent = Sent(who.id, item, severity, title, description, contest)
    if reference and (known := _sent_before(tx, reference)):
        if _sent_for(tx, known) != sent:
            raise SentBefore(ticket=known.id)
        return known
    if reference and (known := _said_before(tx, sent)):
        return known
    decision = coverage_decided(tx, who.company_id or 0, item)
    ticket = Ticket(company_id=who.company_id or 0, requester_id=who.id, title=title, description=description)
    ticket.reference = reference
    ticket.search = searchable(title, description)
    ticket.item, ticket.severity, ticket.level = item, severity, decision.coverage
    ticket.state, ticket.deposited_at, ticket.seq = "new", tx.now, 0
    tx.session.add(ticket)
    tx.session.flush()
    by_support = tx.actor.role is not Role.CLIENT
    facts: dict[str, Any] = {"item": item, "severity": severity, "level": decision.coverage, "by_support": by_support}
    record(tx, ticket, Kind.DEPOSITED, text=description, **facts)
    follow(tx.as_actor(SYSTEM), ticket, decision, contested=bool(contest))
    if contest:
        disagree(tx, ticket, contest)
    return ticket


def _sent_before(tx: Tx, reference: str) -> Ticket | None:
    """What the same sender sends at the same time waits here for the first."""
    tx.session.execute(select(Person.id).where(Person.id == tx.actor.id).with_for_update(key_share=True))
    return tx.session.scalars(select(Ticket).where(Ticket.reference == reference)).one_or_none()


def _sent_for(tx: Tx, ticket: Ticket) -> Sent:
    """What was sent for it, whatever support has made of its line and severity since."""
    of = select(Event).where(Event.ticket_id == ticket.id).order_by(Event.seq)
    first = tx.session.scalars(of.where(Event.kind == Kind.DEPOSITED)).one()
    contests = tx.session.scalars(of.where(Event.kind == Kind.CONTESTED, Event.at == first.at)).first()
    said = first.data["item"], first.data["severity"], ticket.title, first.text
    return Sent(ticket.requester_id, *said, contests.text if contests else "")


def _said_before(tx: Tx, sent: Sent) -> Ticket | None:
    """A form that comes back by the browser's « Back » has another key and says the same."""
    same = Ticket.requester_id == sent.requester, Ticket.title == sent.title, Ticket.description == sent.description
    recent = Ticket.deposited_at >= tx.now - timedelta(minutes=SAME_WORDS_MINUTES)
    query = select(Ticket).where(*same, Ticket.item == sent.item, recent).order_by(Ticket.id.desc())
    return next((each for each in tx.session.scalars(query) if _sent_for(tx, each) == sent), None)


def _requester(tx: Tx, requester_id: int | None) -> Person:
    if tx.actor.is_client:
        return person(tx, tx.actor.id or 0)
    found = tx.session.get(Person, requester_id or 0)
    if found is None or found.company_id is None:
        raise NotFound("requester", value=requester_id)
    return found


def follow(tx: Tx, ticket: Ticket, decision: Decision, *, contested: bool) -> None:
    """What becomes of a qualified ticket: the queue, a wait, an answer with the reason, or deployment; and the
    receipt."""
    reason, prediction = decision.reason_fr, None
    match decision.outcome:
        case Outcome.ACCEPTED:
            prediction = enqueue(tx, ticket)
        case Outcome.WAITS_FORFAIT:
            await_hours(tx, ticket, decision)
        case Outcome.WAITS_DISPATCHER:
            record(tx, ticket, Kind.NOTED, text=NO_CONTRACT, public=False, reason="no_contract")
            tell(
                tx,
                having(tx, "dispatcher"),
                "no_contract",
                key=f"no_contract:{ticket.id}",
                ticket=ticket,
                reason=reason,
                reason_en=decision.reason_en,
            )
        case Outcome.EXCLUDED:
            record(tx, ticket, Kind.DECLINED, text=reason, reason="excluded")
        case Outcome.TO_DEPLOYMENT:
            record(tx, ticket, Kind.TRANSFERRED, text=reason, reason="coverage")
            tell(
                tx,
                having(tx, "deployment"),
                "transferred",
                key=f"transferred:{ticket.id}:{ticket.seq}",
                ticket=ticket,
                reason=reason,
            )
    record(tx, ticket, Kind.RECEIVED, text=reason, outcome=decision.outcome)
    told = {
        "reason": reason,
        "reason_en": decision.reason_en,
        "outcome": decision.outcome,
        "prediction": prediction,
        "contested": contested,
    }
    starts_at = tx.hours.next_open(tx.now)
    tell_client(tx, ticket, "receipt", key=f"receipt:{ticket.id}:{ticket.seq}", starts_at=starts_at, **told)
