"""Time on a ticket, from its page: work typed, an estimate offered, a report, each with the sentence that says what
happened."""

from typing import Any

from wtforms import Form

from sla import wording
from sla.contract.service_item import Coverage
from sla.contract.worked_time import parse_worked
from sla.desk.estimates import offer_estimate
from sla.desk.report import report
from sla.desk.sight import ticket_in_sight
from sla.desk.stints import Timed, elapsed
from sla.desk.time_so_far import time_on
from sla.desk.work import work
from sla.errors import OverFourHours
from sla.web.asked import typed
from sla.web.turn import turn


def estimate_offered(number: int, form: Form) -> str:
    facts: dict[str, Any] = {"perimeter": typed(form, "perimeter"), "minutes": typed(form, "minutes").strip() or None}
    try:
        offer = turn().do(offer_estimate, number, transfer=typed(form, "transfer") == "1", **facts)
    except OverFourHours:
        form.transfer.data = "ask"  # the page then has the one button that hands it over
        raise
    if offer.state == "transferred":
        return f"Ticket nº\u00a0{number}\u00a0: le service déploiement le reprend. Le client en est averti."
    if offer.minutes is None:
        return "Le client sait que le périmètre n’est pas encore défini."
    return f"Temps estimatif de {wording.amount(offer.minutes * 60)} proposé au client."


def worked(number: int, form: Form) -> str:
    facts: dict[str, Any] = {name: typed(form, name) for name in ("minutes", "note", "reason")}
    started_at = typed(form, "started_at").strip() or None
    own_error = bool(form.own_error.data)
    done = turn().do(work, number, started_at=started_at, own_error=own_error, **facts)
    return counted(number, done, parse_worked(facts["minutes"]))


def counted(number: int, done: Any, minutes: int, act: str = "Temps noté") -> str:
    """« Temps noté : réel 1 h 37 → décompté 1 h 45, solde 18 h 15. » Where the day's intervention, which is what is
    counted, has more than these minutes, both are said. The balance is today's, as beside it on the page."""
    ticket = turn().see(ticket_in_sight, number)
    of_day = "" if done.minutes == minutes else f"{wording.hours(minutes * 60)}. En tout ce jour-là\u00a0: "
    real = f"{act}\u00a0: {of_day}réel {wording.hours(done.minutes * 60)}"
    if ticket.level != Coverage.TMA:
        return f"{real}, sans décompte ({wording.label('level', ticket.level)})."
    now = turn().see(time_on, number)
    due = f", à devoir {wording.quarters(now.owed)}" if now.owed else ""
    return f"{real} → décompté {wording.quarters(done.consumed_quarters)}, solde {wording.quarters(now.left)}{due}."


def reported(number: int, form: Form) -> str:
    turn().do(
        report,
        number,
        done=typed(form, "done"),
        remaining=typed(form, "remaining"),
        perimeter=typed(form, "perimeter"),
        interim=bool(form.interim.data),
    )
    return "Rapport d’intervention envoyé au client, en PDF aussi."


def time_said(number: int, timed: Timed, minutes: int | None = None) -> str:
    """`minutes`: what was counted, where it is not what the timer ran for."""
    if timed.intervention is not None and timed.stint.ended_at is not None:
        ran = elapsed(timed.stint, timed.stint.ended_at)
        return counted(number, timed.intervention, ran if minutes is None else minutes)
    if timed.stint.state == "to_confirm":
        return "Le minuteur s’était arrêté de lui-même\u00a0: confirmez son temps dans votre journée."
    return "Moins d’une minute\u00a0: rien n’est compté."


def stopped_said(timed: Timed) -> str:
    """What became of the timer that had to stop for this one to begin; nothing where none ran."""
    if timed.stopped is None:
        return ""
    number = timed.stopped.stint.ticket_id
    return f"Minuteur du ticket nº\u00a0{number} arrêté. {time_said(number, timed.stopped)} "
