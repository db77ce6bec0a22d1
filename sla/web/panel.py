"""The board's panel on one ticket: why this deadline, why this technician, and what each other choice would cost."""

from datetime import datetime
from typing import Any

from wtforms import Form
from wtforms.fields.choices import SelectChoice

from sla import wording
from sla.contract.service_item import at_level
from sla.desk.calls import CALL_MINUTES
from sla.desk.directory import technicians
from sla.desk.office import Turn
from sla.desk.options import Option, Options, options
from sla.desk.permits import ALLOWED
from sla.desk.ticket_view import ClockView, TicketView, see_ticket, why
from sla.errors import Overtaken, Refused
from sla.ticket.facts import Kind
from sla.ticket.states import allows
from sla.web import tray
from sla.web.appointment_forms import SESSION_MINUTES, BookSession, CallBack
from sla.web.option_words import choice, cost, gives_way, weighed
from sla.web.slots import offer_slots
from sla.web.steering_forms import Assign, Decline, Escalate, Qualify, Uphold, fill_qualify, offer_people
from sla.web.unassigned import unassigned
from sla.wording.reasons import Said, reason

MOVES = {
    "assign": Kind.ASSIGNED,
    "qualify": Kind.REQUALIFIED,
    "uphold": Kind.UPHELD,
    "escalate": Kind.TRANSFERRED,
    "decline": Kind.DECLINED,
    "call_back": Kind.CALL_BOOKED,
    "book_session": Kind.SESSION_BOOKED,
}


def panel(
    mine: Turn,
    number: int,
    posted: dict[str, Form],
    failed: str | None,
    refused: Refused | None,
    slots: int | None = None,
) -> dict[str, Any]:
    """The context of dispatch/panel.html; `posted` are forms that came back, `refused` why; `slots`: whose free slots
    are asked for. May raise NotFound."""
    view: TicketView = mine.see(see_ticket, number)
    ticket, zone = view.ticket, mine.desk.settings.zone
    shown = _clock(view)
    stretches = mine.see(why, number, shown.name)[1].stretches if shown is not None else []
    found = mine.see(options, number)
    choices = [SelectChoice(str(each.technician), choice(each, zone, _now(mine))) for each in found.each]
    forms: dict[str, Form] = {
        "assign": posted.get("assign") or _blank_assign(view, found.suggested),
        "qualify": posted.get("qualify") or Qualify(),
        "uphold": posted.get("uphold") or Uphold(),
        "escalate": posted.get("escalate") or Escalate(),
        "decline": posted.get("decline") or Decline(),
        "call_back": posted.get("call_back") or CallBack(),
        "book_session": posted.get("book_session") or BookSession(),
    }
    line = at_level(view.item, ticket.level)
    can = {verb: may(mine, view, verb, kind) for verb, kind in MOVES.items()}
    people = mine.see(technicians)
    _offer_diary(mine, view, forms, can, [(each.id, each.name) for each in people], slots)
    forms["assign"].technician.choices = choices
    forms["assign"].seen_seq.data = str(ticket.seq)
    fill_qualify(forms["qualify"], mine.desk.settings.catalogue)
    return {
        "view": view,
        "ticket": ticket,
        "waits": tray.awaited(ticket.state, ticket.waiting_for),
        "clock": shown,
        "explained": tray.explained(shown.name, ticket.severity, shown.target_s, shown.spent_s, zone) if shown else "",
        "stretches": stretches,
        "reasons": assigned_because(mine, view) if ticket.technician_id else [unassigned(view, able=bool(found.each))],
        "suggested": found.suggested,
        "suggestion": _suggested_because(mine, found),
        "costs": {each.technician: cost(each) for each in found.each},
        "weighed": {each.technician: weighed(each) for each in found.each},
        "forms": forms,
        "reproaches": _reproaches(mine, view, posted.get(failed or ""), refused),
        "failed": failed,
        "undrawn": posted.get(failed or "") if not can.get(failed or "", True) else None,
        "may": can,
        "contested": _contested(view),
        "guarded": ticket.level == "tma" and ticket.worked_minutes > 0 and line.limit_minutes is not None,
        "limit_minutes": line.limit_minutes,
        "warn_minutes": mine.desk.settings.work.warn_minutes,
        "names": {each.id: each.name for each in people},
        "slots": slots,
    }


def _offer_diary(
    mine: Turn,
    view: TicketView,
    forms: dict[str, Form],
    can: dict[str, bool],
    people: list[tuple[int, str]],
    slots: int | None,
) -> None:
    """The nearest free slots, and who can be named beside another instant."""
    for verb, minutes in (("call_back", CALL_MINUTES), ("book_session", SESSION_MINUTES)):
        if can[verb]:
            offer_slots(mine, view.ticket.id, minutes, forms[verb], technician=slots)
            offer_people(forms[verb], people, slots or view.ticket.technician_id)


def may(mine: Turn, view: TicketView, verb: str, kind: Kind) -> bool:
    """Whether this reader's role and the ticket's state allow a verb: what can't be done is not offered."""
    return mine.actor.role in ALLOWED.get(verb, ()) and allows(view.life.state, kind)


def _contested(view: TicketView) -> str | None:
    """What the client says against the coverage, while nobody has answered it."""
    said = [event.text for event in view.events if event.kind == Kind.CONTESTED]
    return said[-1] if view.life.contested and said else None


def assigned_because(mine: Turn, view: TicketView) -> list[Said]:
    """The reasons kept with the last assignment or taking, as sentences."""
    bound = (event for event in reversed(view.events) if event.kind in (Kind.ASSIGNED, Kind.TAKEN))
    last = next((event for event in bound if event.data.get("technician") == view.ticket.technician_id), None)
    kept = last.data.get("reasons") or [] if last is not None else []
    return [reason(each["code"], each, mine.desk.settings.zone, _now(mine)) for each in kept]


def _suggested_because(mine: Turn, found: Options) -> list[Said]:
    """The plan's reasons, and why it puts what is late behind others, where it does."""
    said = [reason(each.code, each.facts, mine.desk.settings.zone, _now(mine)) for each in found.reasons]
    late = gives_way(found.suggested, mine.desk.settings.plan.rule) if found.suggested else None
    return [*said, late] if late and any(each.code == "after_others" for each in found.reasons) else said


def _reproaches(mine: Turn, view: TicketView, form: Form | None, refused: Refused | None) -> list[str]:
    """What belongs to no field; of two dispatchers the second is told who was first, when, and what they did."""
    if not isinstance(refused, Overtaken):
        return list(form.form_errors) if form is not None else []
    last, names = view.events[-1], {each.id: each.name for each in mine.see(technicians)}
    to = f" ({names[last.data['technician']]})" if last.data.get("technician") in names else ""
    at = wording.instant(last.at, mine.desk.settings.zone, _now(mine))
    what = wording.label("event", last.kind).lower()
    mine_too = last.author == mine.actor.name
    who = "Vous avez déjà agi sur ce ticket" if mine_too else f"{last.author} a été plus rapide"
    first = f"{who}, {at}\u00a0: {what}{to}."
    return [f"{first} Votre action n’a pas été faite\u202f; la page est maintenant à jour."]


def _now(mine: Turn) -> datetime:
    if mine.at is None:
        raise ValueError("a page is drawn at one instant")
    return mine.at


def _clock(view: TicketView) -> ClockView | None:
    """The clock that the board sorts by; of a waiting ticket, the first that stands still."""
    by_name = {clock.name: clock for clock in view.clocks}
    if view.ticket.due_clock in by_name:
        return by_name[view.ticket.due_clock]
    return next((clock for clock in view.clocks if clock.mark == "paused"), None)


def _blank_assign(view: TicketView, suggested: Option | None) -> Form:
    chosen = suggested.technician if suggested else view.ticket.technician_id
    return Assign(data={"technician": str(chosen or ""), "seen_seq": str(view.ticket.seq), "pinned": True})
