"""The nearest free slots as the choices of a form, when a call or a session is agreed on."""

from wtforms import Form
from wtforms.fields.choices import SelectChoice

from sla import wallclock, wording
from sla.desk.diary import Slot, free_slots
from sla.desk.office import Turn
from sla.web.asked import typed
from sla.web.frame import language

OUT_OF_TIME = "après le délai promis"


def offer_slots(mine: Turn, number: int, minutes: int, form: Form, *, named: bool = True) -> None:
    """Fill the form's `slot`; `named`: who would hold it is said."""
    zone, now = mine.desk.settings.zone, mine.at or wallclock.now()
    slots = mine.see(free_slots, number, minutes=minutes)
    lang = language()
    several = named and len({each.technician_id for each in slots}) > 1

    def said(slot: Slot) -> str:
        with_whom = f", {slot.technician}" if several else ""
        late = f" ({wording.translated(OUT_OF_TIME, lang)})" if slot.in_time is False else ""
        return f"{wording.instant(slot.starts_at, zone, now, lang)}{with_whom}{late}"

    form.slot.choices = [SelectChoice(each.starts_at.isoformat(), said(each)) for each in slots]


def chosen(form: Form) -> str:
    """The instant that was typed, else the slot that was ticked."""
    return typed(form, "starts_at") or (typed(form, "slot") if form.slot.data not in (None, "None") else "")
