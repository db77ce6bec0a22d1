"""Callbacks and remote sessions on support's pages: agreed from a ticket, and listed while owed, with how each can
end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from wtforms import Form

from sla import wallclock, wording
from sla.desk.calls import call_back
from sla.desk.directory import Colleague, technicians
from sla.desk.owed_appointments import OwedAppointment, owed_appointments
from sla.desk.sessions import book_session
from sla.desk.unconfirmed import unconfirmed
from sla.web.appointment_endings import ENDINGS, Ending
from sla.web.appointment_forms import Miss, MoveAppointment
from sla.web.asked import typed
from sla.web.asked_number import asked_number
from sla.web.slots import chosen, chosen_technician
from sla.web.support_time import STINT_VERBS, drawn_of, stint_forms
from sla.web.turn import actor, the_desk, turn

TYPED = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Offer:
    """An ending with its form; `refused`: it is the one that came back."""

    ending: Ending
    form: Form
    refused: bool


Offers = Callable[[OwedAppointment], Sequence[Offer]]


def offers(
    colleagues: Sequence[Colleague], number: int | None = None, posted: Form | None = None, failed: str | None = None
) -> Offers:
    """How an appointment can end, or go to one of these: `posted` came back for the one of this number, of the verb
    `failed`."""
    zone, now = the_desk().settings.zone, wallclock.now()

    def form_of(ending: Ending, owed: OwedAppointment, back: Form | None) -> Form:
        if ending.form is not MoveAppointment:
            return back or ending.form()
        form = back or MoveAppointment(data={"starts_at": owed.starts_at.astimezone(zone).strftime(TYPED)})
        others = [(str(each.id), each.name) for each in colleagues if each.id != owed.technician_id]
        form["technician"].choices = [("", f"{owed.technician}, sans changement"), *others]
        return form

    def of(owed: OwedAppointment) -> Sequence[Offer]:
        found = []
        for ending in ENDINGS[owed.kind]:
            if ending.form is Miss and owed.starts_at > now:
                continue  # nobody has missed it yet
            back = posted if (owed.id, ending.name) == (number, failed) else None
            if ending.anew or owed.state == "booked":
                found.append(Offer(ending, form_of(ending, owed, back), back is not None))
        return found

    return of


def show_calls(number: int | None = None, posted: Form | None = None, failed: str | None = None) -> str:
    """What is owed; `posted` is a form that came back for one appointment, `failed` its verb."""
    now, zone = wallclock.now(), the_desk().settings.zone
    mine = the_desk().by(actor(), now)
    technician = asked_number("technician")
    groups: dict[str, list[OwedAppointment]] = {"Manqués, toujours dus": [], "Aujourd’hui": [], "Ensuite": []}
    today = now.astimezone(zone).date()
    for each in mine.see(owed_appointments, technician=technician):
        local = each.starts_at.astimezone(zone).date()
        late = each.state == "missed" or local < today
        groups["Manqués, toujours dus" if late else "Aujourd’hui" if local == today else "Ensuite"].append(each)
    left, colleagues = mine.see(unconfirmed, technician=technician), mine.see(technicians)
    drawn = drawn_of(number, [each.id for found in groups.values() for each in found], left)
    return render_template(
        "dispatch/calls.html",
        undrawn=posted if failed not in drawn else None,
        groups={name: found for name, found in groups.items() if found},
        offers=offers(colleagues, number, posted, failed),
        refused=posted,
        technicians=colleagues,
        technician=technician,
        left_to_confirm=left,
        stint_forms=stint_forms(zone, posted, failed, number),
        failed_stint=number if failed in STINT_VERBS else None,
        failed=failed,
    )


def agree_call(number: int, form: Form) -> str:
    return f"Rappel convenu {_agreed(call_back, number, form)}. Le client en est averti."


def agree_session(number: int, form: Form) -> str:
    at = _agreed(book_session, number, form, minutes=typed(form, "minutes"))
    return f"Prise en main réservée {at}. Le client en est averti."


def _agreed(verb: Callable[..., Any], number: int, form: Form, **facts: str) -> str:
    """Booked; the instant as the page says it."""
    facts |= {"starts_at": chosen(form), "note": typed(form, "note")}
    made = turn().do(verb, number, technician=chosen_technician(form), **facts)
    return wording.promise(made.starts_at, the_desk().settings.zone, made.booked_at)
