"""`ask_hours`, `decline_hours`, `withdraw_hours`: a renewal asked for by the client in one click. `buy_hours` is what
grants it."""

from sqlalchemy import select

from sla.desk.hours_news import ASKED, DECLINED, WITHDRAWN, tell_requesters, waiting_for_hours
from sla.desk.ledger import lock_account
from sla.desk.office import Tx
from sla.desk.permits import require_approver
from sla.desk.portal_home import own_company
from sla.desk.tell import contacts, having, tell
from sla.desk.typed import one_text
from sla.desk.unanswered import await_hours
from sla.errors import AlreadyDone, Both, NotFound, NotOnSale
from sla.store.tables import Company, Forfait, HoursRequest

ANSWERED = {
    "sold": Both("un forfait a déjà été vendu pour cette demande", "a pack was sold for this request already"),
    "declined": Both("cette demande a déjà été refusée", "this request was declined already"),
    "withdrawn": Both("cette demande a été retirée par le client", "the client took this request back"),
}


def pending_request(tx: Tx, company_id: int) -> HoursRequest | None:
    query = select(HoursRequest).where(HoursRequest.company_id == company_id, HoursRequest.state == "pending")
    return tx.session.scalars(query).one_or_none()


def requested_hours(tx: Tx) -> list[tuple[HoursRequest, Company]]:
    """Every request that awaits an answer, the oldest first; for support."""
    query = select(HoursRequest, Company).join(Company, Company.id == HoursRequest.company_id)
    rows = tx.session.execute(query.where(HoursRequest.state == "pending").order_by(HoursRequest.asked_at))
    return [(request, company) for request, company in rows]


def ask_hours(tx: Tx, *, hours: int) -> HoursRequest:
    """One at a time; for those who answer for the company. The manager and the dispatcher are told, and reminded."""
    require_approver(tx.actor, "ask_hours")
    on_sale = tx.settings.forfaits.hours_on_sale
    if type(hours) is not int or hours not in on_sale:
        raise NotOnSale("hours", value=str(hours)[:40], choices=", ".join(map(str, on_sale)))
    company = own_company(tx)
    lock_account(tx, company.id)
    waiting = pending_request(tx, company.id)
    if waiting is not None:
        fr = f"un forfait de {waiting.hours} h est déjà demandé, par {waiting.author}"
        en = f"a pack of {waiting.hours} h is asked for already, by {waiting.author}"
        raise AlreadyDone("hours", what=Both(fr, en))
    request = HoursRequest(company_id=company.id, hours=hours, asked_by=tx.actor.id or 0, author=tx.actor.name)
    request.asked_at, request.state = tx.now, "pending"
    tx.session.add(request)
    tx.session.flush()
    people = having(tx, "manager", "dispatcher")
    tell(tx, people, "hours_asked", key=f"hours_asked:{request.id}", request=request, company=company)
    await_hours(tx, request.id)
    _tell_waiting(tx, request, ASKED)
    return request


def _tell_waiting(tx: Tx, request: HoursRequest, news: str, reason: str = "") -> None:
    waiting, key, hours = waiting_for_hours(tx, request.company_id), str(request.id), request.hours
    tell_requesters(tx, request.company_id, waiting, news, key=key, hours=hours, reason=reason)


def grant_request(tx: Tx, pack: Forfait) -> None:
    """A sale answers what was asked for, be it another pack than the one that was sold in the end."""
    waiting = pending_request(tx, pack.company_id)
    if waiting is not None:
        waiting.state, waiting.answered_at, waiting.forfait_id = "sold", tx.now, pack.id


def decline_hours(tx: Tx, request: int, *, reason: str) -> HoursRequest:
    """The manager says why it is not sold; who asked is told."""
    reason = one_text("reason", reason, 500)
    waiting = _awaiting(tx, request)
    waiting.state, waiting.answered_at, waiting.reason = "declined", tx.now, reason
    people = contacts(tx, waiting.company_id, "account", "approver")
    tell(tx, people, "hours_declined", key=f"hours_declined:{waiting.id}", request=waiting, reason=reason)
    _tell_waiting(tx, waiting, DECLINED, reason)
    return waiting


def withdraw_hours(tx: Tx, request: int) -> HoursRequest:
    """Whoever answers for the company takes it back."""
    require_approver(tx.actor, "withdraw_hours")
    waiting = _awaiting(tx, request)
    waiting.state, waiting.answered_at = "withdrawn", tx.now
    _tell_waiting(tx, waiting, WITHDRAWN)
    return waiting


def _awaiting(tx: Tx, number: int) -> HoursRequest:
    """NotFound for another company's, like one that does not exist."""
    query = select(HoursRequest).where(HoursRequest.id == number)
    if tx.actor.is_client:
        query = query.where(HoursRequest.company_id == tx.actor.company_id)
    found = tx.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound("request", value=number)
    if found.state != "pending":
        raise AlreadyDone(what=ANSWERED.get(found.state, ANSWERED["sold"]))
    return found
