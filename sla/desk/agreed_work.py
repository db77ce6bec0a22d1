"""What must be agreed before TMA work begins: hours to take it from, and for a larger work an accepted estimate."""

from sqlalchemy import select

from sla import wording
from sla.contract.service_item import Coverage
from sla.desk.ledger import left_on
from sla.desk.office import Tx
from sla.desk.tell import contacts
from sla.desk.time_kept import bound_minutes
from sla.errors import Both, EstimateNeeded, HoursNeeded, Refused
from sla.store.tables import Estimate, Ticket

NONE = Both(
    "proposez-lui-en un (« Proposer un temps estimatif »), ou transmettez la demande",
    "offer one, or hand the request over",
)
DECLINED = Both("il l’a refusé, proposez-en un autre", "it was declined, offer another")
EXPIRED = Both("il a expiré sans réponse, proposez-en un autre", "it expired without an answer, offer another")
UNDEFINED = Both(
    "le périmètre n’est pas défini, précisez-le avec lui puis proposez un temps",
    "the perimeter is not defined, define it and offer a time",
)


def last_estimate(tx: Tx, ticket: int) -> Estimate | None:
    query = select(Estimate).where(Estimate.ticket_id == ticket).order_by(Estimate.id.desc()).limit(1)
    return tx.session.scalars(query).one_or_none()


def awaits_decision(tx: Tx, ticket: Ticket) -> bool:
    """Whether the client has an offer before it that is still valid."""
    last = last_estimate(tx, ticket.id)
    return last is not None and last.state == "offered" and tx.now <= last.valid_until


def not_agreed(tx: Tx, ticket: Ticket) -> Refused | None:
    """Why work can't begin on this ticket; None if it can. What is done already can be logged all the same."""
    if ticket.level != Coverage.TMA:
        return None
    if ticket.waiting_for == "forfait" or not left_on(tx, ticket.company_id, tx.today):
        return HoursNeeded()
    most = tx.settings.work.estimate_beyond_minutes
    last = last_estimate(tx, ticket.id)
    if last is not None and last.state == "accepted":
        return None
    offered = last.minutes or 0 if last is not None else 0
    if offered <= most and bound_minutes(tx, ticket) < most:
        return None
    return EstimateNeeded(size=wording.amount(most * 60), what=_what(tx, ticket, last))


def _what(tx: Tx, ticket: Ticket, last: Estimate | None) -> Both:
    if last is None or last.state == "replaced":
        return NONE
    if last.state == "offered" and tx.now <= last.valid_until:
        names = [each.name for each in contacts(tx, ticket.company_id, "approver", "account")]
        until = [wording.instant(last.valid_until, tx.settings.zone, tx.now, lang) for lang in ("fr", "en")]
        who = " ou ".join(names) or "un valideur", " or ".join(names) or "an approver"
        return Both(
            f"celui proposé attend la réponse de {who[0]}, jusqu’au {until[0]}",
            f"the one offered awaits the answer of {who[1]}, until {until[1]}",
        )
    return {"declined": DECLINED, "undefined": UNDEFINED}.get(last.state, EXPIRED)
