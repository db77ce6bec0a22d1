"""Time on a ticket, from its page: work typed, an estimate offered, a report, each with the sentence that says what
happened."""

from typing import Any

from wtforms import Form

from sla import wording
from sla.contract.forfait import quarters_left
from sla.contract.service_item import Coverage
from sla.desk.estimates import offer_estimate
from sla.desk.ledger import forfaits_of, owed_by
from sla.desk.report import report
from sla.desk.sight import ticket_in_sight
from sla.desk.work import work
from sla.errors import OverFourHours
from sla.web.asked import typed
from sla.web.turn import turn


def estimate_offered(number: int, form: Form) -> str:
    facts: dict[str, Any] = {"perimeter": typed(form, "perimeter"), "minutes": typed(form, "minutes").strip() or None}
    try:
        offer = turn().do(offer_estimate, number, transfer=typed(form, "transfer") == "1", **facts)
    except OverFourHours:
        form.transfer.data = "ask"  # the page then has the one button that hands it over
        raise
    if offer.state == "transferred":
        return f"Ticket nº\u00a0{number}\u00a0: le service déploiement le reprend. Le client en est averti."
    if offer.minutes is None:
        return "Le client sait que le périmètre n’est pas encore défini."
    return f"Temps estimatif de {wording.amount(offer.minutes * 60)} proposé au client."


def worked(number: int, form: Form) -> str:
    facts: dict[str, Any] = {name: typed(form, name) for name in ("minutes", "note", "reason")}
    started_at = typed(form, "started_at").strip() or None
    own_error = bool(form.own_error.data)
    return counted(number, turn().do(work, number, started_at=started_at, own_error=own_error, **facts))


def counted(number: int, done: Any) -> str:
    """« Temps noté : réel 1 h 37 → décompté 1 h 45, solde 18 h 15. », of the whole intervention of that day."""
    ticket = turn().see(ticket_in_sight, number)
    real = f"Temps noté\u00a0: réel {wording.hours(done.minutes * 60)}"
    if ticket.level != Coverage.TMA:
        return f"{real}, sans décompte ({wording.label('level', ticket.level)})."
    packs = [pack for pack in turn().see(forfaits_of, ticket.company_id) if not pack.expired]
    left, owed = quarters_left(packs, done.day), turn().see(owed_by, ticket.company_id)
    due = f", à devoir {wording.quarters(owed)}" if owed > 0 else ""
    return f"{real} → décompté {wording.quarters(done.consumed_quarters)}, solde {wording.quarters(left)}{due}."


def reported(number: int, form: Form) -> str:
    turn().do(
        report,
        number,
        done=typed(form, "done"),
        remaining=typed(form, "remaining"),
        perimeter=typed(form, "perimeter"),
        interim=bool(form.interim.data),
    )
    return "Rapport d’intervention envoyé au client, en PDF aussi."
