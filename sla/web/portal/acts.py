"""What a client does on its ticket, each a POST that leads back to the ticket, or to the form as typed."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from sla import wallclock, wording
from sla.desk.accept import accept, refuse
from sla.desk.ask_report import ask_report
from sla.desk.calls import call_back, cancel_call, move_call
from sla.desk.comment import comment
from sla.desk.contest import contest
from sla.desk.estimate_decision import accept_estimate, decline_estimate, question_estimate
from sla.desk.estimates import ask_estimate
from sla.desk.readiness import set_readiness
from sla.desk.reopen import reopen
from sla.desk.sessions import move_session
from sla.desk.sight import ticket_in_sight
from sla.desk.wait import resume, wait_until
from sla.errors import Refused
from sla.web.asked import attempt
from sla.web.frame import language
from sla.web.portal.act_forms import FORMS, CallBack
from sla.web.portal.blueprint import pages
from sla.web.portal.ticket import client_ticket_page
from sla.web.slots import chosen
from sla.web.time_forms import Checklist, answered
from sla.web.turn import the_desk, turn
from sla.web.warning import doubts

WHICH = (
    "Vous acceptez, et vous avez aussi écrit quelques mots. Sont-ce des réserves, qui font revenir le ticket, ou un "
    "simple mot pour le support\u00a0? Rien n’est encore enregistré\u00a0: choisissez."
)
TICKET = "/portal/tickets/<int(max=2147483647):number>"


@pages.post(f"{TICKET}/comment")
def comment_ticket(number: int) -> ResponseReturnValue:
    return _done(number, "comment", "Votre message est envoyé.", comment, text=_text())


@pages.post(f"{TICKET}/accept")
def accept_ticket(number: int) -> ResponseReturnValue:
    """The button pressed is the decision: `yes`, `reservations` or `no`. Words beside a yes may be reservations, which
    would close the ticket: it is asked, and `word` says that they are none."""
    match request.form.get("decision"):
        case "yes" if _text().strip():
            return _which(number)
        case "yes" | "word":
            return _done(number, "accept", "Travail accepté, le ticket est clos.", accept, text=_text())
        case "reservations":
            done = "Vos réserves sont transmises au support."
            return _done(number, "accept", done, accept, text=_text(), reservations=True)
        case "no":
            return _done(number, "accept", "Le travail revient au support.", refuse, text=_text())
        case _:
            return _undecided(number, "accept")


@pages.post(f"{TICKET}/estimate")
def decide_estimate(number: int) -> ResponseReturnValue:
    """The button pressed is the decision: `accept`, `decline` or `ask`."""
    match request.form.get("decision"):
        case "accept":
            return _done(number, "estimate", "Temps estimatif accepté.", accept_estimate, text=_text())
        case "decline":
            return _done(number, "estimate", "Temps estimatif refusé.", decline_estimate, text=_text())
        case "ask":
            return _done(number, "estimate", "Votre question est envoyée.", question_estimate, text=_text())
        case _:
            return _undecided(number, "estimate")


@pages.post(f"{TICKET}/contest")
def contest_ticket(number: int) -> ResponseReturnValue:
    done = "Votre désaccord est transmis\u00a0: un répartiteur décide et vous répond."
    return _done(number, "contest", done, contest, reason=request.form.get("reason", ""))


@pages.post(f"{TICKET}/reopen")
def reopen_ticket(number: int) -> ResponseReturnValue:
    return _done(number, "reopen", "Le ticket est rouvert.", reopen, text=_text())


@pages.post(f"{TICKET}/ask_estimate")
def ask_own_estimate(number: int) -> ResponseReturnValue:
    return _done(number, "ask_estimate", "Votre demande est envoyée.", ask_estimate, text=_text())


@pages.post(f"{TICKET}/ask_report")
def ask_interim_report(number: int) -> ResponseReturnValue:
    return _done(number, "ask_report", "Votre demande de rapport est envoyée.", ask_report, text=_text())


@pages.post(f"{TICKET}/call_back")
def ask_call(number: int) -> ResponseReturnValue:
    when, note = chosen(CallBack(request.form)), request.form.get("note", "")
    return _done(number, "call_back", _at("Le rappel est convenu\u00a0: %(at)s."), call_back, starts_at=when, note=note)


@pages.post(f"{TICKET}/set_readiness")
def answer_readiness(number: int) -> ResponseReturnValue:
    form = Checklist(request.form)
    _, refused = attempt(form, lambda: turn().do(set_readiness, number, answers=answered(form)))
    if refused is not None:
        return _back(number, "readiness", form, refused)
    flash(wording.translated("Vos réponses sont transmises au support.", language()), "ok")
    return redirect(url_for("ticket_pages.ticket", number=number, _anchor="readiness"))


@pages.post(f"{TICKET}/calls/<int(max=2147483647):call>/move_call")
def move_own_call(number: int, call: int) -> ResponseReturnValue:
    turn().see(ticket_in_sight, number)
    when, why = request.form.get("starts_at", ""), request.form.get("reason", "")
    done = _at("Le rappel est déplacé\u00a0: %(at)s.")
    return _done(number, "move_call", done, move_call, call, starts_at=when, reason=why)


@pages.post(f"{TICKET}/calls/<int(max=2147483647):call>/move_session")
def move_own_session(number: int, call: int) -> ResponseReturnValue:
    turn().see(ticket_in_sight, number)
    when, why = request.form.get("starts_at", ""), request.form.get("reason", "")
    done = _at("La prise en main est déplacée\u00a0: %(at)s.")
    return _done(number, "move_session", done, move_session, call, starts_at=when, reason=why)


@pages.post(f"{TICKET}/calls/<int(max=2147483647):call>/cancel_call")
def cancel_own_call(number: int, call: int) -> ResponseReturnValue:
    turn().see(ticket_in_sight, number)
    why = request.form.get("reason", "")
    return _done(number, "cancel_call", "Le rappel est annulé.", cancel_call, call, reason=why)


@pages.post(f"{TICKET}/wait_until")
def wait_until_date(number: int) -> ResponseReturnValue:
    said = _at("C’est noté\u00a0: nous reprenons %(at)s.", "waiting_until")
    return _done(number, "wait_until", said, wait_until, day=request.form.get("day", ""), text=_text())


@pages.post(f"{TICKET}/resume")
def resume_now(number: int) -> ResponseReturnValue:
    return _done(number, "resume", "Votre demande reprend son cours.", resume)


def _text() -> str:
    return request.form.get("text", "")


def _at(sentence: str, fact: str = "starts_at") -> Callable[[Any], str]:
    """With the instant that was agreed, a `fact` of what the verb returns."""
    zone, now, lang = the_desk().settings.zone, wallclock.now(), language()
    return lambda done: wording.sentence(sentence, lang, at=wording.promise(getattr(done, fact), zone, now, lang))


def _done(
    number: int,
    name: str,
    sentence: str | Callable[[Any], str],
    verb: Callable[..., Any],
    subject: int | None = None,
    **facts: Any,
) -> ResponseReturnValue:
    """The verb on the ticket, or on what hangs on it (`subject`); then the sentence, or what it says of the verb's
    return."""
    form = FORMS[name](request.form)
    if doubts(form, facts.get("text", ""), facts.get("reason", "")):
        return client_ticket_page(number, {name: form}), 422
    done, refused = attempt(form, lambda: turn().do(verb, subject or number, **facts))
    if refused is not None:
        return _back(number, name, form, refused)
    flash(wording.translated(sentence, language()) if isinstance(sentence, str) else sentence(done), "ok")
    return redirect(url_for("ticket_pages.ticket", number=number))


def _back(number: int, name: str, form: Form, refused: Refused) -> ResponseReturnValue:
    """What was typed comes back; a ticket that is out of sight has no page to come back to."""
    if refused.status == 404:
        raise refused
    return client_ticket_page(number, {name: form}), refused.status


def _which(number: int) -> ResponseReturnValue:
    form = FORMS["accept"](request.form)
    form.form_errors = [wording.translated(WHICH, language())]
    form["written"].data = "1"
    return client_ticket_page(number, {"accept": form}), 422


def _undecided(number: int, name: str) -> ResponseReturnValue:
    form = FORMS[name](request.form)
    undecided = "Dites votre décision\u00a0: choisissez l’un des boutons."
    form.form_errors = [wording.translated(undecided, language())]
    return client_ticket_page(number, {name: form}), 422
