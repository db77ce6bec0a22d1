"""The manager's page of the clock and the outbox: what is late, what failed, what comes, what was sent."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sla import wording
from sla.desk.due import due
from sla.desk.measures import measures
from sla.desk.outbox_view import see_message
from sla.desk.retry import retry, retry_all
from sla.web import manage_forms as forms
from sla.web.asked import attempt
from sla.web.ticket_pages import NUMBER
from sla.web.timers_said import what
from sla.web.turn import turn

pages = Blueprint("jobs", __name__)
QUEUE = "any(timers, messages)"
ONE = {"timers": "L’échéance va être rejouée.", "messages": "L’envoi va être retenté."}
ALL = {
    "timers": ("échéance va être rejouée", "échéances vont être rejouées"),
    "messages": ("envoi va être retenté", "envois vont être retentés"),
}
CHANNELS = {"mail": "Courriel", "webhook": "Webhook", "chat": "Messagerie"}


@pages.get("/manage/jobs")
def jobs() -> str:
    seen = turn()
    return render_template(
        "manage/jobs.html", due=seen.see(due), measures=seen.see(measures), what=what, channels=CHANNELS
    )


@pages.post(f"/manage/<{QUEUE}:queue>/<{NUMBER}:number>/retry")
def retry_(queue: str, number: int) -> ResponseReturnValue:
    _, refused = attempt(forms.Bare(), lambda: turn().do(retry, queue, number))
    flash(refused.sentence() if refused else ONE[queue], "error" if refused else "ok")
    return redirect(url_for("jobs.jobs"))


@pages.post(f"/manage/<{QUEUE}:queue>/retry_all")
def retry_all_(queue: str) -> ResponseReturnValue:
    count = turn().do(retry_all, queue)
    flash(f"{wording.plural(count, *ALL[queue])}." if count else "Rien n’était en échec.", "ok")
    return redirect(url_for("jobs.jobs"))


@pages.get(f"/manage/messages/<{NUMBER}:number>")
def message(number: int) -> str:
    return render_template("manage/message.html", view=turn().see(see_message, number), channels=CHANNELS)
