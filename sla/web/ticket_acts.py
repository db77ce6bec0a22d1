"""What support can do on a ticket: for each verb its form, and the sentence that says what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wtforms import Form

from sla import wording
from sla.contract.forfait import quarters_left
from sla.contract.service_item import Coverage
from sla.desk.answer import answer
from sla.desk.assign import assign, unpin
from sla.desk.contest import uphold
from sla.desk.directory import technicians
from sla.desk.escalate import decline, escalate
from sla.desk.estimates import offer_estimate
from sla.desk.ledger import forfaits_of, owed_by
from sla.desk.merge import merge
from sla.desk.note import note
from sla.desk.qualify import qualify, set_condition
from sla.desk.reopen import reopen
from sla.desk.report import report
from sla.desk.resolve import resolve
from sla.desk.sight import ticket_in_sight
from sla.desk.take import take
from sla.desk.work import work
from sla.desk.work_around import work_around
from sla.errors import OverFourHours
from sla.web import ticket_forms as forms
from sla.web import wait_acts
from sla.web.appointment_forms import BookSession, CallBack
from sla.web.appointments import agree_call, agree_session
from sla.web.asked import typed
from sla.web.turn import turn

Do = Callable[[int, Form], str]


@dataclass(frozen=True, slots=True)
class Act:
    """`do` runs the verb and returns what to say of it; it raises the verb's refusal."""

    form: type[Form]
    do: Do


def _answer(number: int, form: Form) -> str:
    turn().do(answer, number, text=typed(form, "text"))
    return "Réponse envoyée au client."


def _note(number: int, form: Form) -> str:
    turn().do(note, number, text=typed(form, "text"))
    return "Note gardée, pour l’équipe seulement."


def _merge(number: int, form: Form) -> str:
    into = typed(form, "into").strip()
    wanted = int(into) if into.isdecimal() and len(into) < 10 else 0
    turn().do(merge, number, into=wanted, reason=typed(form, "reason"))
    return f"Ticket nº\u00a0{number} regroupé avec le nº\u00a0{wanted}. Le client en est averti."


def _work_around(number: int, form: Form) -> str:
    possible = form.possible.data != "no"
    turn().do(work_around, number, text=typed(form, "text"), possible=possible)
    return (
        "Contournement envoyé au client."
        if possible
        else "Le client sait qu’aucun contournement n’est possible, et pourquoi."
    )


def _offer_estimate(number: int, form: Form) -> str:
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


def _work(number: int, form: Form) -> str:
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


def _report(number: int, form: Form) -> str:
    turn().do(
        report,
        number,
        done=typed(form, "done"),
        remaining=typed(form, "remaining"),
        perimeter=typed(form, "perimeter"),
        interim=bool(form.interim.data),
    )
    return "Rapport d’intervention envoyé au client, en PDF aussi."


def _resolve(number: int, form: Form) -> str:
    turn().do(resolve, number, text=typed(form, "text"))
    return "Ticket résolu. La recette est au client."


def _reopen(number: int, form: Form) -> str:
    turn().do(reopen, number, text=typed(form, "text"))
    return "Ticket rouvert."


def _set_condition(number: int, form: Form) -> str:
    met = form.met.data != "no"
    turn().do(set_condition, number, condition=typed(form, "condition"), met=met, reason=typed(form, "reason"))
    return "Condition renseignée\u00a0: " + ("remplie." if met else "non remplie.")


def _take(number: int, form: Form) -> str:
    turn().do(take, number)
    return f"Ticket nº\u00a0{number} pris en charge\u00a0: il est à vous."


def _assign(number: int, form: Form) -> str:
    technician, seen = typed(form, "technician"), typed(form, "seen_seq")
    ticket = turn().do(
        assign,
        number,
        technician=int(technician) if technician.isdecimal() else 0,
        reason=typed(form, "reason"),
        pinned=bool(form.pinned.data),
        seen_seq=int(seen) if seen.isdecimal() else None,
    )
    then = ", épinglé" if ticket.pinned else "\u202f; le plan peut encore le déplacer"
    return f"Ticket nº\u00a0{number} affecté à {_name(ticket.technician_id)}{then}."


def _unpin(number: int, form: Form) -> str:
    ticket = turn().do(unpin, number)
    return f"Ticket nº\u00a0{number} rendu au plan\u00a0: {_name(ticket.technician_id)}."


def _name(technician: int | None) -> str:
    return next((each.name for each in turn().see(technicians) if each.id == technician), "personne")


def _qualify(number: int, form: Form) -> str:
    wanted = {key: typed(form, key) or None for key in ("item", "severity", "level")}
    ticket = turn().do(qualify, number, reason=typed(form, "reason"), **wanted)
    level, severity = wording.label("level", ticket.level), wording.label("severity", ticket.severity)
    return f"Ticket nº\u00a0{number} requalifié\u00a0: {level}, {severity}. Le client en est averti."


def _uphold(number: int, form: Form) -> str:
    turn().do(uphold, number, reason=typed(form, "reason"))
    return f"Prise en charge du ticket nº\u00a0{number} maintenue. Le client en est averti."


def _escalate(number: int, form: Form) -> str:
    turn().do(escalate, number, reason=typed(form, "reason"))
    return f"Ticket nº\u00a0{number} transmis au service déploiement. Le client en est averti."


def _decline(number: int, form: Form) -> str:
    turn().do(decline, number, reason=typed(form, "reason"))
    return f"Ticket nº\u00a0{number} non traité. Le client a reçu la raison, et peut le rouvrir."


ACTS: dict[str, Act] = {
    "answer": Act(forms.Answer, _answer),
    "note": Act(forms.Note, _note),
    "wait_for_client": Act(forms.WaitForClient, wait_acts.wait_for_client),
    "wait_for_publisher": Act(forms.WaitForPublisher, wait_acts.wait_for_publisher),
    "wait_until": Act(forms.WaitUntil, wait_acts.wait_until),
    "merge": Act(forms.Merge, _merge),
    "resume": Act(forms.Resume, wait_acts.resume),
    "work_around": Act(forms.WorkAround, _work_around),
    "call_back": Act(CallBack, agree_call),
    "book_session": Act(BookSession, agree_session),
    "offer_estimate": Act(forms.OfferEstimate, _offer_estimate),
    "work": Act(forms.Work, _work),
    "report": Act(forms.Report, _report),
    "resolve": Act(forms.Resolve, _resolve),
    "reopen": Act(forms.Reopen, _reopen),
    "set_condition": Act(forms.SetCondition, _set_condition),
    "take": Act(forms.Bare, _take),
    "assign": Act(forms.Assign, _assign),
    "unpin": Act(forms.Bare, _unpin),
    "qualify": Act(forms.Qualify, _qualify),
    "uphold": Act(forms.Uphold, _uphold),
    "escalate": Act(forms.Escalate, _escalate),
    "decline": Act(forms.Decline, _decline),
}
