"""What must be agreed before TMA work begins: hours to take it from, and for a larger work an accepted estimate."""

from sqlalchemy import select

from sla import wording
from sla.contract.service_item import Coverage
from sla.desk.ledger import left_on
from sla.desk.office import Tx
from sla.desk.tell import contacts, person, technician_of, tell
from sla.desk.time_kept import bound_minutes
from sla.errors import Both, EstimateNeeded, HoursNeeded, Refused
from sla.store.tables import Estimate, Person, Stint, Ticket

NONE = Both(
    "proposez-lui-en un (« Proposer un temps estimatif »), ou transmettez la demande",
    "offer one, or hand the request over",
)
DECLINED = Both("il l’a refusé, proposez-en un autre", "it was declined, offer another")
EXPIRED = Both("il a expiré sans réponse, proposez-en un autre", "it expired without an answer, offer another")
USED_UP = Both(
    "le temps accepté ({agreed}) est atteint, proposez-en un nouveau pour tout le ticket",
    "the time accepted ({agreed}) is used up, offer a new one for the whole ticket",
)
UNDEFINED = Both(
    "le périmètre n’est pas défini, précisez-le avec lui puis proposez un temps",
    "the scope is not defined, define it and offer a time",
)


def last_estimate(tx: Tx, ticket: int) -> Estimate | None:
    query = select(Estimate).where(Estimate.ticket_id == ticket).order_by(Estimate.id.desc()).limit(1)
    return tx.session.scalars(query).one_or_none()


def agreed_minutes(tx: Tx, ticket: Ticket) -> int | None:
    """What the client accepted last, for all the work on the ticket, what was done before included."""
    query = select(Estimate.minutes).where(Estimate.ticket_id == ticket.id, Estimate.state == "accepted")
    return tx.session.scalars(query.order_by(Estimate.id.desc()).limit(1)).one_or_none()


def awaits_decision(tx: Tx, ticket: Ticket) -> bool:
    """Whether the client has an offer before it that is still valid."""
    last = last_estimate(tx, ticket.id)
    return last is not None and last.state == "offered" and tx.now <= last.valid_until


def not_agreed(tx: Tx, ticket: Ticket) -> Refused | None:
    """Why work can't begin on this ticket; None if it can. What is done already can be logged all the same.

    An accepted estimate covers its own amount, with the configured tolerance; so does any work below the configured
    size, estimate or not.
    """
    if ticket.level != Coverage.TMA:
        return None
    if ticket.waiting_for == "forfait" or not left_on(tx, ticket.company_id, tx.today):
        return HoursNeeded()
    rules, worked, agreed = tx.settings.work, bound_minutes(tx, ticket), agreed_minutes(tx, ticket) or 0
    most, last = rules.estimate_beyond_minutes, last_estimate(tx, ticket.id)
    if worked * 100 < agreed * (100 + rules.estimate_tolerance_percent):
        return None
    offered = last.minutes or 0 if last is not None and last.state != "accepted" else 0
    if offered <= most and worked < most:
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
    if last.state == "accepted":
        agreed = wording.amount((last.minutes or 0) * 60)
        return Both(*(said.format(agreed=agreed) for said in USED_UP))
    return {"declined": DECLINED, "undefined": UNDEFINED}.get(last.state, EXPIRED)


def guard_agreed(tx: Tx, ticket: Ticket, before: int) -> None:
    """After time was logged, `before` having been bound till then: its passing what was agreed is told."""
    agreed, minutes = agreed_minutes(tx, ticket), bound_minutes(tx, ticket)
    if ticket.level == Coverage.TMA and agreed is not None and before <= agreed < minutes:
        tell_passed(tx, ticket, minutes)


def tell_passed(tx: Tx, ticket: Ticket, minutes: int) -> None:
    """Once an estimate, to its technician and to whoever works."""
    query = select(Estimate).where(Estimate.ticket_id == ticket.id, Estimate.state == "accepted")
    estimate = tx.session.scalars(query.order_by(Estimate.id.desc()).limit(1)).one()
    people = [*technician_of(tx, ticket), *at_timer(tx, ticket)]
    key = f"estimate_passed:{estimate.id}"
    beyond = tx.settings.work.estimate_beyond_minutes
    tell(tx, people, "estimate_passed", key=key, ticket=ticket, minutes=minutes, estimate=estimate, beyond=beyond)


def at_timer(tx: Tx, ticket: Ticket) -> list[Person]:
    """Whose timer runs on the ticket."""
    running = select(Stint.technician_id).where(Stint.ticket_id == ticket.id, Stint.state == "running")
    return [person(tx, number) for number in tx.session.scalars(running.order_by(Stint.id))]
