"""A ticket's page for its client."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import render_template, url_for
from wtforms import Form

from sla import wallclock, wording
from sla.contract.decision import reasons_in_english
from sla.desk.calls import CALL_MINUTES
from sla.desk.portal_ticket import ClientTicket, see_own_ticket
from sla.desk.readiness import readiness_of
from sla.desk.ticket_view import ClockView
from sla.desk.wait import CAN_WAIT, WAITED
from sla.ticket.clock import Mark
from sla.ticket.facts import Kind
from sla.ticket.states import State, allows
from sla.web.frame import language
from sla.web.portal.act_forms import fresh_forms
from sla.web.portal.thread import Footnote, Reader, thread
from sla.web.slots import offer_slots
from sla.web.support_time import checklist_form
from sla.web.turn import the_desk, turn

WAITING = {
    "question": "repart à votre réponse",
    "estimate": "repart à votre décision",
    "forfait": "repart dès qu’un forfait est ouvert",
    "publisher": "attend l’éditeur",
    "date": "repart à la date choisie",
}


def client_ticket_page(number: int, typed: Mapping[str, Form] | None = None) -> str:
    """`typed`: forms that came back refused, by name; the others are fresh."""
    settings = the_desk().settings
    seen = turn().see(see_own_ticket, number)
    ticket = seen.view.ticket
    forms = fresh_forms() | {"readiness": checklist_form(seen.view)} | dict(typed or {})
    if ticket.state == State.DECLINED:
        forms["reopen"].text.label.text = "Ce qui nous a échappé"
    can = _possible(seen)
    there = {str(each.id) for each in seen.view.appointments if each.state in ("booked", "missed")}
    undrawn = [name for name, form in (typed or {}).items() if not _drawn(name, form, can, there)]
    if "call_back" in can:
        offer_slots(turn(), number, CALL_MINUTES, forms["call_back"])
    promise = seen.promise
    if promise is not None:
        promise = replace(promise, why_url=_why(number, "first_response"))
    return render_template(
        "portal/ticket.html",
        seen=seen,
        view=seen.view,
        ticket=ticket,
        promise=promise,
        readiness=readiness_of(seen.view.events),
        thread=thread(seen.view.events, _reader(seen)),
        clocks=[_clock_row(seen, clock) for clock in seen.view.clocks if clock.mark != Mark.VOID],
        can=can,
        forms=forms,
        typed=set(typed or {}),
        undrawn=undrawn,
        pays=_why_it_pays(seen),
        on_sale=settings.forfaits.hours_on_sale,
    )


def _reader(seen: ClientTicket) -> Reader:
    zone, because = the_desk().settings.zone, seen.view.edited_because
    catalogue, lang = the_desk().settings.catalogue, language()
    about = seen.contacts, seen.view.ticket.company.name, zone, wallclock.now(), because, lang
    return Reader(*about, reasons_in_english(catalogue), {code: _footnote(code, lang) for code in catalogue.conditions})


def _footnote(code: str, lang: str) -> Footnote:
    catalogue, english = the_desk().settings.catalogue, lang == "en"
    said = catalogue.conditions[code]
    instead = [
        f"{item.label_en if english else item.label} ({wording.label('payer', item.coverage, lang)})"
        for item in catalogue.offered_instead(code)
    ]
    return Footnote(*((said.question_en, said.unmet_en) if english else (said.question, said.unmet)), instead)


def _why(number: int, clock: str) -> str:
    return url_for("ticket_pages.why_page", number=number, clock=clock)


def _clock_row(seen: ClientTicket, clock: ClockView) -> dict[str, Any]:
    """What the clock's macro reads. A promise that was met or missed tells how long it took."""
    over = clock.mark in (Mark.MET, Mark.MISSED)
    return {
        "name": clock.name,
        "mark": clock.mark,
        "goal": None,
        "left": None if over else clock.left_s,
        "due": None if over else clock.due_at,
        "waiting": WAITING.get(seen.view.life.waiting_for or "", "en pause"),
        "spent": clock.spent_s if over and clock.spent_s else None,
        "target": clock.target_s,
        "why_url": _why(seen.view.ticket.id, clock.name),
    }


def _possible(seen: ClientTicket) -> set[str]:
    """The acts that this state allows; who may do them is said beside."""
    state = State(seen.view.ticket.state)
    possible = {
        "accept": allows(state, Kind.ACCEPTED),
        "reopen": state in (State.CLOSED, State.DECLINED),
        "comment": allows(state, Kind.COMMENTED) and state not in (State.CLOSED, State.DECLINED),
        "ask_estimate": allows(state, Kind.ESTIMATE_ASKED) and seen.offer is None and seen.view.ticket.level == "tma",
        "wait_until": state in CAN_WAIT and seen.view.ticket.waiting_for not in WAITED,
        "resume": seen.view.ticket.waiting_for == "date",
        "call_back": allows(state, Kind.CALL_BOOKED) and seen.view.ticket.technician_id is not None,
        "move_session": allows(state, Kind.SESSION_MOVED),
        "estimate": seen.offer is not None,
        "ask_report": allows(state, Kind.REPORT_ASKED) and bool(seen.view.worked) and not seen.report_awaited,
        "readiness": allows(state, Kind.READINESS_SET),
        "contest": allows(state, Kind.CONTESTED) and not seen.view.life.contested,
    }
    return {act for act, allowed in possible.items() if allowed}


def _drawn(name: str, form: Form, can: set[str], there: set[str]) -> bool:
    """Whether the page has this form: one about an appointment stands beside it, if it is still to come."""
    if "call" not in form:
        return name in can
    return form["call"].data in there and (name != "move_session" or name in can)


def _why_it_pays(seen: ClientTicket) -> str:
    """The reason told with the receipt or the last requalification."""
    told = [each.text for each in seen.view.events if each.kind in (Kind.RECEIVED, Kind.REQUALIFIED) and each.text]
    return _reader(seen).text(told[-1] if told else seen.view.item.reason)
