"""The nearest free slots as the choices of a form, when a call or a session is agreed on."""

from wtforms import Form
from wtforms.fields.choices import SelectChoice

from sla import wallclock, wording
from sla.desk.diary import Slot, free_slots
from sla.desk.office import Turn
from sla.web.asked import typed
from sla.web.asked_number import whole_number
from sla.web.frame import language

OUT_OF_TIME = "après le délai promis"
WITH = "~"
"""Between a slot's instant and the number of whoever is free then."""


def offer_slots(mine: Turn, number: int, minutes: int, form: Form, *, technician: int | None = None) -> None:
    """Fill the form's `slot`. To support each says with whom, and is booked with them; `technician`: whose are asked
    for, else the ticket's own, else everybody's who masters it."""
    zone, now, lang = mine.desk.settings.zone, mine.at or wallclock.now(), language()

    def said(slot: Slot) -> str:
        with_whom = "" if mine.actor.is_client else f", {slot.technician}"
        late = f" ({wording.translated(OUT_OF_TIME, lang)})" if slot.in_time is False else ""
        return f"{wording.instant(slot.starts_at, zone, now, lang)}{with_whom}{late}"

    def value(slot: Slot) -> str:
        return slot.starts_at.isoformat() + ("" if mine.actor.is_client else f"{WITH}{slot.technician_id}")

    slots = mine.see(free_slots, number, minutes=minutes, technician=technician)
    form.slot.choices = [SelectChoice(value(each), said(each)) for each in slots]


def chosen(form: Form) -> str:
    """The instant that was typed, else that of the slot that was ticked."""
    return typed(form, "starts_at") or _ticked(form)[0]


def chosen_technician(form: Form) -> int | None:
    """Who is free in the slot that was ticked; for an instant that was typed, who was named beside it."""
    named = typed(form, "technician") if typed(form, "starts_at") else _ticked(form)[1] or typed(form, "technician")
    return whole_number(named) or None


def _ticked(form: Form) -> tuple[str, str]:
    at, _, who = (typed(form, "slot") if form.slot.data not in (None, "None") else "").partition(WITH)
    return at, who
