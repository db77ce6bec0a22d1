"""The technician's timer on pages: begun, paused, ended, its time confirmed, typed time put right; and the checklist
before an intervention."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from sla import wording
from sla.contract.worked_time import parse_worked
from sla.desk.correct_work import correct_work
from sla.desk.readiness import set_readiness
from sla.desk.running_work import confirm_work, drop_work, start_work, stop_work
from sla.desk.stints import Timed
from sla.desk.time_so_far import own_time, time_on
from sla.errors import Refused
from sla.web.appointments import show_calls
from sla.web.asked import attempt, blame, typed
from sla.web.asked_number import asked_number
from sla.web.support_page import support_ticket_page
from sla.web.support_time import confirmation, not_kept
from sla.web.ticket_pages import NUMBER
from sla.web.time_acts import counted, stopped_said, time_said
from sla.web.time_forms import Checklist, ConfirmWork, CorrectWork, DropWork, StartWork, StopWork, answered
from sla.web.turn import the_desk, turn
from sla.web.workbench import show_day

pages = Blueprint("timing", __name__)


@pages.get(f"/tickets/<{NUMBER}:number>/time")
def figures(number: int) -> str:
    """The figures alone, asked for again while a timer runs."""
    gauge = request.args.get("gauge") != "0"
    return render_template("workbench/time_figures.html", time=turn().see(time_on, number), gauge=gauge)


@pages.post(f"/tickets/<{NUMBER}:number>/start_work")
def start(number: int) -> ResponseReturnValue:
    form = StartWork(request.form)

    def act() -> str:
        timed = turn().do(start_work, number, instead=True)
        since = wording.clock_time(timed.stint.started_at, the_desk().settings.zone)
        return f"{stopped_said(timed)}Minuteur en marche depuis {since} sur le ticket nº\u00a0{number}."

    return _done(form, "start_work", number, act)


@pages.post(f"/tickets/<{NUMBER}:number>/stop_work")
def stop(number: int) -> ResponseReturnValue:
    """« Pause », or « Terminer », which goes on to what is owed: the report, or the explanation. What was typed and
    can't stand keeps nothing running: it comes back in the form that confirms the time."""
    form = StopWork(request.form)
    timed, refused = attempt(form, lambda: turn().do(stop_work, number, **_words(form)))
    if timed is not None and timed.back:
        return _to_mend(number, timed, form)
    then = typed(form, "then")
    said = time_said(number, timed) if timed is not None else None
    return _answered(form, "stop_work", number, (said, refused), then if then in ("report", "resolve") else None)


def _words(form: Form) -> dict[str, Any]:
    return {"note": typed(form, "note"), "own_error": bool(form["own_error"].data), "reason": typed(form, "reason")}


def _to_mend(number: int, timed: Timed, stopped: Form) -> ResponseReturnValue:
    """The timer has stopped; its time waits in the day, its form open at what is to be mended."""
    left = next((each for each in turn().see(own_time).to_confirm if each.stint == timed.stint.id), None)
    if left is None:
        return show_day(not_kept(timed, time_said(number, timed)), "stop_work")
    form = confirmation(left, the_desk().settings.zone)
    for name, value in _words(stopped).items():
        form[name].data = value
    for each in timed.back:
        blame(form, each.refusal)
    at = wording.clock_time(left.ended_at, the_desk().settings.zone)
    form.form_errors.insert(
        0, f"Minuteur arrêté à {at}. Son temps attend\u00a0: corrigez ce qui est signalé, confirmez."
    )
    return show_day(form, "confirm_work", call=left.stint)


@pages.post(f"/stints/<{NUMBER}:number>/confirm_work")
def confirm(number: int) -> ResponseReturnValue:
    form = ConfirmWork(request.form)

    def act() -> str:
        facts: dict[str, Any] = {name: typed(form, name).strip() or None for name in ("minutes", "started_at")}
        facts |= _words(form) if "note" in request.form else {}
        timed = turn().do(confirm_work, number, **facts)
        minutes = facts["minutes"]
        return time_said(timed.stint.ticket_id, timed, parse_worked(minutes) if minutes else None)

    return _done(form, "confirm_work", asked_number("ticket"), act, about=number)


@pages.post(f"/stints/<{NUMBER}:number>/drop_work")
def drop(number: int) -> ResponseReturnValue:
    form = DropWork(request.form)
    dropped = "Temps écarté\u00a0: rien n’est compté."
    timed, refused = attempt(form, lambda: turn().do(drop_work, number, text=typed(form, "text")))
    if timed is not None and timed.back:
        return _page(not_kept(timed, dropped), "drop_work", asked_number("ticket"), None)
    return _answered(form, "drop_work", asked_number("ticket"), (dropped, refused), about=number)


@pages.post(f"/entries/<{NUMBER}:number>/correct_work")
def correct(number: int) -> ResponseReturnValue:
    form, ticket = CorrectWork(request.form), asked_number("ticket") or 0

    def act() -> str:
        minutes, reason = typed(form, "minutes").strip(), typed(form, "reason")
        started_at = typed(form, "started_at").strip() or None
        own_error = bool(form.own_error.data)
        facts: dict[str, Any] = {"minutes": minutes, "reason": reason, "started_at": started_at}
        done = turn().do(correct_work, number, own_error=own_error, **facts)
        return counted(done.ticket_id, done, 0 if minutes == "0" else parse_worked(minutes), "Temps corrigé")

    return _done(form, "correct_work", ticket, act, about=number)


@pages.post(f"/tickets/<{NUMBER}:number>/set_readiness")
def readiness(number: int) -> ResponseReturnValue:
    form = Checklist(request.form)

    def act() -> str:
        turn().do(set_readiness, number, answers=answered(form))
        return "Conditions d’intervention notées."

    return _done(form, "set_readiness", number, act, anchor="readiness")


def _done(
    form: Form,
    verb: str,
    ticket: int | None,
    act: Callable[[], str],
    then: str | None = None,
    *,
    about: int | None = None,
    anchor: str | None = None,
) -> ResponseReturnValue:
    return _answered(form, verb, ticket, attempt(form, act), then, about=about, anchor=anchor)


def _answered(
    form: Form,
    verb: str,
    ticket: int | None,
    outcome: tuple[str | None, Refused | None],
    then: str | None = None,
    *,
    about: int | None = None,
    anchor: str | None = None,
) -> ResponseReturnValue:
    """Back to the page that asked, or that page with what was typed; `about`: the stretch that a form is of."""
    said, refused = outcome
    if refused is not None:
        return _page(form, verb, ticket, about), refused.status
    flash(said or "", "ok")
    if then is not None and ticket is not None:
        return redirect(url_for("ticket_pages.ticket", number=ticket, open=then, _anchor="moves"))
    if _origin(ticket) == "calls":
        return redirect(url_for("dispatch.calls"))
    if _origin(ticket) == "day":
        return redirect(url_for("workbench.my_day"))
    return redirect(url_for("ticket_pages.ticket", number=ticket, _anchor=anchor))


def _origin(ticket: int | None) -> str:
    """The page that a form stood on: the technician's day, the appointments owed, or its ticket's."""
    asked = request.args.get("from", "")
    return asked if asked in ("day", "calls") else "ticket" if ticket is not None else "day"


def _page(form: Form, verb: str, ticket: int | None, about: int | None) -> str:
    """That page again, with a form that came back."""
    match _origin(ticket):
        case "day":
            return show_day(form, verb, call=about)
        case "calls":
            return show_calls(about, form, verb)
        case _:
            return support_ticket_page(ticket or 0, form, verb, call=about)
