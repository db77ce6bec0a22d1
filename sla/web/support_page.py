"""A ticket's page for support and for the deployment desk."""

from typing import Any

from flask import render_template, url_for
from wtforms import Form

from sla import wallclock
from sla.desk.calls import CALL_MINUTES
from sla.desk.office import Turn
from sla.desk.permits import ALLOWED
from sla.desk.support_ticket import SupportTicket, see_support_ticket
from sla.desk.ticket_view import ClockView
from sla.desk.wait import CAN_WAIT, WAITED
from sla.ticket.facts import Kind
from sla.ticket.states import QUEUED, WAITING, State, allows
from sla.web import tray
from sla.web.appointment_forms import SESSION_MINUTES
from sla.web.appointments import offers
from sla.web.panel import assigned_because
from sla.web.slots import offer_slots
from sla.web.support_thread import Detail, lines, thread
from sla.web.support_time import drawn_of, time_context
from sla.web.ticket_forms import FORMS, fill_choices
from sla.web.turn import actor, the_desk

KINDS = {
    "answer": Kind.ANSWERED,
    "note": Kind.NOTED,
    "wait_for_client": Kind.WAITING_CLIENT,
    "wait_for_publisher": Kind.WAITING_PUBLISHER,
    "wait_until": Kind.WAITING_CLIENT,
    "merge": Kind.MERGED,
    "resume": Kind.RESUMED,
    "work_around": Kind.WORKAROUND_GIVEN,
    "call_back": Kind.CALL_BOOKED,
    "book_session": Kind.SESSION_BOOKED,
    "offer_estimate": Kind.ESTIMATE_OFFERED,
    "work": Kind.WORKED,
    "report": Kind.REPORTED,
    "resolve": Kind.RESOLVED,
    "reopen": Kind.REOPENED,
    "set_condition": Kind.CONDITION_SET,
    "set_readiness": Kind.READINESS_SET,
    "take": Kind.TAKEN,
    "qualify": Kind.REQUALIFIED,
    "uphold": Kind.UPHELD,
    "escalate": Kind.TRANSFERRED,
    "decline": Kind.DECLINED,
}
ASIDE = frozenset({"answer", "note", "work", "take", "resume", "set_condition", "set_readiness"})
"""Verbs that have a place of their own on the page."""


def support_ticket_page(
    number: int, posted: Form | None = None, failed: str | None = None, call: int | None = None
) -> str:
    """`posted` is the form of the verb `failed` that came back refused; `call` the appointment it was about."""
    mine = the_desk().by(actor(), wallclock.now())
    return render_template("workbench/ticket.html", **support_context(mine, number, posted, failed, call))


def support_context(
    mine: Turn, number: int, posted: Form | None = None, failed: str | None = None, call: int | None = None
) -> dict[str, Any]:
    """What workbench/ticket.html reads. NotFound for a ticket out of sight."""
    seen = mine.see(see_support_ticket, number)
    ticket, settings, now = seen.view.ticket, mine.desk.settings, mine.at or wallclock.now()
    names = {each.id: each.name for each in seen.technicians}
    items = {each.code: each.label for each in settings.catalogue}
    detail = Detail(names, items, settings.zone, now, seen.view.edited_because)
    forms = _forms(seen, mine, posted, failed)
    can = {verb for verb in KINDS if _can(seen, mine, verb)}
    time = time_context(mine, seen.view, posted, failed, call)
    drawn = can | drawn_of(call, [each.id for each in seen.appointments], time["left_to_confirm"], time["time"].logged)
    return {
        "view": seen.view,
        "ticket": ticket,
        "item": seen.view.item,
        "seen": seen,
        "thread": thread(seen.view.events, seen.contacts, ticket.company.name, detail),
        "history": lines(seen.view.events, detail),
        "clocks": [_clock(seen, each) for each in seen.view.clocks if each.mark != "void"],
        "waits": tray.awaited(ticket.state, ticket.waiting_for),
        "reasons": assigned_because(mine, seen.view),
        "conditions": _conditions(seen, mine, forms),
        "limited": ticket.level == "tma",
        "can": can,
        "moves": can - ASIDE,
        "forms": forms,
        "refused": posted,
        "failed": failed,
        "undrawn": posted if failed not in drawn else None,
        "offers": offers(seen.technicians, call, posted, failed),
        **time,
    }


def _forms(seen: SupportTicket, mine: Turn, posted: Form | None, failed: str | None) -> dict[str, Form]:
    """A blank form for each verb, but the one that came back."""
    forms = {verb: posted if posted is not None and verb == failed else form() for verb, form in FORMS.items()}
    if failed != "report":
        drafted = {"done": seen.draft.done, "perimeter": seen.draft.perimeter, "interim": seen.report_awaited}
        forms["report"] = FORMS["report"](data=drafted)
    callers = [(each.id, each.name) for each in seen.technicians]
    mind = seen.view.ticket.technician_id or (mine.actor.id if mine.actor.role == "technician" else None)
    fill_choices(forms, mine.desk.settings.catalogue, callers, mind)
    for verb, minutes in (("call_back", CALL_MINUTES), ("book_session", SESSION_MINUTES)):
        if _can(seen, mine, verb):
            offer_slots(mine, seen.view.ticket.id, minutes, forms[verb])
    return forms


def _can(seen: SupportTicket, mine: Turn, verb: str) -> bool:
    """Whether this role may, in this state, and whether it makes sense to offer."""
    ticket = seen.view.ticket
    state = State(ticket.state)
    if mine.actor.role not in ALLOWED.get(verb, ()) or not allows(state, KINDS[verb]):
        return False
    if verb == "uphold":
        return ticket.contested
    if verb == "take":
        return state in QUEUED or (state not in WAITING and ticket.technician_id != mine.actor.id)
    if verb == "wait_until":
        return state in CAN_WAIT and ticket.waiting_for not in WAITED
    if verb == "work_around":
        return ticket.severity == "blocking"
    if verb == "set_condition":
        return bool(seen.view.item.conditions)
    if verb == "offer_estimate":
        return ticket.level == "tma"
    return True


def _clock(seen: SupportTicket, clock: ClockView) -> dict[str, Any]:
    """What the macro `clock` reads; a verdict tells how long it took instead of what is left."""
    over = clock.mark in ("met", "missed")
    return {
        "name": clock.name,
        "mark": clock.mark,
        "goal": None,
        "left": None if over else clock.left_s,
        "due": None if over else clock.due_at,
        "waiting": tray.awaited(seen.view.ticket.state, seen.view.ticket.waiting_for) or "En pause",
        "spent": clock.spent_s if over else None,
        "target": clock.target_s,
        "why_url": url_for("ticket_pages.why_page", number=seen.view.ticket.id, clock=clock.name),
    }


def _conditions(seen: SupportTicket, mine: Turn, forms: dict[str, Form]) -> list[dict[str, Any]]:
    """The booklet's footnotes that bind this line, each with its answer so far and what could be offered instead."""
    catalogue = mine.desk.settings.catalogue
    found = []
    for code in seen.view.item.conditions:
        condition = catalogue.conditions[code]
        answered = [e for e in seen.view.events if e.kind == Kind.CONDITION_SET and e.data.get("condition") == code]
        back = forms["set_condition"] if forms["set_condition"].condition.data == code else None
        found.append(
            {
                "code": code,
                "question": condition.question,
                "unmet": condition.unmet,
                "last": answered[-1] if answered else None,
                "instead": [item.label for item in catalogue.instead(code)],
                "form": back,
            }
        )
    return found
