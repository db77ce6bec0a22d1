"""What a ticket's page and a technician's day show of time: forms prefilled, the one that came back in its place."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, tzinfo
from typing import Any

from flask import request
from wtforms import Form

from sla.desk.office import Turn
from sla.desk.readiness import readiness_of
from sla.desk.reads import SEEN
from sla.desk.stints import Timed
from sla.desk.ticket_view import TicketView
from sla.desk.time_so_far import Logged, OwnTime, own_time, time_on
from sla.desk.unconfirmed import ToConfirm, unconfirmed
from sla.web.appointment_endings import ENDING_OF
from sla.web.time_forms import Checklist, ConfirmWork, CorrectWork, DropWork

STINT_VERBS = ("confirm_work", "drop_work")


def time_context(
    mine: Turn, view: TicketView, posted: Form | None, failed: str | None, about: int | None
) -> dict[str, Any]:
    """For workbench/ticket.html. `about`: the time entry or the stint that a refused form was of."""
    zone = mine.desk.settings.zone

    def correction(each: Logged) -> Form:
        if posted is not None and failed == "correct_work" and each.entry == about:
            return posted
        return _prefilled(each, zone)

    return {
        "time": mine.see(time_on, view.ticket.id),
        "gauge": True,
        "opened": request.args.get("open"),
        "correction": correction,
        "failed_entry": about if failed == "correct_work" else None,
        "left_to_confirm": _left_on(mine, view.ticket.id),
        "stint_forms": stint_forms(zone, posted, failed, about),
        "failed_stint": about if failed in STINT_VERBS else None,
        "readiness": readiness_of(view.events),
        "checklist_form": posted if posted is not None and failed == "set_readiness" else checklist_form(view),
    }


def _prefilled(each: Logged, zone: tzinfo) -> Form:
    facts = {"minutes": str(each.minutes), "started_at": local(each.started_at, zone), "own_error": each.own_error}
    return CorrectWork(data=facts)


def checklist_form(view: TicketView) -> Form:
    """The checklist as it stands, to be changed."""
    data: dict[str, str] = {}
    for each in readiness_of(view.events):
        data |= {each.condition.code: each.readiness or "", f"{each.condition.code}_note": each.note}
    return Checklist(data=data)


def day_context(mine: Turn, posted: Form | None, failed: str | None, about: int | None) -> dict[str, Any]:
    """For workbench/my_day.html. `about`: the stint that a refused form was of."""
    own: OwnTime = mine.see(own_time)
    forms = stint_forms(mine.desk.settings.zone, posted, failed, about)
    return {"own": own, "stint_forms": forms, "failed_stint": about if failed in STINT_VERBS else None}


def _left_on(mine: Turn, number: int) -> list[ToConfirm]:
    """Deployment sees none of it: it can't answer for support's time."""
    return mine.see(unconfirmed, ticket=number) if mine.actor.role in SEEN["unconfirmed"] else []


def stint_forms(
    zone: tzinfo, posted: Form | None, failed: str | None, about: int | None
) -> Callable[[ToConfirm], dict[str, Form]]:
    """The forms of a stint left to confirm, the one that came back in its place."""

    def forms(left: ToConfirm) -> dict[str, Form]:
        found: dict[str, Form] = {
            "confirm": confirmation(left, zone),
            "drop": DropWork(),
        }
        if posted is not None and left.stint == about:
            found |= {name: posted for name in found if failed == f"{name}_work"}
        return found

    return forms


def confirmation(left: ToConfirm, zone: tzinfo) -> ConfirmWork:
    """With what was said when the timer stopped."""
    said = {"note": left.note, "own_error": left.own_error, "reason": left.reason}
    return ConfirmWork(data={"started_at": local(left.started_at, zone), **said})


def drawn_of(
    about: int | None, appointments: Collection[int], left: Sequence[ToConfirm], logged: Sequence[Logged] = ()
) -> set[str]:
    """The verbs whose forms a page has for what a form that came back was of, an appointment, a stint or a stretch."""
    found = {"start_work", "stop_work"}
    if about in appointments:
        found |= ENDING_OF.keys()
    if any(each.stint == about for each in left):
        found |= {*STINT_VERBS}
    return found | ({"correct_work"} if any(each.entry == about for each in logged) else set())


def not_kept(timed: Timed, done: str) -> DropWork:
    """What was done all the same, and each text that is not kept, to be read once more and nowhere written."""
    form = DropWork()
    form.form_errors = [done]
    for each in timed.back:
        typed = f" Vous aviez écrit\u00a0: «\u00a0{each.text.strip()}\u00a0»." if each.text.strip() else ""
        form.form_errors.append(f"Texte non gardé. {each.refusal.sentence()}{typed}")
    return form


def local(at: datetime, zone: tzinfo) -> str:
    """An instant as a `datetime-local` field holds it."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
