"""Whose a ticket is and what it counts as, from its page: the dispatcher's acts, each with the sentence that says what
happened."""

from wtforms import Form

from sla import wording
from sla.desk.assign import assign, unpin
from sla.desk.contest import uphold
from sla.desk.directory import technicians
from sla.desk.escalate import decline, escalate
from sla.desk.qualify import qualify
from sla.desk.take import take
from sla.web.asked import typed
from sla.web.asked_number import whole_number
from sla.web.turn import turn


def taken(number: int, form: Form) -> str:
    turn().do(take, number)
    return f"Ticket nº\u00a0{number} pris en charge\u00a0: il est à vous."


def assigned(number: int, form: Form) -> str:
    technician, seen = typed(form, "technician"), typed(form, "seen_seq")
    ticket = turn().do(
        assign,
        number,
        technician=whole_number(technician),
        reason=typed(form, "reason"),
        pinned=bool(form.pinned.data),
        seen_seq=whole_number(seen) or None,
    )
    then = ", épinglé" if ticket.pinned else "\u202f; le plan peut encore le déplacer"
    return f"Ticket nº\u00a0{number} affecté à {_name(ticket.technician_id)}{then}."


def unpinned(number: int, form: Form) -> str:
    ticket = turn().do(unpin, number)
    return f"Ticket nº\u00a0{number} rendu au plan\u00a0: {_name(ticket.technician_id)}."


def _name(technician: int | None) -> str:
    return next((each.name for each in turn().see(technicians) if each.id == technician), "personne")


def qualified(number: int, form: Form) -> str:
    wanted = {key: typed(form, key) or None for key in ("item", "severity", "level")}
    ticket = turn().do(qualify, number, reason=typed(form, "reason"), **wanted)
    level, severity = wording.label("level", ticket.level), wording.label("severity", ticket.severity)
    return f"Ticket nº\u00a0{number} requalifié\u00a0: {level}, {severity}. Le client en est averti."


def upheld(number: int, form: Form) -> str:
    turn().do(uphold, number, reason=typed(form, "reason"))
    return f"Prise en charge du ticket nº\u00a0{number} maintenue. Le client en est averti."


def escalated(number: int, form: Form) -> str:
    turn().do(escalate, number, reason=typed(form, "reason"))
    return f"Ticket nº\u00a0{number} transmis au service déploiement. Le client en est averti."


def declined(number: int, form: Form) -> str:
    turn().do(decline, number, reason=typed(form, "reason"))
    return f"Ticket nº\u00a0{number} non traité. Le client a reçu la raison, et peut le rouvrir."
