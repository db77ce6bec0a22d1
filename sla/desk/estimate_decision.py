"""`accept_estimate`, `decline_estimate`, `question_estimate`: the client's word on an offer, while it stands."""

from sqlalchemy import select

from sla import wording
from sla.desk.estimate_wait import client_has_spoken, close_offer, deciding
from sla.desk.history import record
from sla.desk.office import Tx
from sla.desk.permits import APPROVING
from sla.desk.sight import ticket_in_sight
from sla.desk.tell import clients_of, having, technician_of, tell
from sla.desk.typed import Reading, one_text
from sla.desk.who_decided import already_done
from sla.desk.work_limits import warn_in_time
from sla.errors import AlreadyDone, AskApprover, Both
from sla.store.tables import Estimate, Person, Ticket
from sla.ticket.facts import Kind

DECISIONS = (Kind.ESTIMATE_ACCEPTED, Kind.ESTIMATE_DECLINED)
NONE_AWAITS = Both(
    "aucun temps estimatif n’attend de réponse sur ce ticket", "no estimate awaits an answer on this ticket"
)


def accept_estimate(tx: Tx, number: int, *, text: str = "") -> Estimate:
    return _decide(tx, number, "accepted", Kind.ESTIMATE_ACCEPTED, text)


def decline_estimate(tx: Tx, number: int, *, text: str = "") -> Estimate:
    return _decide(tx, number, "declined", Kind.ESTIMATE_DECLINED, text)


def question_estimate(tx: Tx, number: int, *, text: str) -> Estimate:
    """The client asks back: support owes an answer, the offer stands."""
    return _decide(tx, number, "offered", Kind.ESTIMATE_QUESTIONED, one_text("text", text))


def _decide(tx: Tx, number: int, state: str, kind: Kind, text: str) -> Estimate:
    reading = Reading()
    text = reading.text("text", text, required=False)
    reading.finish()
    ticket = ticket_in_sight(tx, number, lock=True)
    if tx.actor.portal_role not in APPROVING:
        raise AskApprover(names=_names(deciding(tx, ticket)))
    estimate = _offered(tx, ticket)
    event = record(tx, ticket, kind, text=text, estimate=estimate.id)
    if state != "offered":
        close_offer(tx, estimate, state)
        estimate.answered_at = tx.now
    client_has_spoken(tx, ticket)
    warn_in_time(tx, ticket)
    people = technician_of(tx, ticket) or having(tx, "dispatcher")
    key = f"estimate:{estimate.id}:{event.seq}"
    tell(tx, people, "estimate_decided", key=key, ticket=ticket, decision=kind, text=text)
    asked = [each for each in clients_of(tx, ticket) if each.id != tx.actor.id]
    if kind in DECISIONS and asked:
        key = f"estimate_answered:{estimate.id}"
        tell(tx, asked, "estimate_answered", key=key, ticket=ticket, estimate=estimate, decision=kind, text=text)
    return estimate


def _names(people: list[Person]) -> Both:
    named = [each.name for each in people]
    if not named:
        return Both("un valideur, que le support peut désigner", "an approver, whom support can name")
    return Both(" ou ".join(named), " or ".join(named))


def _offered(tx: Tx, ticket: Ticket) -> Estimate:
    """The estimate that awaits an answer and is still valid."""
    query = select(Estimate).where(Estimate.ticket_id == ticket.id).order_by(Estimate.id.desc()).limit(1)
    last = tx.session.scalars(query).one_or_none()
    if last is None or last.state not in ("offered", "expired"):
        first = already_done(tx, ticket.id, DECISIONS, estimate=last.id) if last is not None else None
        raise first or AlreadyDone(what=NONE_AWAITS)
    if tx.now > last.valid_until:
        shown = wording.instant(last.valid_until, tx.settings.zone, tx.now)
        english = wording.instant(last.valid_until, tx.settings.zone, tx.now, "en")
        french = f"l’offre valait jusqu’au {shown} ; demandez un nouveau temps estimatif"
        raise AlreadyDone(what=Both(french, f"the offer was valid until {english}; ask for a new estimate"))
    return last
