"""Callbacks and remote sessions on support's pages: agreed from a ticket, listed while owed, and ended, each kind by
verbs of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from wtforms import Form

from sla import wallclock, wording
from sla.desk.calls import call_back, cancel_call, hold_call, miss_call, move_call
from sla.desk.directory import technicians
from sla.desk.owed_appointments import OwedAppointment, owed_appointments
from sla.desk.sessions import (
    book_session,
    cancel_session,
    hold_session,
    miss_session,
    move_session,
    start_session,
)
from sla.desk.unconfirmed import unconfirmed
from sla.web.appointment_forms import HoldCall, HoldSession, Miss, MoveAppointment, TakeBack
from sla.web.asked import typed
from sla.web.asked_number import asked_number
from sla.web.slots import chosen, chosen_technician
from sla.web.support_time import STINT_VERBS, drawn_of, stint_forms
from sla.web.ticket_forms import Bare
from sla.web.time_acts import stopped_said
from sla.web.turn import actor, the_desk, turn


@dataclass(frozen=True, slots=True)
class Ending:
    """One way in which a kind of appointment ends. `title` opens its form, `button` sends it, `done` is said after;
    `anew`: what was missed can still end so."""

    verb: Callable[..., Any]
    form: type[Form]
    title: str
    button: str
    done: str
    anew: bool = True

    @property
    def name(self) -> str:
        return self.verb.__name__

    def do(self, number: int, form: Form) -> str:
        turn().do(self.verb, number, **{name: typed(form, name) for name in form.data if name != "sure"})
        return self.done


class Beginning(Ending):
    """A session that begins: what the technician's timer ran on until then is told."""

    def do(self, number: int, form: Form) -> str:
        return stopped_said(turn().do(start_session, number, instead=True)) + self.done


TOLD = "\u00a0: le client et le technicien reçoivent l’invitation à jour."
ENDINGS: dict[str, tuple[Ending, ...]] = {
    "callback": (
        Ending(
            hold_call,
            HoldCall,
            "Rappel effectué",
            "Noter le rappel",
            "Rappel effectué\u00a0: il compte comme réponse.",
        ),
        Ending(
            miss_call,
            Miss,
            "Personne n’a répondu",
            "Noter le rappel manqué",
            "Rappel manqué\u00a0: il reste dû, le répartiteur est averti.",
            anew=False,
        ),
        Ending(move_call, MoveAppointment, "Déplacer", "Déplacer le rappel", f"Rappel déplacé{TOLD}"),
        Ending(cancel_call, TakeBack, "Annuler", "Annuler le rappel", "Rappel annulé. Le client en est averti."),
    ),
    "session": (
        Beginning(
            start_session,
            Bare,
            "Commencer la prise en main",
            "Commencer",
            "Prise en main commencée\u00a0: votre minuteur tourne.",
        ),
        Ending(
            hold_session,
            HoldSession,
            "Prise en main effectuée",
            "Noter la prise en main",
            "Prise en main effectuée\u00a0: elle compte comme réponse.",
        ),
        Ending(
            miss_session,
            Miss,
            "Elle n’a pas eu lieu",
            "Noter la prise en main manquée",
            "Prise en main manquée\u00a0: elle reste due, le répartiteur est averti.",
            anew=False,
        ),
        Ending(
            move_session,
            MoveAppointment,
            "Déplacer",
            "Déplacer la prise en main",
            f"Prise en main déplacée{TOLD}",
        ),
        Ending(
            cancel_session,
            TakeBack,
            "Annuler",
            "Annuler la prise en main",
            "Prise en main annulée. Le client en est averti.",
        ),
    ),
}
ENDING_OF = {ending.name: ending for endings in ENDINGS.values() for ending in endings}


@dataclass(frozen=True, slots=True)
class Offer:
    """An ending with its form; `refused`: it is the one that came back."""

    ending: Ending
    form: Form
    refused: bool


Offers = Callable[[OwedAppointment], Sequence[Offer]]


def offers(number: int | None = None, posted: Form | None = None, failed: str | None = None) -> Offers:
    """How an appointment can end: `posted` came back for the one of this number, of the verb `failed`."""

    def of(owed: OwedAppointment) -> Sequence[Offer]:
        found, now = [], wallclock.now()
        for ending in ENDINGS[owed.kind]:
            if ending.form is Miss and owed.starts_at > now:
                continue  # nobody has missed it yet
            back = posted if (owed.id, ending.name) == (number, failed) else None
            if ending.anew or owed.state == "booked":
                found.append(Offer(ending, back or ending.form(), back is not None))
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
    left = mine.see(unconfirmed, technician=technician)
    drawn = drawn_of(number, [each.id for found in groups.values() for each in found], left)
    return render_template(
        "dispatch/calls.html",
        undrawn=posted if failed not in drawn else None,
        groups={name: found for name, found in groups.items() if found},
        offers=offers(number, posted, failed),
        refused=posted,
        technicians=mine.see(technicians),
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
