"""The technician's day, what support does on a ticket, and the requests that deployment took over."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from sla import wallclock
from sla.desk.actor import Role
from sla.desk.diary_feed import own_feed
from sla.desk.directory import technicians
from sla.desk.handed_over import handed_over as read_handed_over
from sla.desk.my_day import my_day as read_my_day
from sla.desk.take import take_next
from sla.errors import Forbidden, NotFound, SignInNeeded
from sla.web import day_steps, tray
from sla.web.appointment_endings import ENDING_OF, Ending
from sla.web.appointments import offers, show_calls
from sla.web.asked import MUST, attempt
from sla.web.asked_number import asked_number, whole_number
from sla.web.dispatch import board_here, show_board
from sla.web.support_page import support_ticket_page
from sla.web.support_time import day_context, drawn_of
from sla.web.ticket_acts import ACTS
from sla.web.ticket_forms import Work
from sla.web.ticket_pages import NUMBER
from sla.web.turn import actor, the_desk, turn
from sla.web.warning import once_sure
from sla.wording.reasons import reason

pages = Blueprint("workbench", __name__)


class LogTime(Work):
    """A day's time is typed beside its ticket."""

    ticket = SelectField("Ticket", MUST, coerce=str, validate_choice=False, id="work-ticket")


@pages.get("/my-day")
def my_day() -> str:
    return show_day()


def show_day(
    posted: Form | None = None, failed: str | None = None, call: int | None = None, number: int | None = None
) -> str:
    """`posted`: a form that came back refused, of the verb `failed`, about a ticket or an appointment."""
    who = actor()
    if who.id is None:
        raise SignInNeeded()
    if who.role is not Role.TECHNICIAN:
        raise Forbidden(role=who.role, action="my_day")
    now, zone = wallclock.now(), the_desk().settings.zone
    day = the_desk().by(who, now).see(read_my_day)
    time = posted if failed == "work" and posted is not None else LogTime()
    time.ticket.choices = [
        SelectChoice(str(row.id), f"nº\u00a0{row.id} {row.title}") for row in [*day.in_hand, *day.paused, *day.ahead]
    ]
    if number is not None:
        time.ticket.data = str(number)
    following = None
    if day.following is not None:
        ticket, choice = day.following
        because = [reason(each.code, each.facts, zone, now) for each in choice.reasons]
        following = {"ticket": ticket, "due_at": choice.work.due_at, "reasons": because}
    context = day_context(the_desk().by(who, now), posted, failed, call)
    drawn = drawn_of(call, [each.id for each in day.appointments], context["own"].to_confirm)
    return render_template(
        "workbench/my_day.html",
        undrawn=posted if failed not in drawn | {"work"} else None,
        day=day,
        in_hand=[tray.drawn(row, _ticket(row.id), day.plan.planned.get(row.id)) for row in day.in_hand],
        paused=[tray.drawn(row, _ticket(row.id), None) for row in day.paused],
        following=following,
        days=day_steps.drawn(day, zone),
        load=day_steps.load(day, zone),
        log=time,
        failed=failed,
        refused=posted,
        offers=offers(turn().see(technicians), call, posted, failed),
        **context,
        feed=turn().see(own_feed),
    )


@pages.post("/my-day/next")
def take_the_next() -> ResponseReturnValue:
    """« Prendre le suivant »."""
    try:
        ticket, _ = turn().do(take_next)
    except NotFound:
        flash("Rien n’attend que vous puissiez prendre.", "info")
        return redirect(url_for("workbench.my_day"))
    flash(f"Ticket nº\u00a0{ticket.id} pris en charge\u00a0: il est à vous.", "ok")
    return redirect(_ticket(ticket.id))


@pages.post("/my-day/work")
def log_time() -> ResponseReturnValue:
    """Time on one of the day's tickets; the ticket is chosen in the form."""
    form = LogTime(request.form)
    number = whole_number(str(form.ticket.data or ""))
    said, refused = attempt(form, lambda: ACTS["work"].do(number, form))
    if refused is not None:
        return show_day(form, "work", number=number), refused.status
    flash(said or "", "ok")
    return redirect(url_for("workbench.my_day"))


def _ticket(number: int) -> str:
    return url_for("ticket_pages.ticket", number=number)


def _act(verb: str) -> Callable[[int], ResponseReturnValue]:
    """The route of one verb: done, it says so where it was asked; refused, that page comes back with what was typed."""

    def run(number: int) -> ResponseReturnValue:
        if actor().is_client:
            raise Forbidden(role=actor().role, action=verb)
        form = ACTS[verb].form(request.form)
        said, refused = attempt(form, once_sure(form, lambda: ACTS[verb].do(number, form)))
        on_board = request.args.get("from") == "board"
        if refused is not None:
            if on_board:
                return show_board(number, {verb: form}, verb, refused), refused.status
            return support_ticket_page(number, form, verb), refused.status
        flash(said or "", "ok")
        if verb == "resolve" and actor().role is Role.DEPLOYMENT:
            return redirect(url_for("workbench.handed_over"))  # what it has resolved leaves that list
        return redirect(board_here(ticket=number) if on_board else _ticket(number))

    return run


def _end(ending: Ending) -> Callable[[int], ResponseReturnValue]:
    """The route of one ending; `from` says which page asked."""

    def run(number: int) -> ResponseReturnValue:
        form = ending.form(request.form)
        said, refused = attempt(form, once_sure(form, lambda: ending.do(number, form)))
        origin, ticket = request.args.get("from"), asked_number("ticket")
        on_ticket = ticket if origin == "ticket" else None
        if refused is not None:
            return _back(number, form, ending.name, origin, on_ticket), refused.status
        flash(said or "", "ok")
        if on_ticket is not None:
            return redirect(_ticket(on_ticket))
        return redirect(url_for("workbench.my_day" if origin == "day" else "dispatch.calls"))

    return run


def _back(number: int, form: Form, verb: str, origin: str | None, ticket: int | None) -> str:
    """The page that asked, with what was typed."""
    if ticket is not None:
        return support_ticket_page(ticket, form, verb, call=number)
    return show_day(form, verb, call=number) if origin == "day" else show_calls(number, form, verb)


for _verb in ACTS:
    pages.add_url_rule(f"/tickets/<{NUMBER}:number>/{_verb}", _verb, _act(_verb), methods=["POST"])
for _verb, _ending in ENDING_OF.items():
    pages.add_url_rule(f"/calls/<{NUMBER}:number>/{_verb}", _verb, _end(_ending), methods=["POST"])


@pages.get("/handed-over")
def handed_over() -> str:
    found = turn().see(read_handed_over)
    return render_template(
        "workbench/handed_over.html",
        rows=found,
        items={each.code: each.label for each in the_desk().settings.catalogue},
    )
