"""What support can do on a ticket: for each verb its form, and the sentence that says what happened."""

from collections.abc import Callable
from dataclasses import dataclass

from wtforms import Form

from sla.desk.answer import answer
from sla.desk.merge import merge
from sla.desk.note import note
from sla.desk.qualify import set_condition
from sla.desk.reopen import reopen
from sla.desk.resolve import resolve
from sla.desk.work_around import work_around
from sla.errors import Both, NotFound, NotTogether
from sla.web import ticket_forms as forms
from sla.web import wait_acts
from sla.web.appointment_forms import BookSession, CallBack
from sla.web.appointments import agree_call, agree_session
from sla.web.asked import typed
from sla.web.asked_number import bare_number, whole_number
from sla.web.steering_acts import assigned, declined, escalated, qualified, taken, unpinned, upheld
from sla.web.steering_forms import Assign, Decline, Escalate, Qualify, Uphold
from sla.web.time_acts import estimate_offered, reported, worked
from sla.web.turn import turn

Do = Callable[[int, Form], str]
NOBODYS = Both("aucun ticket ne porte ce numéro", "no ticket bears this number")


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
    named = bare_number(typed(form, "into"))
    wanted = whole_number(named)
    try:
        turn().do(merge, number, into=wanted, reason=typed(form, "reason"))
    except NotFound:
        raise NotTogether("into", ticket=number, into=named, rule=NOBODYS) from None
    return f"Ticket nº\u00a0{number} regroupé avec le nº\u00a0{wanted}. Le client en est averti."


def _work_around(number: int, form: Form) -> str:
    possible = form.possible.data != "no"
    turn().do(work_around, number, text=typed(form, "text"), possible=possible)
    return (
        "Contournement envoyé au client."
        if possible
        else "Le client sait qu’aucun contournement n’est possible, et pourquoi."
    )


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
    "offer_estimate": Act(forms.OfferEstimate, estimate_offered),
    "work": Act(forms.Work, worked),
    "report": Act(forms.Report, reported),
    "resolve": Act(forms.Resolve, _resolve),
    "reopen": Act(forms.Reopen, _reopen),
    "set_condition": Act(forms.SetCondition, _set_condition),
    "take": Act(forms.Bare, taken),
    "assign": Act(Assign, assigned),
    "unpin": Act(forms.Bare, unpinned),
    "qualify": Act(Qualify, qualified),
    "uphold": Act(Uphold, upheld),
    "escalate": Act(Escalate, escalated),
    "decline": Act(Decline, declined),
}
