"""`/manage/calendar`: the calendar in force, its editions, and edits, whose effect is seen before they are saved."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from sla import wallclock, wording
from sla.calendar import bridge_label
from sla.desk.assign import assign
from sla.desk.calendar_edits import NewerEdition, RemovePeriod
from sla.desk.calendar_preview import LARGEST_FILE, Previewed, editions_kept, preview_file, preview_typed, previewed
from sla.desk.calendar_typed import DAYS
from sla.desk.edit_calendar import edit_calendar
from sla.errors import NotFound, Refused
from sla.web import calendar_forms as forms
from sla.web.asked import attempt, typed
from sla.web.calendar_impact import Repairs, preview_context
from sla.web.calendar_shown import entries, legend, weeks
from sla.web.sealed import Copy, unsealed
from sla.web.turn import turn

pages = Blueprint("calendar_page", __name__)

LONGEST_REASON = 500
BRIDGES_AHEAD = timedelta(days=400)
STALE = "Le calendrier a changé depuis que vous avez ouvert cette page\u00a0: le voici tel qu’il est."
UNSEEN = "Voyez d’abord l’effet de la modification\u00a0: rien n’a été enregistré."


@pages.get("/manage/calendar")
def calendar() -> str:
    return _calendar()


def _calendar(failed: str | None = None, posted: Form | None = None) -> str:
    """`posted`: the form of the kind `failed` that came back."""
    seen, now = turn().see(editions_kept), wallclock.now()
    today = now.astimezone(seen.hours.zone).date()
    bridges = [(day, bridge_label(name)) for day, name in seen.hours.bridges(today, today + BRIDGES_AHEAD)]
    made, opened = forms.in_force(seen.data), failed
    for day, label in bridges:
        if day.isoformat() == request.args.get("bridge"):
            made["period"], opened = forms.Period(data={"label": label, "first_day": day, "last_day": day}), "period"
    if failed is not None and posted is not None:
        made[failed] = posted
    coming, past = entries(seen.data, seen.hours.zone, today)
    weekly, shown = seen.data.get("weekly", {}), weeks(seen.hours, now)
    return render_template(
        "manage/calendar.html",
        seen=seen,
        week=[(name, wording.open_hours(weekly.get(day, []))) for day, name in zip(DAYS, forms.NAMES, strict=True)],
        regions=forms.REGIONS,
        coming=coming,
        past=past,
        weeks=shown,
        legend=legend(shown),
        bridges=bridges,
        forms=made,
        opened=opened,
        refused=posted,
    )


@pages.get("/manage/calendar/preview/<kind>")
@pages.get("/manage/calendar/edit", defaults={"kind": ""})
def come_back(kind: str) -> ResponseReturnValue:
    """A preview is the answer to a form: asked for again by itself, it is the calendar."""
    return redirect(url_for("calendar_page.calendar"))


@pages.post("/manage/calendar/preview/<kind>")
def preview_edit_(kind: str) -> ResponseReturnValue:
    if kind not in forms.FORMS:
        raise NotFound("kind", value=kind[:60])
    form = forms.FORMS[kind](request.form)
    seen, refused = attempt(form, lambda: _seen(kind))
    if refused is not None or seen is None:
        return _calendar(kind, form), refused.status if refused else 422
    if request.form.get("seen", str(seen.number)) != str(seen.number):
        flash(STALE, "watch")
        return redirect(url_for("calendar_page.calendar"))
    return _preview(seen)


def _seen(kind: str) -> Previewed:
    if kind == "file":
        file = request.files.get("file")
        return turn().see(preview_file, file.read(LARGEST_FILE + 1) if file else b"")
    return turn().see(preview_typed, kind, request.form)


def _preview(seen: Previewed, form: Form | None = None, repairs: Repairs | None = None) -> str:
    context = preview_context(seen, repairs or Repairs.of({}), wallclock.now())
    return render_template("manage/calendar_preview.html", form=form or forms.Saving(), **context)


@pages.post("/manage/calendar/edit")
def edit_calendar_() -> ResponseReturnValue:
    copy, form, repairs = unsealed(request.form.get("copy", "")), forms.Saving(request.form), Repairs.of(request.form)
    if copy is None:
        flash(UNSEEN, "error")
        return redirect(url_for("calendar_page.calendar"))
    notify = request.form.get("notify") == "yes"
    _, refused = attempt(form, lambda: _saved(copy, typed(form, "reason"), repairs, notify))
    if refused is not None:
        return _refused(copy, refused, form, repairs)
    return redirect(url_for("calendar_page.calendar"))


def _saved(copy: Copy, reason: str, repairs: Repairs, notify: bool) -> None:
    kept = turn().do(edit_calendar, copy.edit, reason=reason, seen=copy.seen, repairs=repairs.read(), notify=notify)
    told = " Les clients concernés sont prévenus." if notify else ""
    flash(f"Édition {kept.number} du calendrier enregistrée.{told}", "ok")
    for number, technician in repairs.entrusted.items():
        _entrust(number, technician, f"Édition {kept.number} du calendrier\u00a0: {reason}"[:LONGEST_REASON])


def _entrust(number: int, technician: int, reason: str) -> None:
    """After the edition is saved, each by itself: an assignment that can't be made any more takes nothing back."""
    try:
        turn().do(assign, number, technician=technician, reason=reason)
    except Refused as refused:
        flash(f"Le ticket nº\u00a0{number} n’a pas été confié\u00a0: {refused.sentence()}", "watch")


def _refused(copy: Copy, refused: Refused, form: Form, repairs: Repairs) -> ResponseReturnValue:
    """The preview again, as things are now. A line of the calendar that was to go may be another one since."""
    if isinstance(refused, NewerEdition) and isinstance(copy.edit, RemovePeriod):
        flash(refused.sentence(), "error")
        return redirect(url_for("calendar_page.calendar"))
    repairs.blame(refused)
    form.form_errors[:] = [line for line in form.form_errors if line not in repairs.errors.values()]
    return _preview(turn().see(previewed, copy.edit, copy.unused), form, repairs), refused.status
