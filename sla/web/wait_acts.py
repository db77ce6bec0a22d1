"""Whose turn it is, from a ticket's page: each wait of support's, and the sentence that says what happened."""

from wtforms import Form

from sla import wallclock, wording
from sla.desk import wait
from sla.web.asked import typed
from sla.web.turn import the_desk, turn


def wait_for_client(number: int, form: Form) -> str:
    turn().do(wait.wait_for_client, number, text=typed(form, "text"))
    return "Question envoyée. La résolution est en pause jusqu’à la réponse du client."


def wait_for_publisher(number: int, form: Form) -> str:
    turn().do(wait.wait_for_publisher, number, reference=typed(form, "reference"), text=typed(form, "text"))
    return "En attente de l’éditeur. La résolution est en pause, les nouvelles au client restent dues."


def wait_until(number: int, form: Form) -> str:
    ticket = turn().do(wait.wait_until, number, day=typed(form, "day"), text=typed(form, "text"))
    now, zone = wallclock.now(), the_desk().settings.zone
    at = wording.promise(ticket.waiting_until or now, zone, now)
    return f"La résolution est en pause, et reprend d’elle-même {at}. Le client en est averti."


def resume(number: int, form: Form) -> str:
    turn().do(wait.resume, number, text=typed(form, "text"))
    return "Ticket repris\u00a0: ses horloges repartent."
